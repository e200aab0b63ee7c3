package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,192.0.2.0/24",
    "192.0.2.1,192.0.2.1/32",
    "192.0.2.1/32,192.0.2.1/32",
    "0.0.0.0/0,0.0.0.0/0",
    "128.0.0.0/1,128.0.0.0/1",
    "2001:DB8::/32,2001:db8::/32",
    "2001:db8::1,2001:db8::1/128",
    "2001:db8:0:0:8000::/65,2001:db8:0:0:8000::/65",
    "::/0,::/0",
    "::ffff:192.0.2.0/24,192.0.2.0/24"
  })
  void parse_valid_writesTheCanonicalForm(String text, String canonical) {
    IpPrefix prefix = IpPrefix.parse(text);
    assertThat(prefix).hasToString(canonical);
    assertThat(IpPrefix.parse(canonical)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+24",
        "192.0.2.0/024",
        "192.0.2.0/24/24",
        "192.0.2.0/24 ",
        "192.0.2.0/255.255.255.0",
        "192.0.2.0/999999999999",
        "192.0.2.0/٢٤",
        "192.0.2.1/24",
        "2001:db8::/129",
        "2001:db8::1/64",
        "localhost/8"
      })
  void parse_invalid_isRefused(String text) {
    assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,192.0.2.0,true",
    "192.0.2.0/24,192.0.2.255,true",
    "192.0.2.0/24,192.0.3.0,false",
    "192.0.2.0/24,192.0.1.255,false",
    "192.0.2.0/24,::ffff:192.0.2.9,true",
    "192.0.2.0/24,::192.0.2.9,false",
    "192.0.2.7/32,192.0.2.7,true",
    "192.0.2.7/32,192.0.2.6,false",
    "0.0.0.0/0,255.255.255.255,true",
    "0.0.0.0/0,::1,false",
    "::/0,2001:db8::1,true",
    "2001:db8::/32,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,true",
    "2001:db8::/32,2001:db9::,false",
    "2001:db8::/64,2001:db8::ffff:0:0:0,true",
    "2001:db8::/64,2001:db8:0:1::,false",
    "2001:db8:0:0:8000::/65,2001:db8::8000:0:0:1,true",
    "2001:db8:0:0:8000::/65,2001:db8::7fff:0:0:1,false",
    "2001:db8::1/128,2001:db8::1,true",
    "2001:db8::1/128,2001:db8::2,false"
  })
  void contains_address_decidesByTheFirstBits(String prefix, String address, boolean expected) {
    assertThat(IpPrefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(expected);
  }

  @Test
  void of_addressWithinIt_isTheNetwork() {
    assertThat(IpPrefix.of(IpAddress.parse("192.0.2.77"), 96 + 24)).hasToString("192.0.2.0/24");
    assertThat(IpPrefix.of(IpAddress.parse("2001:db8:1:2:3::4"), 48))
        .hasToString("2001:db8:1::/48");
    assertThatThrownBy(() -> IpPrefix.of(IpAddress.parse("::"), 129))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IpPrefix.of(IpAddress.parse("::"), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

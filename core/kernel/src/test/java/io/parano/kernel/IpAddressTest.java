package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 4291 section 2.2 read, RFC 5952 section 4 written.
class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    // IPv4
    "0.0.0.0,0.0.0.0",
    "192.0.2.1,192.0.2.1",
    "255.255.255.255,255.255.255.255",
    // RFC 4291 section 2.2: the forms 1 to 3
    "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789,abcd:ef01:2345:6789:abcd:ef01:2345:6789",
    "2001:DB8:0:0:8:800:200C:417A,2001:db8::8:800:200c:417a",
    "2001:DB8::8:800:200C:417A,2001:db8::8:800:200c:417a",
    "FF01:0:0:0:0:0:0:101,ff01::101",
    "0:0:0:0:0:0:0:1,::1",
    "0:0:0:0:0:0:0:0,::",
    "::,::",
    "0:0:0:0:0:0:13.1.68.3,::d01:4403",
    "::13.1.68.3,::d01:4403",
    "64:ff9b::192.0.2.33,64:ff9b::c000:221",
    // mapped addresses are the IPv4 ones
    "::FFFF:129.144.52.38,129.144.52.38",
    "0:0:0:0:0:FFFF:129.144.52.38,129.144.52.38",
    "::ffff:c000:201,192.0.2.1",
    // RFC 5952 section 4.1: leading zeros go
    "2001:0db8::0001,2001:db8::1",
    "2001:db8:0:0:0:0:0000:1,2001:db8::1",
    // section 4.2.1: as short as possible
    "2001:db8:0:0:0:0:2:1,2001:db8::2:1",
    "2001:db8::0:1,2001:db8::1",
    // section 4.2.2: one group of zeros is not shortened
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    // section 4.2.3: the longest run, else the first
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    // section 4.3: lower case
    "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA,2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
    // runs at either end
    "1:0:0:0:0:0:0:0,1::",
    "1::,1::",
    "0:0:0:0:0:0:0:8,::8",
    "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8,0:2:3:4:5:6:7:8"
  })
  void parse_valid_writesTheCanonicalForm(String text, String canonical) {
    IpAddress address = IpAddress.parse(text);
    assertThat(address).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "192.0.2",
        "192.0.2.",
        ".192.0.2.1",
        "192.0.2.1.",
        "192.0.2.1.1",
        "192.0.2.256",
        "192.0.2.1000",
        "192.0.2.01",
        "192.0.2.001",
        "0300.0.2.1",
        "0xc0.0.2.1",
        "192.0.2.-1",
        "192.0.2.+1",
        "192.0.2.1 ",
        " 192.0.2.1",
        "192.0.2.1/24",
        "3221225985",
        "192.0.2.١",
        ":",
        ":::",
        "1:::2",
        "1::2::3",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "g::",
        "::%eth0",
        "fe80::1%1",
        "[::1]",
        "::192.0.2",
        "::192.0.2.256",
        "::192.0.2.01",
        "192.0.2.1::",
        "::192.0.2.1:1",
        "1:2:3:4:5:6:7:192.0.2.1",
        "1:2:3:4:5:192.0.2.1",
        "-1::",
        "::+1",
        "::１"
      })
  void parse_invalid_isRefusedAndShown(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_veryLong_isRefused() {
    String text = "1:".repeat(100_000);
    assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_anyAddress_agreesWithThePlatform() throws UnknownHostException {
    Random random = new Random(5952);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      for (int zeros = random.nextInt(bytes.length); bytes.length == 16 && zeros > 0; zeros--) {
        bytes[random.nextInt(16)] = 0;
      }
      InetAddress platform = InetAddress.getByAddress(bytes);
      IpAddress ours = IpAddress.of(platform);
      assertThat(IpAddress.parse(platform.getHostAddress())).isEqualTo(ours);
      assertThat(InetAddress.ofLiteral(ours.toString())).isEqualTo(platform);
    }
  }

  @Test
  void of_mappedAddress_isTheIpv4One() throws UnknownHostException {
    assertThat(IpAddress.of(InetAddress.getByName("192.0.2.1")))
        .isEqualTo(IpAddress.parse("::ffff:192.0.2.1"));
    assertThat(IpAddress.parse("192.0.2.1").isV4()).isTrue();
    assertThat(IpAddress.parse("::192.0.2.1").isV4()).isFalse();
    assertThat(IpAddress.parse("1::ffff:192.0.2.1").isV4()).isFalse();
  }

  @Test
  void binding_ipv4_isTheAddressAndIpv6Its64() {
    assertThat(IpAddress.parse("192.0.2.1").binding()).hasToString("192.0.2.1/32");
    assertThat(IpAddress.parse("2001:db8:1:2:3:4:5:6").binding()).hasToString("2001:db8:1:2::/64");
  }

  @Test
  void compareTo_addresses_ordersThemAsNumbers() {
    List<IpAddress> ordered =
        Stream.of(
                "::",
                "0.0.0.0",
                "9.255.0.0",
                "10.0.0.0",
                "255.255.255.255",
                "7fff::",
                "8000::",
                "ffff::")
            .map(IpAddress::parse)
            .toList();
    assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
  }
}

package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The cross-platform userspace interface, both ways.
class UapiAnswerTest {
  static final String KEY = "b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33";
  static final String OTHER = "58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376";
  static final String SECRET = "188515093e952f5f22e865cef3012e72f8b5f0b598ac0309d5dacce3b70fcf52";

  static final String WHOLE =
      """
      private_key=e84b5a6d2717c1003a13b431570353dbaca9146cf150c5f8575680feba52027a
      listen_port=12912
      fwmark=1
      public_key=%s
      preshared_key=%s
      protocol_version=1
      endpoint=[abcd:23::33%%2]:51820
      last_handshake_time_sec=0
      last_handshake_time_nsec=0
      tx_bytes=38333
      rx_bytes=2224
      persistent_keepalive_interval=111
      allowed_ip=10.88.0.2/32
      public_key=%s
      preshared_key=0000000000000000000000000000000000000000000000000000000000000000
      protocol_version=1
      last_handshake_time_sec=1
      last_handshake_time_nsec=2
      tx_bytes=0
      rx_bytes=0
      persistent_keepalive_interval=0
      allowed_ip=10.88.0.3/32
      allowed_ip=fd00::/64
      errno=0

      """
          .formatted(KEY, SECRET, OTHER);

  private static InterfaceReading read(String text) {
    return UapiAnswer.read(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void read_wholeAnswer_tellsPeersAndWhereTheyMaySpeakFrom() {
    assertThat(read(WHOLE))
        .isEqualTo(
            new InterfaceReading.Read(
                List.of(
                    new Present(Bytes.fromHex(KEY), List.of(IpPrefix.parse("10.88.0.2/32"))),
                    new Present(
                        Bytes.fromHex(OTHER),
                        List.of(IpPrefix.parse("10.88.0.3/32"), IpPrefix.parse("fd00::/64"))))));
  }

  @Test
  void read_wholeAnswer_keepsNoSecret() {
    assertThat(read(WHOLE).toString()).doesNotContain("e84b5a").doesNotContain("188515");
  }

  @Test
  void read_done_tellsNoPeers() {
    assertThat(read("errno=0\n\n")).isEqualTo(new InterfaceReading.Read(List.of()));
  }

  @Test
  void read_refused_tellsTheErrorsNumber() {
    assertThat(read("errno=-22\n\n")).isEqualTo(new InterfaceReading.Failed(-22));
    assertThat(read("errno=98\n\n")).isEqualTo(new InterfaceReading.Failed(98));
  }

  /// One thing changed in what is read above, and one named flaw.
  @Test
  void read_oneThingChanged_isNamed() {
    Map<String[], Flaw> tampered =
        Map.ofEntries(
            change("errno=0\n\n", "", Flaw.TRUNCATED),
            change("errno=0\n\n", "errno=0\n", Flaw.TRUNCATED),
            change("errno=0\n\n", "errno=0\n\n\n", Flaw.TRAILING),
            change("errno=0\n\n", "errno=0\n\nerrno=0\n\n", Flaw.TRAILING),
            change("errno=0", "errno=--1", Flaw.NUMBER_MALFORMED),
            change("errno=0", "errno=", Flaw.NUMBER_MALFORMED),
            change("fwmark=1", "fwmark", Flaw.LINE_MALFORMED),
            change("fwmark=1\n", "\n", Flaw.LINE_MALFORMED),
            change("fwmark=1", "fwmark=-1", Flaw.NUMBER_MALFORMED),
            change("fwmark=1", "fwmark=01", Flaw.NUMBER_MALFORMED),
            change("fwmark", "fwmask", Flaw.KEY_UNKNOWN),
            change("fwmark=1", "fwmark=1\nfwmark=1", Flaw.OUT_OF_PLACE),
            change("fwmark=1", "tx_bytes=1", Flaw.OUT_OF_PLACE),
            change("fwmark=1", "allowed_ip=10.88.0.2/32", Flaw.OUT_OF_PLACE),
            change("protocol_version=1", "listen_port=1", Flaw.OUT_OF_PLACE),
            change("private_key=e8", "private_key=e", Flaw.SECRET_MALFORMED),
            change("preshared_key=18", "preshared_key=x8", Flaw.SECRET_MALFORMED),
            change("public_key=b8", "public_key=b", Flaw.PUBLIC_KEY_MALFORMED),
            change("public_key=58", "public_key=5859", Flaw.PUBLIC_KEY_MALFORMED),
            change(OTHER, KEY, Flaw.PEER_TWICE),
            change("10.88.0.2/32", "10.88.0.2", Flaw.NETWORK_MALFORMED),
            change("10.88.0.2/32", "10.88.0.2/33", Flaw.NETWORK_MALFORMED),
            change("10.88.0.2/32", "10.88.0.2/24", Flaw.NETWORK_MALFORMED),
            change("endpoint=[abcd", "endpoint=[ab cd", Flaw.ENDPOINT_MALFORMED),
            change("endpoint=[abcd", "endpoint=" + "a".repeat(200), Flaw.ENDPOINT_MALFORMED));

    tampered.forEach((change, flaw) ->
        assertThat(read(replaced(change)))
            .as(Arrays.toString(change))
            .isEqualTo(new InterfaceReading.Malformed(flaw)));
  }

  private static Map.Entry<String[], Flaw> change(String was, String is, Flaw flaw) {
    return Map.entry(new String[] {was, is}, flaw);
  }

  private static String replaced(String[] change) {
    int at = WHOLE.indexOf(change[0]);
    assertThat(at).isNotNegative();
    return WHOLE.substring(0, at) + change[1] + WHOLE.substring(at + change[0].length());
  }

  @Test
  void read_cutAnywhere_isNeverWhole() {
    for (int end = 0; end < WHOLE.length(); end++) {
      assertThat(read(WHOLE.substring(0, end))).isInstanceOf(InterfaceReading.Malformed.class);
    }
  }

  @Test
  void read_beyondBounds_isRefused() {
    assertThat(UapiAnswer.read(new byte[UapiAnswer.LONGEST + 1]))
        .isEqualTo(new InterfaceReading.Malformed(Flaw.TOO_LONG));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= UapiAnswer.MOST_PEERS; i++) {
      many.append("public_key=%064x\n".formatted(i));
    }
    assertThat(read(many + "errno=0\n\n")).isEqualTo(new InterfaceReading.Malformed(Flaw.TOO_MANY));
    assertThat(read("public_key=" + KEY + "\n" + "allowed_ip=::/0\n".repeat(1_025)))
        .isEqualTo(new InterfaceReading.Malformed(Flaw.TOO_MANY));
  }

  @Test
  void put_isRemovedFirstAndAllowedOneAddress() {
    byte[] request =
        UapiRequest.put(
            Bytes.fromHex(KEY),
            IpAddress.parse("10.88.0.2"),
            Secret.of(Bytes.fromHex(SECRET).copy()));

    assertThat(new String(request, StandardCharsets.US_ASCII))
        .isEqualTo(
            """
            set=1
            public_key=%1$s
            remove=true
            public_key=%1$s
            preshared_key=%2$s
            replace_allowed_ips=true
            allowed_ip=10.88.0.2/32

            """
                .formatted(KEY, SECRET));
  }

  @Test
  void put_ofIpv6_allowsThatAddressAlone() {
    byte[] request =
        UapiRequest.put(Bytes.fromHex(KEY), IpAddress.parse("fd00::2"), Secret.of(new byte[32]));

    assertThat(new String(request, StandardCharsets.US_ASCII)).contains("allowed_ip=fd00::2/128\n");
  }

  @Test
  void remove_severalKeys_isOneRequest() {
    assertThat(
            new String(
                UapiRequest.remove(List.of(Bytes.fromHex(KEY), Bytes.fromHex(OTHER))),
                StandardCharsets.US_ASCII))
        .isEqualTo(
            """
            set=1
            public_key=%s
            remove=true
            public_key=%s
            remove=true

            """
                .formatted(KEY, OTHER));
  }
}

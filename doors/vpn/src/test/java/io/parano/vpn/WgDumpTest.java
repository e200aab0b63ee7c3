package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `wg show INTERFACE dump`, as wg 1.0.20210914 printed it.
class WgDumpTest {
  static final String KEY = "WEAuaVuhdyscyTCXVfBDJR6nf9zxD75jmJzrfhkyE3Y=";
  static final String OTHER = "uFmW/sycfx/G0lcqdu2hHVm80gvo5UOxXOS9hajnWjM=";
  static final String SECRET = "GIUVCT6VL18i6GXO8wEucvi18LWYrAMJ1drM47cPz1I=";

  static final String WHOLE =
      """
      %s\t%s\t51820\toff
      %s\t%s\t10.77.0.2:40000\t10.88.0.2/32\t1764172800\t148\t92\toff
      %s\t(none)\t(none)\t10.88.0.3/32,fd00::/64\t0\t0\t0\t25
      """
          .formatted(
              "6EtabScXwQA6E7QxVwNT26ypFGzxUMX4V1aA/rpSAno=",
              "N6hUyDJsHAzbdIrUoZUKHuuLY5YQ2ItTHTpGGxHvvVo=",
              KEY,
              SECRET,
              OTHER);

  private static InterfaceReading read(String text) {
    return WgDump.read(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Bytes key(String base64) {
    return Bytes.of(Base64.getDecoder().decode(base64));
  }

  @Test
  void read_wholeDump_tellsPeersAndKeepsNoSecret() {
    InterfaceReading read = read(WHOLE);

    assertThat(read)
        .isEqualTo(
            new InterfaceReading.Read(
                List.of(
                    new Present(key(KEY), List.of(IpPrefix.parse("10.88.0.2/32"))),
                    new Present(
                        key(OTHER),
                        List.of(IpPrefix.parse("10.88.0.3/32"), IpPrefix.parse("fd00::/64"))))));
    assertThat(read.toString()).doesNotContain("GIUVCT6V").doesNotContain("6EtabScX");
  }

  @Test
  void read_newInterface_hasNobody() {
    assertThat(read("(none)\t(none)\t0\toff\n")).isEqualTo(new InterfaceReading.Read(List.of()));
  }

  @Test
  void read_peerThatMaySpeakFromNowhere_isToldSo() {
    assertThat(read(WHOLE.replace("10.88.0.2/32", "(none)"))).asString().contains("allowed=[]");
  }

  /// One thing changed in what is read above, and one named flaw.
  @Test
  void read_oneThingChanged_isNamed() {
    Map<String[], Flaw> tampered =
        Map.ofEntries(
            change("\t51820", "", Flaw.LINE_MALFORMED),
            change("\t51820", "\t51820\t1", Flaw.LINE_MALFORMED),
            change("\t51820", "\t-1", Flaw.NUMBER_MALFORMED),
            change("6EtabS", "6Etab", Flaw.SECRET_MALFORMED),
            change("N6hUyD", "N6hUy", Flaw.PUBLIC_KEY_MALFORMED),
            change("\t92\toff", "\t92", Flaw.LINE_MALFORMED),
            change("\t92\toff", "\t92\ton", Flaw.NUMBER_MALFORMED),
            change("\t92\toff", "\t0x5c\toff", Flaw.NUMBER_MALFORMED),
            change("WEAuaV", "WEAua!", Flaw.PUBLIC_KEY_MALFORMED),
            // The same 32 bytes, said in another way.
            change("kyE3Y=", "kyE3Z=", Flaw.PUBLIC_KEY_MALFORMED),
            change("GIUVCT", "GIUVC", Flaw.SECRET_MALFORMED),
            change("10.77.0.2:40000", "", Flaw.ENDPOINT_MALFORMED),
            change("10.88.0.2/32", "10.88.0.2/32,", Flaw.NETWORK_MALFORMED),
            change("10.88.0.2/32", "10.88.0.2", Flaw.NETWORK_MALFORMED),
            change(OTHER, KEY, Flaw.PEER_TWICE),
            change("\t25\n", "\t25", Flaw.TRUNCATED),
            change("\t25\n", "\t25\n\n", Flaw.LINE_MALFORMED));

    tampered.forEach((change, flaw) ->
        assertThat(read(WHOLE.replace(change[0], change[1])))
            .as(Arrays.toString(change))
            .isEqualTo(new InterfaceReading.Malformed(flaw)));
  }

  private static Map.Entry<String[], Flaw> change(String was, String is, Flaw flaw) {
    assertThat(WHOLE).contains(was);
    return Map.entry(new String[] {was, is}, flaw);
  }

  @Test
  void read_nothingOrTooMuch_isRefused() {
    assertThat(read("")).isEqualTo(new InterfaceReading.Malformed(Flaw.TRUNCATED));
    assertThat(WgDump.read(new byte[UapiAnswer.LONGEST + 1]))
        .isEqualTo(new InterfaceReading.Malformed(Flaw.TOO_LONG));
  }
}

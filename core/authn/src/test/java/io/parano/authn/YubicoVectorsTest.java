package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Yubico's published vectors of one-time passwords and of validation protocol 2.0, and C2SP
/// Wycheproof's of HMAC-SHA-1.
final class YubicoVectorsTest {
  @Test
  void of_publishedCheckSums_agrees() {
    assertThat(Crc16.of(new byte[] {0, 1, 2, 3, 4})).isEqualTo(62919);
    assertThat(Crc16.of(new byte[] {(byte) 0xfe})).isEqualTo(4470);
    assertThat(Crc16.of(Bytes.fromHex("55aa00ff").copy())).isEqualTo(52149);
  }

  @Test
  void modhex_publishedTexts_goBothWays() {
    for (String[] pair :
        List.of(
            new String[] {"dteffuje", "2d344e83"},
            new String[] {"hknhfjbrjnlnldnhcujvddbikngjrtgh", "69b6481c8baba2b60e8f22179b58cd56"},
            new String[] {"urtubjtnuihvntcreeeecvbregfjibtn", "ecde18dbe76fbd0c33330f1c354871db"},
            new String[] {"ifhgieif", "74657374"},
            // The published text says "test" here, which is an erratum.
            new String[] {"hhhvhvhdhbid", "666f6f626172"})) {
      assertThat(Bytes.of(Modhex.read(pair[0])).hex()).isEqualTo(pair[1]);
      assertThat(Modhex.write(Bytes.fromHex(pair[1]).copy())).isEqualTo(pair[0]);
    }
  }

  @Test
  void decipher_everyPublishedVector_givesItsFields() throws IOException {
    List<String[]> vectors =
        resource("yubico/otp.tsv")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", -1))
            .toList();
    for (String[] vector : vectors) {
      OtpFields fields = OtpFields.of(seed(vector[0], vector[2]).decipher(otp(vector[1]).block()));
      assertThat(fields.privateId().matches(Secret.of(Bytes.fromHex(vector[2]).copy()))).isTrue();
      assertThat(
              List.of(
                  Integer.toString(fields.usage()),
                  Integer.toString(fields.timestamp()),
                  Integer.toString(fields.session()),
                  Integer.toHexString(fields.crc())))
          .as(vector[1])
          .containsExactly(vector[3], vector[4], vector[5], vector[6]);
    }
    assertThat(vectors).hasSize(7);
  }

  @Test
  void sign_publishedRequestAndResponse_agrees() {
    Secret key = Secret.of(java.util.Base64.getDecoder().decode("mG5be6ZJU1qBGz24yPh/ESM3UdU="));
    TreeMap<String, String> request = new TreeMap<>();
    request.put("id", "1");
    request.put("nonce", "jrFwbaYFhn0HoxZIsd9LQ6w2ceU");
    request.put("otp", "vvungrrdhvtklknvrtvuvbbkeidikkvgglrvdgrfcdft");
    TreeMap<String, String> response = new TreeMap<>();
    response.put("status", "OK");
    response.put("t", "2019-06-06T05:14:15Z0369");
    response.put("nonce", "0123456789abcdef");
    response.put("otp", "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj");
    response.put("sl", "25");

    assertThat(SignedPairs.sign(request, key)).isEqualTo("+ja8S3IjbX593/LAgTBixwPNGX4=");
    assertThat(SignedPairs.sign(response, key)).isEqualTo("iCV9uFJDtuyELQsxFPnR80Yj2XU=");
    assertThat(SignedPairs.check(request, "+ja8S3IjbX593/LAgTBixwPNGX4=", key))
        .isEqualTo(SignedPairs.Check.RIGHT);
    assertThat(SignedPairs.check(request, "+ja8S3IjbX593/LAgTBixwPNGX4", key))
        .isEqualTo(SignedPairs.Check.WRONG);
    assertThat(SignedPairs.check(response, "+ja8S3IjbX593/LAgTBixwPNGX4=", key))
        .isEqualTo(SignedPairs.Check.WRONG);
  }

  @Test
  void mac_everyWycheproofVector_agrees() throws IOException {
    int checked = 0;
    for (JsonNode group :
        new ObjectMapper().readTree(resource("wycheproof/hmac_sha1_test.json")).get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        byte[] mac =
            SignedPairs.mac(
                Bytes.fromHex(test.get("msg").asString()).copy(),
                Secret.of(Bytes.fromHex(test.get("key").asString()).copy()));
        // Some vectors want a tag cut short.
        String found = Bytes.of(mac).hex().substring(0, group.get("tagSize").asInt() / 4);
        assertThat(found.equals(test.get("tag").asString()))
            .as(test.get("tcId") + " " + test.get("comment"))
            .isEqualTo(test.get("result").asString().equals("valid"));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(170);
  }

  static OtpSeed seed(String key, String privateId) {
    return OtpSeed.of(Secret.of(Bytes.fromHex(key + privateId).copy()));
  }

  static OtpText otp(String typed) {
    return switch (OtpText.read(typed)) {
      case OtpText.Reading.Read(OtpText otp) -> otp;
      case OtpText.Reading.Malformed() -> throw new AssertionError("malformed: " + typed);
    };
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(YubicoVectorsTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

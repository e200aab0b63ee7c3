package io.parano.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Project Wycheproof through the very calls that seal and derive.
class WycheproofTest {
  @Test
  void aesGcm_everyVector_opensOrDoesNot() throws Exception {
    List<JsonNode> tests = tests("aes_gcm_test.json");
    assertThat(tests).hasSize(66);
    for (JsonNode test : tests) {
      var key = new SecretKeySpec(hex(test, "key"), "AES");
      byte[] sealed = joined(hex(test, "ct"), hex(test, "tag"));
      Optional<byte[]> opened = AesGcm.open(key, hex(test, "iv"), hex(test, "aad"), sealed);
      if (test.get("result").asString().equals("valid")) {
        assertThat(opened).as(test.toString()).hasValue(hex(test, "msg"));
        assertThat(AesGcm.seal(key, hex(test, "iv"), hex(test, "aad"), hex(test, "msg")))
            .as(test.toString())
            .isEqualTo(sealed);
      } else {
        assertThat(opened).as(test.toString()).isEmpty();
      }
    }
  }

  @Test
  void hkdf_everyVectorThatMayBeAsked_isGiven() throws Exception {
    List<JsonNode> tests =
        tests("hkdf_sha256_test.json").stream()
            .filter(test -> test.get("result").asString().equals("valid"))
            .toList();
    assertThat(tests).hasSizeGreaterThan(30);
    for (JsonNode test : tests) {
      byte[] derived =
          Hkdf.derive(
              hex(test, "ikm"), hex(test, "salt"), hex(test, "info"), test.get("size").asInt());
      assertThat(derived).as(test.toString()).isEqualTo(hex(test, "okm"));
    }
  }

  private static List<JsonNode> tests(String name) throws Exception {
    try (var in = WycheproofTest.class.getResourceAsStream("/wycheproof/" + name)) {
      assertThat(in).isNotNull();
      JsonNode groups = new ObjectMapper().readTree(in).get("testGroups");
      return StreamSupport.stream(groups.spliterator(), false)
          .flatMap(group -> StreamSupport.stream(group.get("tests").spliterator(), false))
          .toList();
    }
  }

  private static byte[] hex(JsonNode test, String field) {
    return HexFormat.of().parseHex(test.get(field).asString());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}

package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.CoseAlgorithm.SignatureCheck;
import io.parano.kernel.Bytes;
import io.parano.testkit.CborWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// C2SP Wycheproof's signatures, verified through the same door as an assertion's: the key as a
/// COSE_Key, the signature as the token gave it.
final class WycheproofTest {
  @Test
  void check_ecdsaOverP256_agreesWithEveryVector() throws IOException {
    List<String> disagreements = new ArrayList<>();
    int checked = 0;
    for (JsonNode group : groups("ecdsa_secp256r1_sha256_test.json")) {
      String point = group.get("publicKey").get("uncompressed").asString();
      Bytes cose =
          CborWriter.write(
              Map.of(
                  1,
                  2,
                  3,
                  -7,
                  -1,
                  1,
                  -2,
                  Bytes.fromHex(point.substring(2, 66)),
                  -3,
                  Bytes.fromHex(point.substring(66))));
      checked += check(group, cose, disagreements);
    }

    assertThat(disagreements).isEmpty();
    assertThat(checked).isEqualTo(484);
  }

  @Test
  void check_ed25519_agreesWithEveryVector() throws IOException {
    List<String> disagreements = new ArrayList<>();
    int checked = 0;
    for (JsonNode group : groups("ed25519_test.json")) {
      String point = group.get("publicKey").get("pk").asString();
      Bytes cose = CborWriter.write(Map.of(1, 1, 3, -8, -1, 6, -2, Bytes.fromHex(point)));
      checked += check(group, cose, disagreements);
    }

    assertThat(disagreements).isEmpty();
    assertThat(checked).isEqualTo(151);
  }

  private static int check(JsonNode group, Bytes cose, List<String> disagreements) {
    CoseKey key =
        switch (CoseKey.read(cose)) {
          case Reading.Read<CoseKey>(CoseKey read) -> read;
          case Reading.Malformed<CoseKey>(String detail) -> throw new AssertionError(detail);
        };
    int checked = 0;
    for (JsonNode test : group.get("tests")) {
      SignatureCheck found =
          key.algorithm()
              .check(
                  key.key(),
                  Bytes.fromHex(test.get("sig").asString()),
                  Bytes.fromHex(test.get("msg").asString()).copy());
      boolean valid = test.get("result").asString().equals("valid");
      if (found != (valid ? SignatureCheck.RIGHT : SignatureCheck.WRONG)) {
        disagreements.add(test.get("tcId") + " " + test.get("comment") + ": " + found);
      }
      checked++;
    }
    return checked;
  }

  private static JsonNode groups(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WycheproofTest.class.getResourceAsStream("wycheproof/" + file))) {
      return new ObjectMapper().readTree(in).get("testGroups");
    }
  }
}

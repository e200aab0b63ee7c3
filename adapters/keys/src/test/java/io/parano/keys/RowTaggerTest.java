package io.parano.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Tagger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RowTaggerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  private static Keyset keyset(int seed) {
    return Keyset.fresh(NOW, bytes -> Arrays.fill(bytes, (byte) seed));
  }

  private static String tag(Tagger tagger, String purpose, String content) {
    return HexFormat.of().formatHex(tagger.tag(purpose, content.getBytes(UTF_8)));
  }

  @Test
  void tag_eachInput_hasAShareInIt() {
    Tagger tagger = keyset(1).rowTagger();
    assertThat(tag(tagger, "row", "one"))
        .isEqualTo(tag(keyset(1).rowTagger(), "row", "one"))
        .hasSize(2 * Tagger.LENGTH)
        .isNotEqualTo(tag(tagger, "row", "two"))
        .isNotEqualTo(tag(tagger, "head", "one"))
        .isNotEqualTo(tag(tagger, "ro", "wone"))
        .isNotEqualTo(tag(keyset(2).rowTagger(), "row", "one"));
  }

  /// By the JDK's own HMAC over a key derived here, as the class says it is.
  @Test
  void tag_isHmacOfLengthPurposeAndContentUnderADerivedKey() throws GeneralSecurityException {
    byte[] tagging = new byte[32];
    Arrays.fill(tagging, (byte) 1);
    byte[] key = Hkdf.derive(tagging, new byte[0], "parano rows 1".getBytes(UTF_8), 32);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(new byte[] {0, 0, 0, 3});
    assertThat(tag(keyset(1).rowTagger(), "row", "one"))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal("rowone".getBytes(UTF_8))));
  }

  @Test
  void tag_ofASealerOfTheSameKeyset_isAnother() {
    Keyset keyset = keyset(1);
    byte[] content = "one".getBytes(UTF_8);
    assertThat(keyset.rowTagger().tag("row", content))
        .isNotEqualTo(keyset.sealer(bytes -> Arrays.fill(bytes, (byte) 0)).tag(content, "row"));
  }
}

package io.parano.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.kernel.Tagger;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 under a key of the test's own: the same in every process that opens a test's log.
final class TestTagger implements Tagger {
  private static final String KEY = "thirty-two bytes, for tests only";

  private final byte[] key;
  private final List<Tagger> before;

  TestTagger() {
    this(KEY);
  }

  /// @param before under the keys that this one takes over from
  TestTagger(String key, Tagger... before) {
    this.key = key.getBytes(UTF_8);
    this.before = List.of(before);
  }

  @Override
  public List<Tagger> before() {
    return before;
  }

  @Override
  public byte[] tag(String purpose, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((purpose + "\0").getBytes(UTF_8));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

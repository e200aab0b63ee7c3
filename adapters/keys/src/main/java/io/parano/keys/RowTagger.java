package io.parano.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.kernel.Secret;
import io.parano.kernel.Tagger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tags rows under a key of their own, which HKDF makes of the tagging key: other tags under that
/// key ([KeysetSealer#tag]) say nothing about rows.
final class RowTagger implements Tagger {
  private static final byte[] PURPOSE = "parano rows 1".getBytes(UTF_8);
  private static final String HMAC = "HmacSHA256";

  /// Never used itself: copied for each tag, since making one ready costs as much as a tag.
  private final Mac ready;

  private final List<Tagger> before;

  /// @param before under the keys that this one takes over from, newest first
  RowTagger(Secret tagging, List<Tagger> before) {
    this.before = List.copyOf(before);
    byte[] bytes = tagging.copy();
    byte[] derived = Hkdf.derive(bytes, new byte[0], PURPOSE, LENGTH);
    try {
      ready = Mac.getInstance(HMAC);
      ready.init(new SecretKeySpec(derived, HMAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is in every Java platform", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  @Override
  public byte[] tag(String purpose, byte[] content) {
    byte[] name = purpose.getBytes(UTF_8);
    Mac mac = copy();
    // The length keeps purpose and content apart.
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
    mac.update(name);
    return mac.doFinal(content);
  }

  @Override
  public List<Tagger> before() {
    return before;
  }

  private Mac copy() {
    try {
      return (Mac) ready.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HMAC-SHA-256 can be copied", e);
    }
  }
}

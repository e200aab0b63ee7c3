package io.parano.authn;

import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names and values under a shared key, as both sides of validation protocol 2.0 sign them: sorted
/// by name, `name=value` joined by `&`, HMAC-SHA-1, base64. HMAC does not lean on what SHA-1 has
/// lost.
public final class SignedPairs {
  public enum Check {
    WRONG,
    RIGHT
  }

  private SignedPairs() {}

  /// The signature over `pairs`, none of which is the signature.
  public static String sign(SortedMap<String, String> pairs, Secret key) {
    return Base64.getEncoder().encodeToString(mac(text(pairs), key));
  }

  /// Takes the time of a whole comparison, whatever came.
  public static Check check(SortedMap<String, String> pairs, String signature, Secret key) {
    byte[] expected = sign(pairs, key).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
        ? Check.RIGHT
        : Check.WRONG;
  }

  static byte[] mac(byte[] message, Secret key) {
    byte[] bytes = key.copy();
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] text(Map<String, String> sorted) {
    return sorted.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.UTF_8);
  }
}

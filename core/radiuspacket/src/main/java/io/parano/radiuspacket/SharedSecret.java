package io.parano.radiuspacket;

import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What one client and we share, ready for the two sums that the protocol makes with it. Both are
/// begun once and copied for each packet: with a fresh HMAC for each, half of the time would go
/// into its key.
public final class SharedSecret {
  /// What RADIUS says over TLS, where certificates and not secrets are believed (RFC 6614 section
  /// 2.3).
  public static final SharedSecret OF_TLS =
      of(Secret.of("radsec".getBytes(StandardCharsets.US_ASCII)));

  private final Secret secret;
  private final MessageDigest begun;
  private final Mac keyed;

  private SharedSecret(Secret secret, MessageDigest begun, Mac keyed) {
    this.secret = secret;
    this.begun = begun;
    this.keyed = keyed;
  }

  /// Owns `secret` from now on. Throws [IllegalArgumentException] when it is empty (RFC 2865
  /// section 3).
  public static SharedSecret of(Secret secret) {
    if (secret.length() == 0) {
      throw new IllegalArgumentException("an empty secret is none");
    }
    byte[] bytes = secret.copy();
    try {
      MessageDigest begun = md5();
      begun.update(bytes);
      Mac keyed = Mac.getInstance("HmacMD5");
      keyed.init(new SecretKeySpec(bytes, "HmacMD5"));
      return new SharedSecret(secret, begun, keyed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-MD5", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// MD5 over `parts`, then the secret: the authenticators of RFC 2865 section 3 and RFC 2866
  /// section 3.
  byte[] seal(byte[]... parts) {
    MessageDigest md5 = md5();
    for (byte[] part : parts) {
      md5.update(part);
    }
    byte[] bytes = secret.copy();
    md5.update(bytes);
    Arrays.fill(bytes, (byte) 0);
    return md5.digest();
  }

  /// MD5 over the secret, then `salt`: what hides a password (RFC 2865 section 5.2).
  byte[] mask(byte[] salt, int from) {
    try {
      MessageDigest md5 = (MessageDigest) begun.clone();
      md5.update(salt, from, Packet.AUTHENTICATOR_LENGTH);
      return md5.digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's MD5 can be copied", e);
    }
  }

  /// HMAC-MD5 under the secret: the Message-Authenticator (RFC 2869 section 5.14).
  byte[] mac(byte[] packet) {
    try {
      return ((Mac) keyed.clone()).doFinal(packet);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HMAC-MD5 can be copied", e);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /// Nothing of it.
  @Override
  public String toString() {
    return "SharedSecret[…]";
  }
}

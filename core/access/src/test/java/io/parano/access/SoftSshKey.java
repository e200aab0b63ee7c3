package io.parano.access;

import io.parano.kernel.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/// An SSH key as a security key holds it, in software: it says of itself what it is told to say.
final class SoftSshKey {
  static final String ALGORITHM = "sk-ssh-ed25519-cert-v01@openssh.com";
  private static final String TYPE = "sk-ssh-ed25519@openssh.com";
  private static final String APPLICATION = "ssh:";

  private final KeyPair pair;

  SoftSshKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// A line of a public key file.
  String line() {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] blob =
        joined(
            string(TYPE.getBytes(StandardCharsets.UTF_8)),
            string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)),
            string(APPLICATION.getBytes(StandardCharsets.UTF_8)));
    return TYPE + " " + Base64.getEncoder().encodeToString(blob);
  }

  /// @param flags 1 for touched, 4 for verified
  Bytes sign(Bytes message, int flags) {
    try {
      byte[] words = ByteBuffer.allocate(5).put((byte) flags).putInt(7).array();
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(digest(APPLICATION.getBytes(StandardCharsets.UTF_8)));
      signature.update(words);
      signature.update(digest(message.copy()));
      return Bytes.of(
          joined(string(TYPE.getBytes(StandardCharsets.UTF_8)), string(signature.sign()), words));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] digest(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] string(byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

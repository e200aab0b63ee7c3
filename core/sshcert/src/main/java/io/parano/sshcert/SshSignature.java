package io.parano.sshcert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Detached signatures (PROTOCOL.sshsig), as `ssh-keygen -Y` makes and checks them. The namespace
/// keeps a signature for one use from counting for another, and the preamble from ever being one
/// over a certificate.
public final class SshSignature {
  private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final String HASH = "sha512";
  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  private static final String END = "-----END SSH SIGNATURE-----";
  private static final int LONGEST = 8192;
  private static final int LINE = 70;

  private SshSignature() {}

  /// Signs `message`, and writes the signature as a file of OpenSSH's.
  public static String sign(Signer signer, String namespace, byte[] message) {
    byte[] blob =
        new WireWriter()
            .raw(MAGIC)
            .uint32(VERSION)
            .string(signer.publicKey().blob().copy())
            .text(namespace)
            .string(new byte[0])
            .text(HASH)
            .string(Ed25519.wrapped(signer, signed(namespace, message)))
            .bytes();
    String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(blob);
    return BEGIN + "\n" + base64 + "\n" + END + "\n";
  }

  /// Whether `armoured` is `key`'s signature over `message` in `namespace`.
  public static Signing check(SshKey key, String namespace, byte[] message, String armoured) {
    try {
      WireReader in = new WireReader(unarmoured(armoured));
      boolean same =
          Arrays.equals(in.raw(MAGIC.length), MAGIC)
              && in.uint32() == VERSION
              && Arrays.equals(in.string(), key.blob().copy())
              && in.text().equals(namespace)
              && in.string().length == 0
              && in.text().equals(HASH);
      if (!same) {
        return Signing.BROKEN;
      }
      byte[] signature = in.string();
      in.end();
      return Ed25519.check(key, signed(namespace, message), signature);
    } catch (WireReader.Flawed | IllegalArgumentException e) {
      return Signing.BROKEN;
    }
  }

  private static byte[] unarmoured(String armoured) {
    String text = armoured.strip();
    if (text.length() > LONGEST || !text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new WireReader.Flawed(Flaw.SIGNATURE_MALFORMED);
    }
    String inner =
        text.substring(BEGIN.length(), Math.max(BEGIN.length(), text.length() - END.length()));
    return Base64.getDecoder().decode(inner.replace("\n", "").replace("\r", ""));
  }

  private static byte[] signed(String namespace, byte[] message) {
    return new WireWriter()
        .raw(MAGIC)
        .text(namespace)
        .string(new byte[0])
        .text(HASH)
        .string(sha512(message))
        .bytes();
  }

  private static byte[] sha512(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}

package io.parano.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.hpke.HPKE;

/// A sealed backup, byte by byte: HPKE (RFC 9180) in base mode to an X25519 key, with HKDF-SHA-256
/// and AES-256-GCM, by Bouncy Castle.
///
/// ```
/// 16 bytes  "parano-backup 1\n", which is HPKE's info too
/// 32 bytes  the encapsulated key
/// then parts, each
///   1 byte    1 for the last one, else 0: it is HPKE's associated data
///   4 bytes   length, big-endian
///   n bytes   ciphertext and tag
/// ```
///
/// HPKE numbers the parts itself: none can be left out, repeated or moved, and only the last one
/// ends it.
final class BackupForm {
  static final byte[] MAGIC = "parano-backup 1\n".getBytes(US_ASCII);
  static final int ENCAPSULATED = 32;

  /// Of plaintext, in one part.
  static final int PART = 1 << 16;

  static final int TAG = 16;

  private BackupForm() {}

  static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  /// What stands between the lines of a PEM text. Throws [IOException] with what was expected.
  static byte[] pem(String text, String label) throws IOException {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new IOException("expected an X25519 key in PEM, \"" + begin + "\"");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message may quote what the file says.
      throw new IOException("expected base64 after \"" + begin + "\"");
    }
  }

  static String fingerprint(byte[] publicKey) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }
}

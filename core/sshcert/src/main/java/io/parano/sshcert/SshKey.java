package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/// A public key that was read, compared by its bytes.
///
/// @see KeyReading
public final class SshKey {
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  private final KeyType type;
  private final Bytes fields;
  private final int bits;

  private SshKey(KeyType type, Bytes fields, int bits) {
    this.type = type;
    this.fields = fields;
    this.bits = bits;
  }

  /// Reads the fields that follow a name, in a key or in a certificate.
  static SshKey fields(KeyType type, WireReader in) {
    int from = in.position();
    int bits = type.read(in);
    return new SshKey(type, Bytes.of(in.since(from)), bits);
  }

  /// Reads a whole blob, and nothing behind it.
  static SshKey read(byte[] blob) {
    WireReader in = new WireReader(blob);
    KeyType type =
        KeyType.ofPlain(in.text()).orElseThrow(() -> new WireReader.Flawed(Flaw.KEY_TYPE_UNKNOWN));
    SshKey key = fields(type, in);
    in.end();
    return key;
  }

  /// The Ed25519 key whose 32 bytes are given.
  public static SshKey ed25519(byte[] publicKey32) {
    return fields(KeyType.ED25519, new WireReader(new WireWriter().string(publicKey32).bytes()));
  }

  public KeyType type() {
    return type;
  }

  /// The modulus of RSA, the field of a curve.
  public int bits() {
    return bits;
  }

  /// As SSH sends it: the name, then the fields.
  public Bytes blob() {
    return Bytes.of(new WireWriter().text(type.plain()).raw(fields.copy()).bytes());
  }

  byte[] fields() {
    return fields.copy();
  }

  /// As `ssh-keygen -l` shows it.
  public String fingerprint() {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(blob().digest().bytes());
  }

  /// A line of a key file: name, blob in base64, comment.
  public String line(String comment) {
    String line = type.plain() + " " + Base64.getEncoder().encodeToString(blob().copy());
    return comment.isEmpty() ? line : line + " " + comment;
  }

  /// The 32 bytes of an Ed25519 key, in a security key or not.
  byte[] ed25519() {
    if (type != KeyType.ED25519 && type != KeyType.SK_ED25519) {
      throw new IllegalStateException("a key of type " + type.plain() + " has no such bytes");
    }
    return new WireReader(fields.copy()).string();
  }

  /// For what a key in a security key was made.
  String application() {
    if (!type.inSecurityKey()) {
      throw new IllegalStateException("a key of type " + type.plain() + " has no application");
    }
    WireReader in = new WireReader(fields.copy());
    if (type == KeyType.SK_ECDSA) {
      in.string();
    }
    in.string();
    return in.text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshKey that && type == that.type && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return type.plain() + " " + fingerprint();
  }

  /// The two first words of a line, the second out of base64.
  static byte[] blobOf(String line, String name) {
    String[] words = BLANKS.split(line.strip(), 3);
    if (words.length < 2 || !words[0].equals(name) || line.indexOf('\n') >= 0) {
      throw new WireReader.Flawed(Flaw.LINE_MALFORMED);
    }
    try {
      byte[] blob = Base64.getDecoder().decode(words[1].getBytes(StandardCharsets.US_ASCII));
      if (!Base64.getEncoder().encodeToString(blob).equals(words[1])) {
        throw new WireReader.Flawed(Flaw.LINE_MALFORMED);
      }
      return blob;
    } catch (IllegalArgumentException e) {
      throw new WireReader.Flawed(Flaw.LINE_MALFORMED);
    }
  }
}

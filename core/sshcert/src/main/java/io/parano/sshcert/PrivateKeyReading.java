package io.parano.sshcert;

import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// How reading a private key file ended (PROTOCOL.key). From the most refusing to the most
/// allowing.
public sealed interface PrivateKeyReading {
  /// [Flaw#FILE_ENCRYPTED] for a file that a passphrase seals.
  record Malformed(Flaw flaw) implements PrivateKeyReading {}

  record Read(PrivateKey key) implements PrivateKeyReading {}

  static PrivateKeyReading of(String file) {
    try {
      return new Read(Parts.key(file));
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    } catch (IllegalArgumentException e) {
      return new Malformed(Flaw.FILE_MALFORMED);
    }
  }

  /// The parts of the format.
  final class Parts {
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final int LONGEST = 65_536;

    private Parts() {}

    private static PrivateKey key(String file) {
      String text = file.strip();
      if (text.length() > LONGEST || !text.startsWith(BEGIN) || !text.endsWith(END)) {
        throw new WireReader.Flawed(Flaw.FILE_MALFORMED);
      }
      String inner =
          text.substring(BEGIN.length(), Math.max(BEGIN.length(), text.length() - END.length()));
      byte[] whole = Base64.getDecoder().decode(inner.replace("\n", "").replace("\r", ""));
      try {
        return key(new WireReader(whole));
      } finally {
        Arrays.fill(whole, (byte) 0);
      }
    }

    private static PrivateKey key(WireReader in) {
      if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
        throw new WireReader.Flawed(Flaw.FILE_MALFORMED);
      }
      String cipher = in.text();
      String derivation = in.text();
      if (!cipher.equals("none") || !derivation.equals("none")) {
        throw new WireReader.Flawed(Flaw.FILE_ENCRYPTED);
      }
      in.string();
      if (in.uint32() != 1) {
        throw new WireReader.Flawed(Flaw.FILE_MALFORMED);
      }
      SshKey named = SshKey.read(in.string());
      byte[] secret = in.string();
      in.end();
      try {
        return own(named, new WireReader(secret));
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }

    private static PrivateKey own(SshKey named, WireReader in) {
      long first = in.uint32();
      long second = in.uint32();
      if (first != second || !in.text().equals(named.type().plain())) {
        throw new WireReader.Flawed(Flaw.FILE_MALFORMED);
      }
      int begin = in.position();
      skipPublic(named.type(), in);
      int behind = carriesPublic(named.type()) ? begin : in.position();
      skipPrivate(named.type(), in);
      byte[] fields = in.since(behind);
      PrivateKey key = new PrivateKey(named, Secret.of(fields));
      Arrays.fill(fields, (byte) 0);
      return key;
    }

    /// Those kinds whose public half an agent wants again beside the certificate (OpenSSH's
    /// `serialize_private` of each kind).
    private static boolean carriesPublic(KeyType type) {
      return type == KeyType.ED25519 || type == KeyType.SK_ED25519;
    }

    private static void skipPublic(KeyType type, WireReader in) {
      strings(
          in,
          switch (type) {
            case RSA, ECDSA_256, ECDSA_384, ECDSA_521, SK_ECDSA -> 2;
            case ED25519, SK_ED25519 -> 1;
          });
    }

    private static void skipPrivate(KeyType type, WireReader in) {
      switch (type) {
        case RSA -> strings(in, 4);
        case ECDSA_256, ECDSA_384, ECDSA_521, ED25519 -> strings(in, 1);
        case SK_ECDSA, SK_ED25519 -> {
          strings(in, 1);
          in.uint8();
          strings(in, 2);
        }
      }
    }

    private static void strings(WireReader in, int count) {
      for (int i = 0; i < count; i++) {
        byte[] part = in.string();
        Arrays.fill(part, (byte) 0);
      }
    }
  }
}

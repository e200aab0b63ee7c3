package io.parano.sshcert;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of public key that may carry a certificate.
public enum KeyType {
  RSA("ssh-rsa", "ssh-rsa-cert-v01@openssh.com", null),
  ECDSA_256("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "nistp256"),
  ECDSA_384("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384-cert-v01@openssh.com", "nistp384"),
  ECDSA_521("ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521-cert-v01@openssh.com", "nistp521"),
  ED25519("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com", null),
  SK_ECDSA(
      "sk-ecdsa-sha2-nistp256@openssh.com",
      "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
      "nistp256"),
  SK_ED25519("sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com", null);

  /// OpenSSH's own bounds (SSH_RSA_MINIMUM_MODULUS_SIZE, SSHBUF_MAX_BIGNUM).
  private static final int LEAST_MODULUS = 1024;

  private static final int MOST_MODULUS = 16_384;
  static final String SUFFIX = "-cert-v01@openssh.com";
  private static final int ED25519_LENGTH = 32;
  private static final int LONGEST_APPLICATION = 256;

  private final String plain;
  private final String certified;
  private final @Nullable String curve;

  KeyType(String plain, String certified, @Nullable String curve) {
    this.plain = plain;
    this.certified = certified;
    this.curve = curve;
  }

  /// As a key file names it.
  public String plain() {
    return plain;
  }

  /// As a certificate over such a key names itself.
  public String certified() {
    return certified;
  }

  /// Whether the private half lies in a security key (PROTOCOL.u2f).
  public boolean inSecurityKey() {
    return this == SK_ED25519 || this == SK_ECDSA;
  }

  /// By which algorithms a request for login may say that it shows a certificate over such a key
  /// (RFC 8332 section 3: not `ssh-rsa`, which means SHA-1).
  List<String> algorithms() {
    return this == RSA
        ? List.of("rsa-sha2-512" + SUFFIX, "rsa-sha2-256" + SUFFIX)
        : List.of(certified);
  }

  static Optional<KeyType> ofPlain(String name) {
    return Arrays.stream(values()).filter(type -> type.plain.equals(name)).findFirst();
  }

  static Optional<KeyType> ofCertified(String name) {
    return Arrays.stream(values()).filter(type -> type.certified.equals(name)).findFirst();
  }

  /// Reads the fields of a key of this kind, and how many bits its strength rests on.
  int read(WireReader in) {
    int bits =
        switch (this) {
          case RSA -> rsa(in);
          case ECDSA_256, ECDSA_384, ECDSA_521, SK_ECDSA -> point(in);
          case ED25519, SK_ED25519 -> ed25519(in);
        };
    if (inSecurityKey()) {
      application(in);
    }
    return bits;
  }

  private static int rsa(WireReader in) {
    BigInteger exponent = in.mpint();
    BigInteger modulus = in.mpint();
    if (exponent.compareTo(BigInteger.valueOf(3)) < 0
        || !exponent.testBit(0)
        || exponent.bitLength() > 64) {
      throw new WireReader.Flawed(Flaw.KEY_EXPONENT);
    }
    if (modulus.bitLength() < LEAST_MODULUS
        || modulus.bitLength() > MOST_MODULUS
        || !modulus.testBit(0)) {
      throw new WireReader.Flawed(Flaw.KEY_MODULUS);
    }
    return modulus.bitLength();
  }

  private static int ed25519(WireReader in) {
    if (in.string().length != ED25519_LENGTH) {
      throw new WireReader.Flawed(Flaw.KEY_LENGTH);
    }
    return 256;
  }

  /// Uncompressed alone, as OpenSSH (RFC 5656 section 3.1), and on the curve.
  private int point(WireReader in) {
    if (!in.text().equals(curve)) {
      throw new WireReader.Flawed(Flaw.KEY_CURVE);
    }
    ECParameterSpec parameters = parameters();
    BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    int width = (prime.bitLength() + 7) / 8;
    byte[] point = in.string();
    if (point.length != 1 + 2 * width || point[0] != 4) {
      throw new WireReader.Flawed(Flaw.KEY_POINT);
    }
    BigInteger x = new BigInteger(1, point, 1, width);
    BigInteger y = new BigInteger(1, point, 1 + width, width);
    BigInteger right =
        x.pow(3)
            .add(parameters.getCurve().getA().multiply(x))
            .add(parameters.getCurve().getB())
            .mod(prime);
    boolean within = x.compareTo(prime) < 0 && y.compareTo(prime) < 0;
    if (!within || !y.pow(2).mod(prime).equals(right)) {
      throw new WireReader.Flawed(Flaw.KEY_POINT);
    }
    return prime.bitLength();
  }

  /// Of the curve, where there is one.
  ECParameterSpec parameters() {
    String name =
        switch (this) {
          case ECDSA_384 -> "secp384r1";
          case ECDSA_521 -> "secp521r1";
          case ECDSA_256, SK_ECDSA, RSA, ED25519, SK_ED25519 -> "secp256r1";
        };
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform knows " + name, e);
    }
  }

  /// A key made for the web (application `https:…`) is none for SSH.
  private static void application(WireReader in) {
    String application = in.text();
    if (!application.startsWith("ssh:") || application.length() > LONGEST_APPLICATION) {
      throw new WireReader.Flawed(Flaw.KEY_APPLICATION);
    }
  }
}

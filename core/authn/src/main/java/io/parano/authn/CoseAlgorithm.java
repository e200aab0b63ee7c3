package io.parano.authn;

import io.parano.kernel.Bytes;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/// The signature algorithms of WebAuthn Level 3 section 5.8.5 that hardware tokens use. The
/// fully-specified twins (-9, -19 and so on) are left out: the standard does not recommend asking
/// for them, so no token answers with them.
enum CoseAlgorithm {
  ES256(-7, "SHA256withECDSA", "secp256r1", 1, 32),
  ES384(-35, "SHA384withECDSA", "secp384r1", 2, 48),
  ES512(-36, "SHA512withECDSA", "secp521r1", 3, 66),
  EDDSA(-8, "Ed25519", "Ed25519", 6, 32),
  RS256(-257, "SHA256withRSA", "", 0, 0);

  /// An RSA signature of 4096 bits, the longest that can be right, has 512.
  private static final int MOST_SIGNATURE_BYTES = 1024;

  private final long number;
  private final String signature;
  private final String curveName;
  private final long curve;
  private final int coordinateLength;

  CoseAlgorithm(long number, String signature, String curveName, long curve, int coordinateLength) {
    this.number = number;
    this.signature = signature;
    this.curveName = curveName;
    this.curve = curve;
    this.coordinateLength = coordinateLength;
  }

  static Optional<CoseAlgorithm> of(long number) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.number == number).findFirst();
  }

  int number() {
    return (int) number;
  }

  /// The number of the curve in COSE; 0 for RSA.
  long curve() {
    return curve;
  }

  /// How many bytes a coordinate, or an encoded point of Ed25519, has.
  int coordinateLength() {
    return coordinateLength;
  }

  /// The curve's parameters. Only for the ES family.
  ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(curveName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has the curve " + curveName, e);
    }
  }

  /// Whether `signed` is this algorithm's signature by `key` over the concatenation of `message`. A
  /// key of another kind or curve, and anything that is no signature at all, are simply not it.
  SignatureCheck check(PublicKey key, Bytes signed, byte[]... message) {
    if (!fits(key)) {
      return SignatureCheck.KEY_OF_ANOTHER_KIND;
    }
    if (signed.length() > MOST_SIGNATURE_BYTES || (isEcdsa() && negative(signed.copy()))) {
      return SignatureCheck.WRONG;
    }
    try {
      Signature verifier = Signature.getInstance(signature);
      verifier.initVerify(key);
      for (byte[] part : message) {
        verifier.update(part);
      }
      return verifier.verify(signed.copy()) ? SignatureCheck.RIGHT : SignatureCheck.WRONG;
    } catch (InvalidKeyException e) {
      return SignatureCheck.KEY_OF_ANOTHER_KIND;
    } catch (SignatureException e) {
      return SignatureCheck.WRONG;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has " + signature, e);
    }
  }

  private boolean isEcdsa() {
    return curve != 0 && this != EDDSA;
  }

  /// Whether r or s is written as a negative INTEGER: the JDK reads them as if they had no sign,
  /// and so would let a second form of the same signature pass. The rest of the form it checks
  /// itself.
  private static boolean negative(byte[] der) {
    int r = der.length > 1 && der[1] == (byte) 0x81 ? 3 : 2;
    if (der.length < r + 3) {
      return true;
    }
    int s = r + 2 + (der[r + 1] & 0xff);
    return s + 2 >= der.length || der[r + 2] < 0 || der[s + 2] < 0;
  }

  private boolean fits(PublicKey key) {
    return switch (this) {
      case ES256, ES384, ES512 -> key instanceof ECPublicKey ec && sameCurve(ec.getParams());
      case EDDSA ->
          key instanceof EdECPublicKey ed
              && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
      case RS256 -> key instanceof RSAPublicKey;
    };
  }

  private boolean sameCurve(ECParameterSpec found) {
    ECParameterSpec ours = parameters();
    BigInteger order = ours.getOrder();
    return found.getOrder().equals(order)
        && found.getCurve().equals(ours.getCurve())
        && found.getGenerator().equals(ours.getGenerator());
  }

  /// What came of checking a signature, from the most refusing.
  enum SignatureCheck {
    KEY_OF_ANOTHER_KIND,
    WRONG,
    RIGHT
  }
}

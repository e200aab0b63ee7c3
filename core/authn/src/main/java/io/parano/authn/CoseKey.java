package io.parano.authn;

import io.parano.kernel.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/// A credential public key, read from a COSE_Key (RFC 9053) as WebAuthn Level 3 sections 5.8.5 and
/// 6.5.1.1 restrict it: exactly the members its type needs, the curve that belongs to the
/// algorithm, uncompressed points on that curve, RSA moduli of 2048 to 4096 bits with the exponent
/// 65537.
record CoseKey(CoseAlgorithm algorithm, PublicKey key) {
  private static final long TYPE = 1;
  private static final long ALGORITHM = 3;
  private static final long CURVE = -1;
  private static final long X = -2;
  private static final long Y = -3;
  private static final long MODULUS = -1;
  private static final long EXPONENT = -2;
  private static final Bytes EXPONENT_65537 = Bytes.fromHex("010001");

  /// The `alg` of a key that may be of a kind unknown here.
  static Optional<Long> algorithmNumber(Cbor.Table key) {
    return key.integer(ALGORITHM);
  }

  static Reading<CoseKey> read(Bytes cose) {
    return switch (Cbor.read(cose.copy())) {
      case Reading.Malformed<Cbor.Item>(String detail) -> malformed(detail);
      case Reading.Read<Cbor.Item>(Cbor.Table table) -> read(table);
      case Reading.Read<Cbor.Item> _ -> malformed("expected a map");
    };
  }

  static Reading<CoseKey> read(Cbor.Table key) {
    Optional<CoseAlgorithm> algorithm = algorithmNumber(key).flatMap(CoseAlgorithm::of);
    if (algorithm.isEmpty()) {
      return malformed("expected a known algorithm");
    }
    return switch (algorithm.get()) {
      case ES256, ES384, ES512 -> ellipticCurve(algorithm.get(), key);
      case EDDSA -> edwardsCurve(key);
      case RS256 -> rsa(key);
    };
  }

  private static Reading<CoseKey> ellipticCurve(CoseAlgorithm algorithm, Cbor.Table key) {
    int length = algorithm.coordinateLength();
    Optional<Bytes> x = key.bytes(X).filter(bytes -> bytes.length() == length);
    Optional<Bytes> y = key.bytes(Y).filter(bytes -> bytes.length() == length);
    if (!shaped(key, 2, 5) || !onCurve(key, algorithm) || x.isEmpty() || y.isEmpty()) {
      return malformed("expected type 2, curve " + algorithm.curve() + ", x and y of " + length);
    }
    ECPoint point = new ECPoint(number(x.get()), number(y.get()));
    ECParameterSpec parameters = algorithm.parameters();
    return satisfiesEquation(point, parameters)
        ? key(algorithm, "EC", new ECPublicKeySpec(point, parameters))
        : malformed("expected a point on the curve");
  }

  private static Reading<CoseKey> edwardsCurve(Cbor.Table key) {
    int length = CoseAlgorithm.EDDSA.coordinateLength();
    Optional<Bytes> x = key.bytes(X).filter(bytes -> bytes.length() == length);
    if (!shaped(key, 1, 4) || !onCurve(key, CoseAlgorithm.EDDSA) || x.isEmpty()) {
      return malformed("expected type 1, curve 6 and x of 32 bytes");
    }
    byte[] point = x.get().copy();
    boolean odd = (point[length - 1] & 0x80) != 0;
    point[length - 1] &= 0x7f;
    BigInteger y = new BigInteger(1, reversed(point));
    return key(
        CoseAlgorithm.EDDSA,
        "Ed25519",
        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y)));
  }

  private static Reading<CoseKey> rsa(Cbor.Table key) {
    Optional<Bytes> modulus = key.bytes(MODULUS).filter(CoseKey::longEnough);
    if (!shaped(key, 3, 4)
        || modulus.isEmpty()
        || !key.bytes(EXPONENT).equals(Optional.of(EXPONENT_65537))) {
      return malformed("expected type 3, a modulus of 2048 to 4096 bits and the exponent 65537");
    }
    return key(
        CoseAlgorithm.RS256,
        "RSA",
        new RSAPublicKeySpec(number(modulus.get()), number(EXPONENT_65537)));
  }

  private static Reading<CoseKey> key(CoseAlgorithm algorithm, String family, KeySpec spec) {
    try {
      PublicKey key = KeyFactory.getInstance(family).generatePublic(spec);
      if (algorithm == CoseAlgorithm.EDDSA) {
        // The JDK decodes the point, and so finds it on the curve or not, only here.
        Signature.getInstance(family).initVerify(key);
      }
      return new Reading.Read<>(new CoseKey(algorithm, key));
    } catch (GeneralSecurityException e) {
      return malformed("expected a valid key: " + e.getMessage());
    }
  }

  private static boolean shaped(Cbor.Table key, long type, int members) {
    return key.entries().size() == members && key.integer(TYPE).equals(Optional.of(type));
  }

  private static boolean onCurve(Cbor.Table key, CoseAlgorithm algorithm) {
    return key.integer(CURVE).equals(Optional.of(algorithm.curve()));
  }

  /// y^2 = x^3 + ax + b over the field, with both coordinates below the prime. The three curves
  /// have cofactor 1, so that every such point is a good one.
  private static boolean satisfiesEquation(ECPoint point, ECParameterSpec parameters) {
    BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.multiply(x)
            .add(parameters.getCurve().getA())
            .multiply(x)
            .add(parameters.getCurve().getB());
    return x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.multiply(y).subtract(right).mod(prime).signum() == 0;
  }

  /// The first byte of a modulus is not zero (RFC 8230 section 4).
  private static boolean longEnough(Bytes modulus) {
    int bits = number(modulus).bitLength();
    return bits >= 2048 && bits <= 4096 && modulus.length() == (bits + 7) / 8;
  }

  private static BigInteger number(Bytes bytes) {
    return new BigInteger(1, bytes.copy());
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      out[i] = bytes[bytes.length - 1 - i];
    }
    return out;
  }

  private static Reading<CoseKey> malformed(String detail) {
    return new Reading.Malformed<>("public key: " + detail);
  }
}

package io.parano.interop;

import io.parano.kernel.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What to trust so that Chromium's virtual authenticators can be enrolled. They have no root: each
/// registration carries a batch certificate made on the spot, issued by itself and signed with one
/// key that is the same in every Chromium (`kAttestationKey` in its source, read from a
/// registration of Chromium 156). So the anchor is that name and that key, in a certificate that
/// says it may issue; a trust anchor's own signature counts for nothing (RFC 5280 section 6.1.1 d).
final class Anchor {
  /// The model that every virtual authenticator claims.
  static final UUID MODEL = UUID.fromString("01020304-0506-0708-0102-030405060708");

  private static final Bytes KEY =
      Bytes.fromHex(
          "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
              + "8d617e65c9508e64bcc5673ac82a6799da3c1446682c258c463fffdf58dfd2fa"
              + "3e6c378b53d795c4a4dffb4199edd7862f23abaf0203b4b8911ba0569994e101");

  private Anchor() {}

  static Bytes certificate(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair throwaway = generator.generateKeyPair();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=Pinned for a test"),
              BigInteger.ONE,
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              new X500Name("C=US, O=Chromium, OU=Authenticator Attestation, CN=Batch Certificate"),
              SubjectPublicKeyInfo.getInstance(KEY.copy()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(throwaway.getPrivate());
      return Bytes.of(builder.build(signer).getEncoded());
    } catch (GeneralSecurityException
        | java.io.IOException
        | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The certificate of an attestation key, and what the standard asks of it.
record AttestationCertificate(X509Certificate certificate) {
  private static final int MOST_BYTES = 4096;
  private static final String AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";
  private static final Bytes COUNTRY = Bytes.fromHex("550406");
  private static final Bytes ORGANIZATION = Bytes.fromHex("55040a");
  private static final Bytes UNIT = Bytes.fromHex("55040b");
  private static final Bytes COMMON_NAME = Bytes.fromHex("550403");

  /// Two OCTET STRINGs, one in the other, around the 16 bytes (section 8.2.1).
  private static final Bytes AAGUID_HEAD = Bytes.fromHex("04120410");

  /// Reads DER and nothing around it: the JDK would take PEM too, and leave trailing bytes alone.
  static Reading<AttestationCertificate> read(Bytes der) {
    if (der.length() > MOST_BYTES) {
      return new Reading.Malformed<>(
          "expected a certificate of at most " + MOST_BYTES + " bytes, found " + der.length());
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.copy()));
      return Bytes.of(certificate.getEncoded()).equals(der)
          ? new Reading.Read<>(new AttestationCertificate(certificate))
          : new Reading.Malformed<>("expected one certificate in DER and nothing more");
    } catch (CertificateException e) {
      return new Reading.Malformed<>("expected a certificate in DER");
    }
  }

  PublicKey publicKey() {
    return certificate.getPublicKey();
  }

  String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

  /// Section 8.2.1, certificate requirements for packed attestation statements.
  Optional<Refusal> packedRefusal() {
    List<DerName.Attribute> subject =
        DerName.read(certificate.getSubjectX500Principal().getEncoded());
    return new Clauses()
        .require(
            certificate.getVersion() == 3,
            "7.1.22 (8.2.1)",
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected version 3, found " + certificate.getVersion())
        .require(
            DerName.single(subject, COUNTRY).filter(c -> c.matches("[A-Z]{2}")).isPresent(),
            "7.1.22 (8.2.1)",
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected a subject with a country of two letters")
        .require(
            DerName.single(subject, ORGANIZATION).filter(o -> !o.isEmpty()).isPresent(),
            "7.1.22 (8.2.1)",
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected a subject with one organization")
        .require(
            DerName.single(subject, UNIT).filter("Authenticator Attestation"::equals).isPresent(),
            "7.1.22 (8.2.1)",
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected a subject with the unit \"Authenticator Attestation\"")
        .require(
            DerName.single(subject, COMMON_NAME).filter(n -> !n.isEmpty()).isPresent(),
            "7.1.22 (8.2.1)",
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected a subject with one common name")
        .refusal()
        .or(() -> endEntityRefusal("7.1.22 (8.2.1)"));
  }

  /// What both formats need: an end entity, and nothing critical that we do not understand.
  Optional<Refusal> endEntityRefusal(String clause) {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    return new Clauses()
        .require(
            critical == null || !critical.contains(AAGUID_EXTENSION),
            clause,
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected the AAGUID extension not to be critical")
        .require(
            !certificate.hasUnsupportedCriticalExtension(),
            clause,
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "a critical extension is unknown here")
        .require(
            certificate.getBasicConstraints() == -1,
            clause,
            Reason.ATTESTATION_CERTIFICATE_INVALID,
            () -> "expected an end entity, found a certificate authority")
        .refusal();
  }

  boolean namesModel() {
    return certificate.getExtensionValue(AAGUID_EXTENSION) != null;
  }

  /// The model that the maker certified in the extension 1.3.6.1.4.1.45724.1.1.4; empty when it is
  /// malformed or absent.
  Optional<UUID> model() {
    byte[] value = certificate.getExtensionValue(AAGUID_EXTENSION);
    if (value == null
        || value.length != 20
        || !Bytes.of(Arrays.copyOf(value, 4)).equals(AAGUID_HEAD)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(value, 4, 16);
    return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
  }

  Optional<Refusal> validityRefusal(Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
      return Optional.empty();
    } catch (CertificateNotYetValidException e) {
      return invalid("valid only from " + certificate.getNotBefore().toInstant());
    } catch (CertificateException e) {
      return invalid("valid only until " + certificate.getNotAfter().toInstant());
    }
  }

  private static Optional<Refusal> invalid(String detail) {
    return Optional.of(new Refusal(Reason.ATTESTATION_CERTIFICATE_INVALID, "7.1.24", detail));
  }
}

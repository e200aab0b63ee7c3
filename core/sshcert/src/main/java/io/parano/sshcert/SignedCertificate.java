package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.util.Base64;

/// A certificate with its signature, whether or not that holds ([#signing]).
public final class SignedCertificate {
  private final Certificate certificate;
  private final Bytes blob;
  private final Signing signing;

  private SignedCertificate(Certificate certificate, Bytes blob, Signing signing) {
    this.certificate = certificate;
    this.blob = blob;
    this.signing = signing;
  }

  /// Has `signer` sign, whose key must be the certificate's authority.
  public static SignedCertificate by(Signer signer, Certificate certificate) {
    if (!signer.publicKey().equals(certificate.authority())) {
      throw new IllegalArgumentException(
          "the certificate names another authority than " + signer.publicKey().fingerprint());
    }
    byte[] signed = certificate.toBeSigned();
    byte[] blob = new WireWriter().raw(signed).string(Ed25519.wrapped(signer, signed)).bytes();
    return new SignedCertificate(certificate, Bytes.of(blob), Signing.HOLDS);
  }

  static SignedCertificate read(byte[] blob) {
    WireReader in = new WireReader(blob);
    Certificate certificate = CertificateReader.read(in);
    byte[] signed = in.since(0);
    byte[] signature = in.string();
    in.end();
    if (signature.length == 0) {
      throw new WireReader.Flawed(Flaw.SIGNATURE_MALFORMED);
    }
    return new SignedCertificate(
        certificate, Bytes.of(blob), Ed25519.check(certificate.authority(), signed, signature));
  }

  public Certificate certificate() {
    return certificate;
  }

  /// As SSH sends it.
  public Bytes blob() {
    return blob;
  }

  /// Whether the authority that it names signed it. Who that is remains to be asked.
  public Signing signing() {
    return signing;
  }

  /// A line of a `-cert.pub` file.
  public String line(String comment) {
    String line =
        certificate.key().type().certified()
            + " "
            + Base64.getEncoder().encodeToString(blob.copy());
    return comment.isEmpty() ? line : line + " " + comment;
  }
}

package io.parano.sshcert;

/// How reading a certificate ended. From the most refusing to the most allowing; that it was read
/// says nothing of who signed it.
public sealed interface CertificateReading {
  /// A key and an authority of RSA with 16,384 bits, 256 principals and what else there is.
  int LONGEST = 32 * 1024;

  record Malformed(Flaw flaw) implements CertificateReading {}

  record Read(SignedCertificate certificate) implements CertificateReading {}

  /// A blob as SSH sends it.
  static CertificateReading of(byte[] blob) {
    if (blob.length > LONGEST) {
      return new Malformed(Flaw.TOO_LONG);
    }
    try {
      return new Read(SignedCertificate.read(blob));
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    }
  }

  /// A line of a `-cert.pub` file, with or without comment and line end.
  static CertificateReading ofLine(String line) {
    if (line.length() > LONGEST * 4 / 3 + KeyReading.LONGEST_LINE) {
      return new Malformed(Flaw.TOO_LONG);
    }
    String text = line.strip();
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    try {
      CertificateReading reading = of(SshKey.blobOf(text, name));
      return reading instanceof Read(var read)
              && !read.certificate().key().type().certified().equals(name)
          ? new Malformed(Flaw.LINE_MALFORMED)
          : reading;
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    }
  }
}

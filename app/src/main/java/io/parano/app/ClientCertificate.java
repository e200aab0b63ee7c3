package io.parano.app;

import io.parano.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;

/// The certificate of a device, as an officer names it: its file, or what its digest is.
final class ClientCertificate {
  private static final String DIGEST = "[0-9a-f]{64}";

  private ClientCertificate() {}

  /// It cannot be enrolled, and the message says why.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /// SHA-256 over the certificate in DER, in hexadecimal. Of a file with several the first counts:
  /// that is the device's own, and the others are of who signed it.
  static String digest(String named, Instant now) throws Unusable {
    if (named.matches(DIGEST)) {
      return named;
    }
    try (InputStream file = Files.newInputStream(Path.of(named))) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
      certificate.checkValidity(Date.from(now));
      return Digest.of(certificate.getEncoded()).hex();
    } catch (IOException e) {
      throw new Unusable(Refusal.why(e));
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw new Unusable(Texts.say("propose.certificate-out-of-date", named));
    } catch (CertificateException | InvalidPathException e) {
      throw new Unusable(Texts.say("propose.no-certificate", named));
    }
  }
}

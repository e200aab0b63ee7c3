package io.parano.witness;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes one server certificate, whatever name it bears and whoever issued it: that of the
/// witness. No authority can stand in for it, and none has to be asked for it.
public final class PinnedCertificate extends X509ExtendedTrustManager {
  private final Digest sha256;

  private PinnedCertificate(Digest sha256) {
    this.sha256 = sha256;
  }

  /// @param sha256 the SHA-256 of the certificate's DER form
  public static SSLContext context(Digest sha256) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedCertificate(sha256)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    Digest found = Bytes.of(chain[0].getEncoded()).digest();
    if (!found.equals(sha256)) {
      throw new CertificateException(
          "its certificate has the SHA-256 %s, not %s".formatted(found.hex(), sha256.hex()));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noClient();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noClient();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noClient();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException noClient() {
    return new CertificateException("no client is believed by its certificate here");
  }
}

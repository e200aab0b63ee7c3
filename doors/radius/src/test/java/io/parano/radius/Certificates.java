package io.parano.radius;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority for tests and what it certifies, made by openssl.
final class Certificates {
  private final Path folder;
  private int made;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  static Certificates in(Path folder) throws Exception {
    Certificates made = new Certificates(Files.createDirectories(folder));
    openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority"
            + " -keyout ca.key -out ca.crt");
    return made;
  }

  /// A context that has a certificate of this name, and believes this authority.
  SSLContext context(String name) throws Exception {
    String file = "c" + ++made;
    Path more =
        Files.writeString(folder.resolve(file + ".ext"), "subjectAltName=DNS:" + name + "\n");
    openssl(
        folder,
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout %1$s.key -out %1$s.csr"
            .formatted(file));
    openssl(
        folder,
        "x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out %1$s.crt -extfile %2$s"
            .formatted(file, more));
    openssl(
        folder,
        "pkcs12 -export -in %1$s.crt -inkey %1$s.key -out %1$s.p12 -passout pass:ofatest"
            .formatted(file));
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(file + ".p12"))) {
      own.load(in, "ofatest".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, "ofatest".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust().getTrustManagers(), null);
    return context;
  }

  /// One that believes this authority, and has nothing to show.
  SSLContext nobody() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust().getTrustManagers(), null);
    return context;
  }

  private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("ca.crt"))) {
      store.setCertificateEntry(
          "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust;
  }

  private static void openssl(Path folder, String arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(told);
    }
  }
}

package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.parano.web.Site;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates the command line believes, over real TLS. */
class AuthoritiesTest {
  @TempDir private Path folder;
  private final KeyPair ours = keys();
  private final KeyPair others = keys();
  private HttpsServer server;

  AuthoritiesTest() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 8);
  }

  @BeforeEach
  void open() throws Exception {
    KeyPair key = keys();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {
      certificate("CN=localhost", key, "CN=Company", ours, false),
      certificate("CN=Company", ours, "CN=Company", ours, true)
    };
    store.setKeyEntry("server", key.getPrivate(), new char[0], chain);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"name\":\"olga\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void get_companysOwnAuthority_isBelievedOnlyWhenItIsNamed() throws Exception {
    assertThat(ask("localhost", pem("CN=Company", ours))).isEqualTo("olga");
    assertThatThrownBy(() -> ask("localhost", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--ca");
    // Another authority of the same name.
    Path other = pem("CN=Company", others);
    assertThatThrownBy(() -> ask("localhost", other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--ca");
  }

  @Test
  void get_certificateOfAnotherName_isRefused() throws Exception {
    Path named = pem("CN=Company", ours);
    assertThatThrownBy(() -> ask("auth.localhost", named))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not prove");
  }

  @Test
  void besides_fileWithoutCertificates_isRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    assertThatThrownBy(() -> Authorities.besides(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty.pem");
  }

  private String ask(String host, @Nullable Path authorities) throws IOException {
    Site site = Site.parse("https://" + host + ":" + server.getAddress().getPort());
    try (Remote remote = Remote.to(new Login(site, authorities, null, null))) {
      return remote.get("/api/who").text("name");
    }
  }

  private Path pem(String name, KeyPair key) throws Exception {
    String body =
        Base64.getMimeEncoder()
            .encodeToString(certificate(name, key, name, key, true).getEncoded());
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate certificate(
      String subject, KeyPair key, String issuer, KeyPair signer, boolean authority)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(authority ? 1 : 2),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            new X500Name(subject),
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!authority) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
  }
}

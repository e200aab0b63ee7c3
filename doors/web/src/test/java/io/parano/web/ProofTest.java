package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.web.TrustedProxy.Hops;
import io.parano.web.TrustedProxy.Proof;
import io.parano.web.WebConfig.Limits;
import io.parano.web.WebConfig.ProtectedHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The other two ways in which a proxy can prove itself: the Unix socket that it may open, and the
/// key of a pinned certificate.
class ProofTest {
  @TempDir Path folder;
  private final ScriptedPassing passing = new ScriptedPassing();
  @TempDir static Path keys;
  private static Pki pki;
  private WebDoor door;

  @BeforeAll
  static void make() throws Exception {
    pki = Pki.make(keys);
  }

  @BeforeEach
  void open() {
    Path socket = folder.resolve("door.sock");
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    WebConfig config =
        new WebConfig(
            List.of(
                new Listener.Socket(socket),
                new Listener.Tcp(
                    "127.0.0.1",
                    0,
                    new Listener.Tls(pki.serverCertificate(), pki.serverKey(), true))),
            null,
            Site.parse("https://auth.example.org"),
            "example.org",
            "Example",
            List.of(new ProtectedHost(Site.parse("https://app.example.org"), "Back office")),
            List.of(
                new TrustedProxy(
                    "beside",
                    List.of(),
                    new Proof.Socket(socket),
                    Set.of("app.example.org"),
                    Hops.ONE),
                new TrustedProxy(
                    "afar",
                    List.of(IpPrefix.parse("127.0.0.1")),
                    new Proof.Certificate(pki.pinned()),
                    Set.of("app.example.org"),
                    Hops.ONE)),
            new Cookies.PerHost(),
            Limits.usual(),
            2);
    door =
        WebDoor.open(
            config, paper.core(passing), new InFlight(), null, Readiness.Ready::new, () -> "");
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static final String ASK =
      """
      GET /api/authz/auth-request HTTP/1.1\r
      Host: parano\r
      Connection: close\r
      X-Original-URL: https://app.example.org/\r
      X-Original-Method: GET\r
      X-Forwarded-For: 192.0.2.7\r
      Cookie: __Host-parano=good\r
      \r
      """;

  private String overSocket(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve("door.sock")));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
      while (channel.read(answer) >= 0) {}
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
  }

  private String overTls(SSLContext client) throws IOException {
    try (Socket socket =
        client.getSocketFactory().createSocket("127.0.0.1", door.bound().get(1).port())) {
      socket.getOutputStream().write(ASK.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void ask_overTheSocketOfTheProxy_isBelieved() throws Exception {
    assertThat(overSocket(ASK)).startsWith("HTTP/1.1 200");
    assertThat(passing.asked().proxy()).isEqualTo("beside");
  }

  @Test
  void ask_overTheSocketWithoutSource_isRefused() throws Exception {
    assertThat(overSocket(ASK.replace("X-Forwarded-For: 192.0.2.7\r\n", "")))
        .startsWith("HTTP/1.1 403");
    assertThat(passing.told().reason()).isEqualTo(Reason.HEADER_MALFORMED);
  }

  /// A client could send the header; the proxy that needs none lets it through.
  @Test
  void ask_overTheSocketWithSomebodysSecret_isRefused() throws Exception {
    assertThat(overSocket(ASK.replace("Cookie:", "Parano-Proxy: x\r\nCookie:")))
        .startsWith("HTTP/1.1 403");
    assertThat(passing.told().reason()).isEqualTo(Reason.PROXY_UNPROVEN);
  }

  @Test
  void ask_withTheKeyOfThePinnedCertificate_isBelieved() throws Exception {
    assertThat(overTls(pki.client("pinned"))).startsWith("HTTP/1.1 200");
    assertThat(passing.asked().source()).isEqualTo(IpAddress.parse("192.0.2.7"));
  }

  @Test
  void ask_withAnotherCertificate_isUnproven() throws Exception {
    assertThat(overTls(pki.client("other"))).startsWith("HTTP/1.1 403");
    assertThat(passing.told().reason()).isEqualTo(Reason.PROXY_UNPROVEN);
  }

  @Test
  void ask_withoutCertificate_isUnproven() throws Exception {
    assertThat(overTls(pki.client("none"))).startsWith("HTTP/1.1 403");
    assertThat(passing.told().reason()).isEqualTo(Reason.PROXY_UNPROVEN);
  }

  /// Keys of nobody, kept with the tests.
  record Pki(
      Path serverCertificate,
      Path serverKey,
      Digest pinned,
      KeyStore pinnedStore,
      KeyStore otherStore) {
    private static final char[] PASS = "changeit".toCharArray();

    static Pki make(Path folder) throws Exception {
      KeyStore pinned = store("pinned.p12");
      return new Pki(
          copied(folder, "server.crt"),
          copied(folder, "server.key"),
          Digest.of(pinned.getCertificate("x").getEncoded()),
          pinned,
          store("other.p12"));
    }

    private static KeyStore store(String name) throws Exception {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = resource(name)) {
        store.load(in, PASS);
      }
      return store;
    }

    private static Path copied(Path folder, String name) throws IOException {
      Path file = folder.resolve(name);
      try (InputStream in = resource(name)) {
        Files.copy(in, file);
      }
      return file;
    }

    private static InputStream resource(String name) {
      InputStream in = ProofTest.class.getResourceAsStream("pki/" + name);
      if (in == null) {
        throw new AssertionError(name + " is missing");
      }
      return in;
    }

    SSLContext client(String which) throws Exception {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore store = which.equals("pinned") ? pinnedStore : otherStore;
      keys.init(store, PASS);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          which.equals("none") ? null : keys.getKeyManagers(),
          new TrustManager[] {new AnyServer()},
          new SecureRandom());
      return context;
    }
  }

  private static final class AnyServer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.FreePort;
import io.parano.testkit.TlsAuthority;
import io.parano.web.AuthorityPlace.Network;
import io.parano.web.AuthorityPlace.Papers;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A door and an authority that have nothing in common but a network. Each refusal differs from
/// [#ask_bothAsExpected_isAnswered] in one thing that one of them shows.
@Tag("slow")
class RolesTlsTest {
  private static final WebConfig CONFIG = TestDoor.config(Limits.usual());
  private static final String DOOR = "door.parano.test";
  private static final String AUTHORITY = "authority.parano.test";

  @TempDir private Path folder;
  private final PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private TlsAuthority ours;
  private int port;

  @BeforeEach
  void make() throws IOException {
    ours = TlsAuthority.in(folder, "ours");
    port = FreePort.next();
  }

  private Network place(TlsAuthority.Made shown, TlsAuthority believed, String peer) {
    return new Network(
        "127.0.0.1",
        port,
        new Papers(shown.certificate(), shown.key(), believed.certificate()),
        peer);
  }

  private AuthorityDoor authority(TlsAuthority.Made shown) {
    return AuthorityDoor.open(
        CONFIG,
        place(shown, ours, DOOR),
        paper.core(new ScriptedPassing()),
        new ApartDoors(new InFlight()),
        Readiness.Ready::new,
        () -> "");
  }

  private WebDoor door(TlsAuthority.Made shown) {
    return WebDoor.openApart(CONFIG, place(shown, ours, AUTHORITY));
  }

  /// Whether a proxy is answered through them; those who may meet are met in the same test after.
  private boolean meet(TlsAuthority.Made doors, TlsAuthority.Made authoritys) throws Exception {
    return meet(doors, authoritys, 2);
  }

  private boolean meet(TlsAuthority.Made doors, TlsAuthority.Made authoritys, int seconds)
      throws Exception {
    try (AuthorityDoor authority = authority(authoritys);
        WebDoor door = door(doors)) {
      assertThat(authority).isNotNull();
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() < end) {
        int status = Asking.ask(door, "good").status();
        if (status != 503) {
          assertThat(status).isEqualTo(200);
          return true;
        }
        pause();
      }
      return false;
    }
  }

  /// Between two questions, so that whoever else runs gets on.
  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(20);
  }

  @Test
  void ask_bothAsExpected_isAnswered() throws Exception {
    assertThat(meet(ours.certify(DOOR), ours.certify(AUTHORITY), 20)).isTrue();
  }

  @Test
  void ask_certificateOfAnotherName_isNotMet() throws Exception {
    assertThat(meet(ours.certify("other.parano.test"), ours.certify(AUTHORITY))).isFalse();
    assertThat(meet(ours.certify(DOOR), ours.certify("other.parano.test"))).isFalse();
  }

  /// A door taken over holds a certificate of ours: it must not pass for the authority.
  @Test
  void ask_certificateOfTheOtherRole_isNotMet() throws Exception {
    assertThat(meet(ours.certify(AUTHORITY), ours.certify(AUTHORITY))).isFalse();
    assertThat(meet(ours.certify(DOOR), ours.certify(DOOR))).isFalse();
  }

  @Test
  void ask_certificateOfAnotherAuthority_isNotMet() throws Exception {
    TlsAuthority theirs = TlsAuthority.in(folder, "theirs");
    assertThat(meet(theirs.certify(DOOR), ours.certify(AUTHORITY))).isFalse();
    assertThat(meet(ours.certify(DOOR), theirs.certify(AUTHORITY))).isFalse();
  }

  @Test
  void ask_expiredCertificate_isNotMet() throws Exception {
    Instant past = Instant.now().minus(Duration.ofHours(1));
    assertThat(meet(ours.certify(DOOR, past), ours.certify(AUTHORITY))).isFalse();
    assertThat(meet(ours.certify(DOOR), ours.certify(AUTHORITY, past))).isFalse();
  }

  /// What was met is not met for longer than its certificate says.
  @Test
  void ask_certificateThatExpiresMeanwhile_isMetNoLonger() throws Exception {
    TlsAuthority.Made brief = ours.certify(DOOR, Instant.now().plusSeconds(8));
    try (AuthorityDoor authority = authority(ours.certify(AUTHORITY));
        WebDoor door = door(brief)) {
      assertThat(authority).isNotNull();
      assertThat(Asking.met(door).status()).isEqualTo(200);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int status = 200;
      while (status == 200 && System.nanoTime() < end) {
        pause();
        status = Asking.ask(door, "good").status();
      }
      assertThat(status).isEqualTo(503);
    }
  }

  @Test
  void connect_withoutCertificate_isClosedUnanswered() throws Exception {
    try (AuthorityDoor authority = authority(ours.certify(AUTHORITY));
        Socket plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      assertThat(authority).isNotNull();
      plain.setSoTimeout(10_000);
      try (SSLSocket socket =
          (SSLSocket) trusting().getSocketFactory().createSocket(plain, AUTHORITY, port, true)) {
        assertThat(endsUnanswered(socket)).isTrue();
      }
      try (WebDoor door = door(ours.certify(DOOR))) {
        assertThat(Asking.met(door).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void connect_tls12_isRefused() throws Exception {
    try (AuthorityDoor authority = authority(ours.certify(AUTHORITY));
        SSLSocket socket =
            (SSLSocket)
                trusting()
                    .getSocketFactory()
                    .createSocket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      assertThat(authority).isNotNull();
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThat(endsUnanswered(socket)).isTrue();
    }
  }

  /// With TLS 1.3 a client learns only after its handshake that it was refused.
  private static boolean endsUnanswered(SSLSocket socket) {
    try {
      socket.getOutputStream().write(0);
      return socket.getInputStream().read() < 0;
    } catch (IOException refused) {
      return true;
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ours.certificate())) {
      store.setCertificateEntry(
          "ours", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

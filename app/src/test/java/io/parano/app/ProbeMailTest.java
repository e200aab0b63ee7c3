package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.demo.MailProgram.Sealing;
import io.parano.kernel.Secret;
import io.parano.probe.Deployment;
import io.parano.probe.Outcome;
import io.parano.probe.ProbeRun;
import io.parano.probe.ProbeSetup;
import io.parano.testkit.FreePort;
import io.parano.testkit.OtpKey;
import io.parano.testkit.TlsAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The probes of mail over TLS, from the first byte on and by STARTTLS, at nginx and at Dovecot
 * alone, unchanged: held where all is right, broken at a server that lets everybody in, and silent
 * where a password would go to somebody else or over a line that others can read.
 */
@Tag("slow")
class ProbeMailTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.10.0/24]
      rules:
        - name: probe-web
          hosts: [wages.parano.localhost]
          groups: [probes]
          zones: [office]
          token: otp-allowed
      """;
  private static final String NAME = "mail.parano.test";
  private static final String ADA = "probe-ada";

  @TempDir private Path folder;
  private final Careless careless = new Careless();
  private MailSite site;
  private Office office;
  private TlsAuthority authority;
  private TlsAuthority.Made own;
  private OtpKey token;
  private String password;
  private final int whole = port();
  private final int startTls = port();

  private static int port() {
    try {
      return FreePort.next();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    assumeTrue(MailSite.missing().isEmpty(), MailSite::missing);
    site = new MailSite(folder);
    authority = TlsAuthority.in(folder, "ours");
    own = authority.certify(NAME);
    office =
        new Office(
            folder.resolve("parano"),
            POLICY,
            null,
            null,
            new Office.Outfit(0, List.of(), plan -> Trial.with(plan, site.plan())));
    office.employ(ADA, "probes");
    token = office.otpToken(ADA);
    password = office.devicePassword(ADA);
  }

  @AfterEach
  void close() throws Exception {
    careless.close();
    if (site != null) {
      site.close();
    }
    if (office != null) {
      office.close();
    }
  }

  @Test
  void probes_atNginxOverTls_areHeldAndBrokenAtACarelessOne() throws Exception {
    site.behindNginx(
        """
        server { listen 127.0.0.1:%d ssl; %s }
        server { listen 127.0.0.1:%d; starttls only; %s }
        """
            .formatted(whole, sealedImap(), startTls, sealedImap()));
    allHeld();

    int open = careless.sealed(own, careless.mail());
    assertThat(run(open, NAME, Sealing.WHOLE, authority))
        .hasSize(3)
        .allMatch(line -> line.outcome() instanceof Outcome.Broken);
    int hidden = careless.sealed(own, careless.hiding(Office.DESK, site.ports.imap()));
    assertThat(run(hidden, NAME, Sealing.WHOLE, authority))
        .filteredOn(line -> line.outcome() instanceof Outcome.Broken)
        .extracting(ProbeRun.Line::id)
        .contains("mail-from-outside");
  }

  private String sealedImap() {
    return "protocol imap; imap_auth plain login; proxy on; proxy_protocol on; ssl_certificate %s; ssl_certificate_key %s;"
        .formatted(own.certificate(), own.key());
  }

  @Test
  void probes_atDovecotOverTls_areHeld() throws Exception {
    site.alone(
        "http://127.0.0.1:" + site.ports.asked(),
        """
        service imap-login {
          inet_listener imap {
            port = %1$d
          }
          inet_listener imaps {
            address = 127.0.0.1
            port = %2$d
            ssl = yes
          }
        }
        ssl = required
        ssl_cert = <%3$s
        ssl_key = <%4$s
        """
            .formatted(startTls, whole, own.certificate(), own.key()),
        startTls);
    allHeld();
  }

  private void allHeld() throws Exception {
    for (List<ProbeRun.Line> lines :
        List.of(
            run(whole, NAME, Sealing.WHOLE, authority),
            run(startTls, NAME, Sealing.STARTTLS, authority))) {
      assertThat(lines).hasSize(3).allMatch(line -> line.outcome() instanceof Outcome.Held);
    }
  }

  /** Each differs from what is held in one thing, and no server reads a login. */
  @Test
  void probes_toSomebodyElseOrInTheClear_sayNothingAndShowNoPassword() throws Exception {
    int listening = careless.mail();
    int sealed = careless.sealed(own, listening);
    TlsAuthority other = TlsAuthority.in(folder, "theirs");

    troubled(run(sealed, "other.parano.test", Sealing.WHOLE, authority));
    troubled(run(sealed, NAME, Sealing.WHOLE, other));
    troubled(run(listening, NAME, Sealing.WHOLE, authority));
    troubled(run(listening, NAME, Sealing.STARTTLS, authority));
    troubled(run(careless.withoutStartTls(), NAME, Sealing.STARTTLS, authority));
    assertThat(careless.heard()).contains("s STARTTLS").noneMatch(line -> line.contains("LOGIN"));

    assertThat(run(sealed, NAME, Sealing.WHOLE, authority))
        .allMatch(line -> line.outcome() instanceof Outcome.Broken);
    assertThat(careless.heard()).anyMatch(line -> line.contains("LOGIN"));
  }

  private static void troubled(List<ProbeRun.Line> lines) {
    assertThat(lines)
        .hasSize(3)
        .allMatch(line ->
            line.outcome() instanceof Outcome.NotRun(Outcome.Why why, String _)
                && why == Outcome.Why.TROUBLE);
  }

  private List<ProbeRun.Line> run(int port, String name, Sealing sealing, TlsAuthority trusted)
      throws Exception {
    InetAddress desk = InetAddress.ofLiteral(Office.DESK);
    ProbeSetup setup =
        new ProbeSetup(
            "probe-",
            "probes",
            URI.create(office.origin()),
            null,
            desk,
            InetAddress.ofLiteral(Office.OUTSIDE),
            new ProbeSetup.Account(
                ADA,
                Secret.ofText(Office.password(ADA)),
                Secret.ofText(token.logLine()),
                folder.resolve("count")),
            null,
            null,
            new ProbeSetup.Mail(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                name,
                sealing,
                InetAddress.ofLiteral("127.0.10.9"),
                Secret.ofText(password)),
            null,
            null);
    ProbeRun.Ran ran =
        ProbeRun.run(
            setup,
            new Deployment(
                List.of(new Deployment.Account(ADA, Set.of("probes"), false, false)), POLICY),
            Set.of("mail"),
            Files.createDirectories(folder.resolve("run")),
            Authorities.besides(trusted.certificate()).getSocketFactory(),
            new SystemRandomness(),
            line -> {});
    return ran instanceof ProbeRun.Ran.Tried tried ? tried.lines() : List.of();
  }
}

package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailSettings;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.Doveadm;
import io.parano.mail.MailConfig;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * nginx's mail proxy with Dovecot behind it, or Dovecot alone, unchanged, and the plan of a Parano
 * that they ask.
 */
final class MailSite {
  static final String TECHNICAL = "a-technical-password";
  static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.0.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [office]
      """;
  private static final String NGINX = "what-nginx-shows-0123456789abcdef";
  private static final String DOVECOT = "what-dovecot-shows-0123456789abcd";

  final Ports ports = Ports.free();
  final MailPrograms programs;
  private final Path folder;

  /** Where everything listens. */
  record Ports(
      int asked,
      int askedByTls,
      int imap,
      int store,
      int submission,
      int doveadm,
      int smtp,
      int pop,
      int popStore) {
    static Ports free() throws IOException {
      int[] free = new int[9];
      for (int i = 0; i < free.length; i++) {
        free[i] = FreePort.next();
      }
      return of(free);
    }

    private static Ports of(int... port) {
      return new Ports(
          port[0], port[1], port[2], port[3], port[4], port[5], port[6], port[7], port[8]);
    }

    static Ports parse(String text) {
      return of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
    }

    String text() {
      return "%d,%d,%d,%d,%d,%d,%d,%d,%d"
          .formatted(asked, askedByTls, imap, store, submission, doveadm, smtp, pop, popStore);
    }
  }

  MailSite(Path folder) throws Exception {
    this.folder = folder;
    this.programs = new MailPrograms(folder);
    assertThat(certificate()).endsWith("exit 0");
  }

  /// What is missing here; empty when all is there.
  static String missing() {
    if (!Files.exists(Path.of(MailPrograms.NGINX_MODULE))) {
      return "nginx's mail module is not installed";
    }
    return Files.exists(Path.of(MailPrograms.DOVECOT)) ? "" : "Dovecot is not installed";
  }

  void close() throws InterruptedException {
    programs.close();
  }

  MailPlan plan() {
    return plan(folder, ports);
  }

  /// @param folder where the certificate of a site is
  static MailPlan plan(Path folder, Ports ports) {
    IpPrefix here = IpPrefix.parse("127.0.0.1/32");
    return new MailPlan(
        new MailConfig(
            List.of(
                new MailListener("127.0.0.1", ports.asked(), null),
                new MailListener(
                    "127.0.0.1",
                    ports.askedByTls(),
                    new MailListener.Tls(folder.resolve("c.pem"), folder.resolve("k.pem")))),
            List.of(
                new MailServer(
                    "nginx-1",
                    List.of(here),
                    Secret.ofText(NGINX),
                    new MailServer.Kind.Nginx(
                        Map.of(
                            Protocol.IMAP,
                            new MailServer.Backend("127.0.0.1", ports.store()),
                            Protocol.POP3,
                            new MailServer.Backend("127.0.0.1", ports.popStore()),
                            Protocol.SUBMISSION,
                            new MailServer.Backend("127.0.0.1", ports.submission())),
                        Secret.ofText(TECHNICAL))),
                new MailServer(
                    "dovecot-1",
                    List.of(here),
                    Secret.ofText(DOVECOT),
                    new MailServer.Kind.Dovecot())),
            List.of(
                new Doveadm(
                    "dovecot-1",
                    URI.create("http://127.0.0.1:" + ports.doveadm() + "/doveadm/v1"),
                    Secret.ofText(MailPrograms.API_KEY))),
            Language.EN),
        new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME));
  }

  private String certificate() throws Exception {
    return MailPrograms.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=parano.test",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        folder.resolve("k.pem").toString(),
        "-out",
        folder.resolve("c.pem").toString());
  }

  /// Both; mail is asked for at nginx.
  void behindNginx() throws Exception {
    behindNginx("");
  }

  /// @param more servers at nginx
  void behindNginx(String more) throws Exception {
    programs.dovecot(
        "store",
        ports.store(),
        ports.doveadm(),
        MailPrograms.imap(ports.store(), "haproxy = yes")
            + MailPrograms.pop3(ports.popStore(), "haproxy = yes")
            + MailPrograms.submission(ports.submission())
            + """
            passdb {
              driver = static
              args = password=%s
            }
            """
                .formatted(TECHNICAL));
    programs.nginx(
        ports.asked(),
        NGINX,
        """
        server { listen 127.0.0.1:%d; protocol imap; imap_auth plain login; proxy on; proxy_protocol on; }
        server { listen 127.0.0.1:%d; protocol pop3; pop3_auth plain; proxy on; proxy_protocol on; }
        server { listen 127.0.0.1:%d; protocol smtp; smtp_auth plain login; proxy on; proxy_smtp_auth on; xclient on; }
        """
                .formatted(ports.imap(), ports.pop(), ports.smtp())
            + more,
        ports.imap());
  }

  /// @param door where Dovecot asks
  void alone(String door) throws Exception {
    alone(door, MailPrograms.imap(ports.imap(), ""), ports.imap());
  }

  /// @param listeners for IMAP
  /// @param imap a port of theirs
  void alone(String door, String listeners, int imap) throws Exception {
    Path script = folder.resolve("parano.lua");
    Path secret = folder.resolve("parano.secret");
    Files.writeString(secret, DOVECOT + "\n");
    Files.writeString(
        script,
        Files.readString(shipped("parano.lua"), StandardCharsets.UTF_8)
            .replace("http://127.0.0.1:8145/dovecot/password", door + "/dovecot/password")
            .replace("/etc/dovecot/parano.secret", secret.toString()));
    dovecot(door, listeners, imap, "driver = lua\n  args = file=%s blocking=yes".formatted(script));
  }

  /// Without Lua.
  void aloneByCheckpassword() throws Exception {
    Path program =
        Files.copy(shipped("parano-checkpassword"), folder.resolve("parano-checkpassword"));
    String door = "http://127.0.0.1:" + ports.asked();
    dovecot(
        door,
        MailPrograms.imap(ports.imap(), ""),
        ports.imap(),
        "driver = checkpassword\n  args = %s %s/dovecot/password %s"
            .formatted(program, door, header()));
  }

  private Path header() throws IOException {
    return Files.writeString(folder.resolve("header"), "X-Parano-Secret: " + DOVECOT + "\n");
  }

  private void dovecot(String door, String listeners, int imap, String passdb) throws Exception {
    programs.dovecot(
        "alone",
        imap,
        ports.doveadm(),
        listeners
            + MailPrograms.pop3(ports.pop(), "")
            + MailPrograms.submission(ports.submission())
            + """
            ssl_client_ca_file = %s
            auth_policy_server_url = %s/dovecot/policy
            auth_policy_server_api_header = X-Parano-Secret: %s
            auth_policy_hash_nonce = of-this-test
            auth_policy_reject_on_fail = yes
            auth_policy_request_attributes = login=%%{requested_username} pwhash=%%{hashed_password} remote=%%{rip} device_id=%%{client_id} protocol=%%s session_id=%%{session}
            passdb {
              %s
            }
            """
                .formatted(folder.resolve("c.pem"), door, DOVECOT, passdb));
  }

  void alone() throws Exception {
    alone("http://127.0.0.1:" + ports.asked());
  }

  /// The watch as it is shipped, beside the Dovecot of this name.
  void watch(String name) throws Exception {
    programs.start(
        Files.createDirectories(folder.resolve("watch")),
        shipped("parano-mail-watch").toString(),
        "http://127.0.0.1:" + ports.asked(),
        header().toString(),
        "-c",
        folder.resolve(name).resolve("dovecot.conf").toString());
  }

  private static Path shipped(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("packaging/dovecot").resolve(name))) {
      at = at.getParent();
    }
    return java.util.Objects.requireNonNull(at).resolve("packaging/dovecot").resolve(name);
  }

  String read(String from, String name, String password) throws Exception {
    return curl("imap://127.0.0.1:" + ports.imap() + "/", from, name, password);
  }

  String pop(String from, String name, String password) throws Exception {
    return curl("pop3://127.0.0.1:" + ports.pop() + "/", from, name, password);
  }

  private static String curl(String url, String from, String name, String password)
      throws Exception {
    return MailPrograms.run(
        "curl", "-sS", "-m", "20", "--interface", from, "--user", name + ":" + password, url);
  }

  static void opened(String said) {
    assertThat(said).contains("INBOX").endsWith("exit 0");
  }

  static void refused(String said) {
    assertThat(said).doesNotContain("INBOX").endsWith("exit 67");
  }
}

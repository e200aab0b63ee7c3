package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.config.WireGuardPlace;
import io.parano.demo.ParanoUnderTest.Vpn;
import io.parano.interop.Page.Token.Presence;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Both ways to a tunnel through the sign-in pages, in a real browser with a security key: an
/// enrolled device whose configuration is taken from the page into a real WireGuard, and a login at
/// a VPN server that waits for a touch.
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunnelStoryTest {
  private static final String SHARED = "a secret of this test";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration CLOSED = Duration.ofSeconds(5);

  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        tunnel: { networks: [10.88.0.0/24], leased: true }
      rules:
        - name: everything
          hosts: [app.parano.localhost]
          groups: [staff]
          zones: [here, tunnel]
      vpn:
        - { name: outside, server: wg-1, groups: [staff], device: enrolled, connection: 30s }
        - { name: prompt, server: vpn-1, groups: [staff], zones: [here], token: touch }
      """;

  private final Inspection inspection = new Inspection();
  private @Nullable TunnelLab tunnels;
  private @Nullable Lab opened;
  private @Nullable Chromium started;
  private @Nullable Person olga;
  private @Nullable Person otto;
  private int access;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    assumeTrue(TunnelLab.missing().isEmpty(), () -> "missing: " + TunnelLab.missing());
    tunnels = TunnelLab.open(Files.createDirectories(folder.resolve("tunnels")));
    tunnels.helper("uapi");
    access = FreePort.next();
    opened = Lab.open(folder.resolve("parano"), POLICY, vpn(access), carried(tunnels));
    Path profile = Files.createDirectories(folder.resolve("profile"));
    started = Chromium.start(Chromium.find().orElseThrow(), profile);
    olga = PasswordTest.officer(started, opened, "olga");
    otto = PasswordTest.officer(started, opened, "otto");
  }

  @AfterAll
  void close() throws IOException {
    if (started != null) {
      started.close();
    }
    if (opened != null) {
      opened.close();
    }
    if (tunnels != null) {
      tunnels.close();
    }
  }

  private Lab lab() {
    return Objects.requireNonNull(opened);
  }

  private TunnelLab tunnels() {
    return Objects.requireNonNull(tunnels);
  }

  private static WireGuardPlace carried(TunnelLab tunnels) {
    IpPrefix network = IpPrefix.parse("10.88.0.0/24");
    return new WireGuardPlace(
        "wg-1",
        tunnels.socket,
        tunnels.interfaceName(),
        List.of(network),
        TunnelLab.ENDPOINT,
        Bytes.of(Base64.getDecoder().decode(tunnels.serverKey)),
        List.of(network));
  }

  private static Vpn vpn(int access) throws IOException {
    return new Vpn(
        "vpn-1",
        IpPrefix.parse("127.0.0.1/32"),
        Secret.ofText(SHARED),
        at(access),
        at(FreePort.next()),
        at(FreePort.next()));
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// By both officers, as whatever may open the company's networks to somebody.
  private String signed(String act) {
    Person first = Objects.requireNonNull(olga);
    String id = PasswordTest.propose(first, lab(), act);
    String code = PasswordTest.sign(first, lab(), id);
    return code.isEmpty() && waits(first, id)
        ? PasswordTest.sign(Objects.requireNonNull(otto), lab(), id)
        : code;
  }

  private boolean waits(Person officer, String act) {
    officer.page().open(lab().at("/acts"));
    return officer
        .page()
        .evaluate("Boolean(document.querySelector(\"[data-act='%s']\"))".formatted(act))
        .asBoolean();
  }

  private Person employee(String name) {
    Person person = Person.arrives(Objects.requireNonNull(started), name);
    signed(PasswordTest.admission(name));
    person.enrol(
        lab(), signed("{kind: 'enrol-token', person: " + Page.quoted(name) + ", until: null}"));
    return person;
  }

  @Test
  void tunnel_openedByWhatThePageShows_carriesUntilItsTimeIsOverOrItsPersonCut() throws Exception {
    Person ana = employee("ana");
    signed(
        "{kind: 'enrol-device', person: 'ana', label: 'laptop', device: 'wireguard', key: '%s', address: '%s'}"
            .formatted(tunnels().deviceKey, TunnelLab.DEVICE));

    String first = armed(ana, "fr");
    photograph(ana.page(), "fr");
    String second = armed(ana, "en");
    photograph(ana.page(), "en");
    assertThat(inspection.complaints()).isEmpty();

    tunnels().configure(first);
    assertThat(tunnels().pings("2")).as("with what a later opening replaced").isFalse();
    tunnels().configure(second);
    assertThat(tunnels().reaches()).isTrue();
    assertThat(tunnels().pingsBack("2")).isTrue();

    assertThat(TunnelLab.awaited(LEASE.plus(CLOSED), () -> !tunnels().isPeer())).isTrue();
    assertThat(tunnels().pings("1")).as("after its time").isFalse();

    tunnels().configure(armed(ana, "en"));
    assertThat(tunnels().reaches()).isTrue();
    cut("ana");
    assertThat(tunnels().lastAnswer()).isLessThan(SECOND);
    assertThat(tunnels().isPeer()).isFalse();

    ana.page().open(lab().at("/vpn"));
    ana.give();
    assertThat(ana.told()).isNotBlank();
    assertThat(shown(ana.page(), "password")).isFalse();
    assertThat(lab().latestReason()).isEqualTo("person-frozen");
  }

  /// What the page shows in the end, where the browser copies it too.
  private String armed(Person person, String language) {
    Page page = person.page();
    page.prefer(language, "light");
    page.open(lab().at("/vpn?language=" + language));
    person.give();
    page.await("!document.querySelector('form[data-part=password]').hidden");
    page.type("form[data-part=password] [name=password]", "not it at all");
    page.press("form[data-part=password] button[type=submit]");
    assertThat(person.told()).isNotBlank();
    page.type("form[data-part=password] [name=password]", person.password());
    page.press("form[data-part=password] button[type=submit]");
    page.await("!document.querySelector('[data-part=done]').hidden");
    String text =
        page.evaluate("document.querySelector('[data-configuration]').textContent").asString();
    assertThat(page.text()).contains("laptop").contains(TunnelLab.ENDPOINT);
    assertThat(text).contains("Address = " + TunnelLab.DEVICE + "/32");
    page.press("[data-do=copy]");
    page.await(
        "document.querySelector('[data-do=copy]').textContent === document.querySelector('[data-do=copy]').dataset.copied || getSelection().toString().includes('PresharedKey')");
    return text;
  }

  private void photograph(Page page, String language) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      page.prefer(language, scheme);
      for (int width : new int[] {1000, 360}) {
        page.width(width, 900);
        String picture = "vpn-opened-%s-%s-%d".formatted(language, scheme, width);
        inspection.inspect(page, picture);
        Inspection.photograph(page, width, picture);
      }
    }
    page.width(1000, 900);
  }

  private void cut(String person) {
    Page page = Objects.requireNonNull(otto).page();
    page.open(lab().at("/acts"));
    assertThat(
            page.evaluate(
                    """
                    fetch('/api/cut', {method: 'POST', headers: {'Content-Type': 'application/json'},
                      body: JSON.stringify({kind: 'person', person: %s, because: 'test'})})
                      .then(r => r.status)
                    """
                        .formatted(Page.quoted(person)))
                .asInt())
        .isEqualTo(200);
  }

  @Test
  void prompt_itsCodeTypedAndTheKeyTouched_letsTheLoginIn() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/radclient")), "radclient is not installed");
    Person ben = employee("ben");
    Page page = ben.page();
    String challenge = radclient(attributes(ben, ben.password()));
    assertThat(challenge).contains("Received Access-Challenge", lab().at("/vpn/confirm"));
    String code = found("Code ([A-Z0-9]{3}-[A-Z0-9]{3})", challenge);
    String state = found("State = (0x[0-9a-f]+)", challenge);
    CompletableFuture<String> held =
        CompletableFuture.supplyAsync(() -> radclient(attributes(ben, "ok") + ",State=" + state));

    page.open(lab().at("/vpn/confirm?language=en"));
    look(ben, code.equals("222-222") ? "222-223" : "222-222");
    assertThat(ben.told()).isNotBlank();
    assertThat(shown(page, "touch")).isFalse();

    look(ben, code.toLowerCase(java.util.Locale.ROOT));
    page.await("!document.querySelector('[data-part=touch]').hidden");
    assertThat(page.evaluate("document.querySelector('[data-asks]').textContent").asString())
        .contains("vpn-1", "127.0.0.1");
    String pressed =
        page.evaluate("document.querySelector('[data-do=touch]').textContent").asString();
    assertThat(pressed).isEqualTo("Confirm with a touch");
    Inspection.photograph(page, 1000, "vpn-confirm-asked");
    page.hold(ben.token(), Presence.UNTOUCHED);
    ben.impatient();
    page.press("[data-do=touch]");
    assertThat(ben.told()).isNotBlank();
    assertThat(held).isNotDone();

    page.hold(ben.token(), Presence.TOUCHED);
    page.press("[data-do=touch]");
    page.await("!document.querySelector('[data-part=done]').hidden");
    assertThat(held.get(30, TimeUnit.SECONDS)).contains("Received Access-Accept");
    assertThat(lab().tellsOf("vpn-admission")).isTrue();
  }

  private static void look(Person person, String code) {
    person.page().type("form[data-part=code] [name=name]", person.name());
    person.page().type("form[data-part=code] [name=code]", code);
    person.page().press("form[data-part=code] button[type=submit]");
  }

  private static boolean shown(Page page, String part) {
    return !page.evaluate("document.querySelector('[data-part=%s]').hidden".formatted(part))
        .asBoolean();
  }

  private static String attributes(Person person, String typed) {
    return "User-Name=%s,User-Password=\"%s\",Calling-Station-Id=\"127.0.0.1\",NAS-Identifier=test,Message-Authenticator=0x00"
        .formatted(person.name(), typed);
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private String radclient(String attributes) {
    try {
      Process process =
          new ProcessBuilder(
                  "radclient", "-x", "-r", "1", "-t", "60", "127.0.0.1:" + access, "auth", SHARED)
              .redirectErrorStream(true)
              .start();
      try (var in = process.getOutputStream()) {
        in.write((attributes + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package io.parano.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.PasswordRules;
import io.parano.config.Configuration.LogLevel;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.config.Configuration.ProofSource;
import io.parano.config.Configuration.Proxy;
import io.parano.config.ConfigurationReading.Holder;
import io.parano.config.ConfigurationReading.Wanted;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.ssh.JumpConfig;
import io.parano.web.Cookies;
import io.parano.web.Dialect;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {
  private static final String PRINT = "0123456789abcdef".repeat(4);

  /// One key, a document in which it is set, and what is then read.
  ///
  /// @param key the path of the key, as [Keys#ALL] names it
  record Example(
      String key,
      String document,
      Function<Configuration, @Nullable Object> read,
      Object expected) {
    @Override
    public String toString() {
      return key;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
            top(),
            listening(),
            proving(),
            sealing(),
            choosing(),
            witnessing(),
            storing(),
            radius(),
            mail(),
            wireguard(),
            openvpn(),
            jumping())
        .flatMap(List::stream);
  }

  private static List<Example> top() {
    return List.of(
        example("version", "version: 1", Configuration::company, "Example"),
        example(
            "company",
            "company: Exemple Hébergement",
            Configuration::company,
            "Exemple Hébergement"),
        example("language", "language: fr", Configuration::language, Language.FR),
        example("data", "data: /var/lib/parano", Configuration::data, Path.of("/var/lib/parano")),
        example(
            "checkpoints",
            "checkpoints: ../witness",
            Configuration::checkpoints,
            Path.of("/etc/witness")),
        example("control", "control: run/control", c -> c.control(), path("run/control")),
        example("logs", "logs: warn", Configuration::logs, LogLevel.WARN),
        example(
            "traces.collector",
            "traces: { collector: \"http://127.0.0.1:4318/v1/traces\" }",
            configuration -> String.valueOf(configuration.traces()),
            "TracesPlace[collector=http://127.0.0.1:4318/v1/traces, percent=100]"),
        example(
            "traces.percent",
            "traces: { collector: \"https://otel.example/\", percent: 10 }",
            configuration -> String.valueOf(configuration.traces()),
            "TracesPlace[collector=https://otel.example/, percent=10]"),
        example(
            "traces",
            "traces: { collector: \"http://[::1]:4318/\" }",
            configuration -> String.valueOf(configuration.traces()),
            "TracesPlace[collector=http://[::1]:4318/, percent=100]"),
        example("cookie", "cookie: per-host", Configuration::cookies, new Cookies.PerHost()),
        example(
            "cookie.shared",
            "cookie: { shared: example.com }",
            Configuration::cookies,
            new Cookies.SharedDomain("example.com")),
        example(
            "sign-in",
            "sign-in: { origin: \"https://in.example.com\" }",
            Configuration::relyingParty,
            "in.example.com"),
        example(
            "sign-in.origin",
            "sign-in: { origin: \"http://auth.localhost:8080\" }",
            Configuration::signIn,
            new Site("http", "auth.localhost", 8080)),
        example(
            "sign-in.relying-party",
            "sign-in: { origin: \"https://auth.example.com\", relying-party: example.com }",
            Configuration::relyingParty,
            "example.com"));
  }

  private static List<Example> listening() {
    Listener.Tls tls = new Listener.Tls(path("c.pem"), path("k.pem"), true);
    String secured =
        "{ tcp: \"[::1]:9443\", tls: { certificate: c.pem, key: k.pem, ask-client: true } }";
    Listener.Tcp expected = new Listener.Tcp("::1", 9443, tls);
    return List.of(
        example("listen", "listen: [{ unix: run/gate }]", c -> c.listeners().size(), 1),
        example("listen.tcp", "listen: [" + secured + "]", c -> c.listeners().getFirst(), expected),
        example(
            "listen.unix",
            "listen: [{ unix: run/gate }]",
            c -> c.listeners().getFirst(),
            new Listener.Socket(path("run/gate"))),
        example("listen.tls", "listen: [" + secured + "]", c -> c.listeners().getFirst(), expected),
        example(
            "listen.grpc",
            "listen: [{ unix: run/gate, grpc: true }]",
            c -> c.listeners().getFirst(),
            new Listener.Grpc(new Listener.Socket(path("run/gate")))),
        example(
            "listen.tls.certificate",
            "listen: [" + secured + "]",
            c -> tls(c).certificate(),
            path("c.pem")),
        example("listen.tls.key", "listen: [" + secured + "]", c -> tls(c).key(), path("k.pem")),
        example(
            "listen.tls.ask-client", "listen: [" + secured + "]", c -> tls(c).asksClient(), true),
        example("admin", "admin: " + secured, c -> c.admin(), expected),
        example("admin.tcp", "admin: { tcp: \"127.0.0.1:1\" }", c -> c.admin(), tcp(1)),
        example("admin.tls", "admin: " + secured, c -> c.admin(), expected),
        example(
            "hosts",
            "hosts: [{ origin: \"https://a.example\" }, { origin: \"https://b.example\" }]",
            c -> c.hosts().size(),
            2),
        example(
            "hosts.origin",
            "hosts: [{ origin: \"https://wiki.example.com:8443\" }]",
            c -> c.hosts().getFirst().site(),
            new Site("https", "wiki.example.com", 8443)),
        example(
            "hosts.title",
            "hosts: [{ origin: \"https://wiki.example.com\", title: \"Le wiki\" }]",
            c -> c.hosts().getFirst().title(),
            "Le wiki"));
  }

  private static List<Example> proving() {
    return List.of(
        proxy("proxies", "name: a, addresses: [10.0.0.1], secret-file: s", p -> p.name(), "a"),
        proxy(
            "proxies.name",
            "name: edge-1, addresses: [10.0.0.1], secret-file: s",
            p -> p.name(),
            "edge-1"),
        proxy(
            "proxies.kind",
            "name: a, addresses: [10.0.0.1], secret-file: s, kind: traefik",
            p -> p.dialect(),
            Dialect.FORWARD_AUTH),
        proxy(
            "proxies.addresses",
            "name: a, addresses: [10.0.0.0/8, \"::1\"], secret-file: s",
            p -> p.addresses(),
            List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("::1"))),
        proxy(
            "proxies.secret-file",
            "name: a, addresses: [10.0.0.1], secret-file: front.secret",
            p -> p.proof(),
            new ProofSource.SecretFile(path("front.secret"))),
        proxy(
            "proxies.certificate",
            "name: a, addresses: [10.0.0.1], certificate: \"" + PRINT + "\"",
            p -> p.proof(),
            new ProofSource.Certificate(Digest.fromHex(PRINT))),
        proxy(
            "proxies.unix",
            "name: a, unix: run/gate",
            p -> p.proof(),
            new ProofSource.Socket(path("run/gate"))),
        proxy(
            "proxies.hosts",
            "name: a, addresses: [10.0.0.1], secret-file: s, hosts: [auth.example.com]",
            p -> p.hosts(),
            Set.of("auth.example.com")),
        proxy(
            "proxies.forwarded-for",
            "name: a, addresses: [10.0.0.1], secret-file: s, forwarded-for: appended",
            p -> p.hops(),
            TrustedProxy.Hops.LAST),
        proxy(
            "proxies.own-traceparent",
            "name: a, addresses: [10.0.0.1], secret-file: s, own-traceparent: true",
            p -> p.ownTraceparent(),
            true));
  }

  private static List<Example> sealing() {
    return List.of(
        example(
            "keyset",
            "keyset: { file: k, passphrase: terminal }",
            c -> c.keyset().passphrase(),
            new PassphraseSource.Terminal()),
        example(
            "keyset.file",
            "keyset: { file: keys/k, passphrase: terminal }",
            c -> c.keyset().file(),
            path("keys/k")),
        example(
            "keyset.passphrase",
            "keyset: { file: k, passphrase: terminal }",
            c -> c.keyset().passphrase(),
            new PassphraseSource.Terminal()),
        example(
            "keyset.passphrase.file",
            "keyset: { file: k, passphrase: { file: p } }",
            c -> c.keyset().passphrase(),
            new PassphraseSource.File(path("p"))),
        example(
            "keyset.passphrase.systemd",
            "keyset: { file: k, passphrase: { systemd: parano } }",
            c -> c.keyset().passphrase(),
            new PassphraseSource.SystemdCredential("parano")),
        example(
            "keyset.pkcs11",
            "keyset: { file: k, passphrase: terminal, pkcs11: { library: m.so } }",
            c -> c.keyset().pkcs11(),
            new Configuration.Pkcs11Place(path("m.so"), 0, "parano-keyset")),
        example(
            "keyset.pkcs11.library",
            "keyset: { file: k, passphrase: terminal, pkcs11: { library: /lib/m.so } }",
            c -> Objects.requireNonNull(c.keyset().pkcs11()).library(),
            Path.of("/lib/m.so")),
        example(
            "keyset.pkcs11.slot",
            "keyset: { file: k, passphrase: terminal, pkcs11: { library: m.so, slot: 2 } }",
            c -> Objects.requireNonNull(c.keyset().pkcs11()).slot(),
            2),
        example(
            "keyset.pkcs11.key",
            "keyset: { file: k, passphrase: terminal, pkcs11: { library: m.so, key: other } }",
            c -> Objects.requireNonNull(c.keyset().pkcs11()).key(),
            "other"));
  }

  private static List<Example> storing() {
    String there =
        "store: { url: \"jdbc:postgresql://db.example:5432/parano\", user: me, password-file: s,"
            + " authority: ca.pem }";
    Configuration.Store.Postgres expected =
        new Configuration.Store.Postgres(
            "jdbc:postgresql://db.example:5432/parano", "me", path("s"), path("ca.pem"));
    return Stream.of("store", "store.url", "store.user", "store.password-file", "store.authority")
        .map(key -> example(key, there, Configuration::store, expected))
        .toList();
  }

  private static List<Example> jumping() {
    String there =
        "ssh-jump: { tcp: \"192.0.2.10:2222\", names: [jump.example.com, 192.0.2.10],"
            + " from: [10.1.0.1, \"2001:db8::1\"] }";
    JumpConfig expected =
        new JumpConfig(
            "192.0.2.10",
            2222,
            List.of("jump.example.com", "192.0.2.10"),
            List.of(IpAddress.parse("10.1.0.1"), IpAddress.parse("2001:db8::1")),
            JumpConfig.Limits.usual());
    return Stream.of("ssh-jump", "ssh-jump.tcp", "ssh-jump.names", "ssh-jump.from")
        .map(key -> example(key, there, c -> c.jump(), expected))
        .toList();
  }

  private static List<Example> witnessing() {
    String place =
        "witnesses: [{ url: \"https://w.example:9443/a\", key: \"%s\", certificate: \"%s\" }]"
            .formatted(Documents.WITNESS, PRINT);
    return List.of(
        example("witnesses", place, c -> c.witnesses().size(), 1),
        example(
            "witnesses.url",
            place,
            c -> c.witnesses().getFirst().url(),
            URI.create("https://w.example:9443/a")),
        example(
            "witnesses.key",
            "witnesses: [{ url: \"http://127.0.0.1:9443\", key: \"" + Documents.WITNESS + "\" }]",
            c -> c.witnesses().getFirst().key().vkey(),
            Documents.WITNESS),
        example(
            "witnesses.certificate",
            place,
            c -> c.witnesses().getFirst().certificate(),
            Digest.fromHex(PRINT)),
        example(
            "witness-silent",
            "witness-silent: serve",
            Configuration::witnessSilent,
            Configuration.WitnessSilent.SERVE));
  }

  @Test
  void read_nothingSaidOfSilentWitnesses_refuses() {
    assertThat(read(Documents.with()).configuration().witnessSilent())
        .isEqualTo(Configuration.WitnessSilent.REFUSE);
  }

  private static List<Example> choosing() {
    String maker =
        "tokens: { makers: [{ name: Other, roots: r, intermediates: i, models: m, single-model:"
            + " true }] }";
    Configuration.Maker other =
        new Configuration.Maker("Other", path("r"), path("i"), path("m"), true);
    return List.of(
        example("tokens", "tokens: { yubico: true }", c -> c.tokens().yubico(), true),
        example(
            "tokens.yubico",
            "tokens: { yubico: false, makers: [{ name: O, roots: r, models: m }] }",
            c -> c.tokens().yubico(),
            false),
        example(
            "tokens.yubico-models",
            "tokens: { yubico-models: more }",
            c -> c.tokens().yubicoModels(),
            path("more")),
        example("tokens.makers", maker, c -> c.tokens().makers(), List.of(other)),
        example("tokens.makers.name", maker, c -> maker(c).name(), "Other"),
        example("tokens.makers.roots", maker, c -> maker(c).roots(), path("r")),
        example("tokens.makers.intermediates", maker, c -> maker(c).intermediates(), path("i")),
        example("tokens.makers.models", maker, c -> maker(c).models(), path("m")),
        example("tokens.makers.single-model", maker, c -> maker(c).singleModel(), true),
        example("passwords", "passwords: {}", c -> c.passwords().cost().passes(), 2),
        example(
            "passwords.memory",
            "passwords: { memory: 65536 }",
            c -> c.passwords().cost().memoryKib(),
            65_536),
        example(
            "passwords.passes", "passwords: { passes: 3 }", c -> c.passwords().cost().passes(), 3),
        example("passwords.lanes", "passwords: { lanes: 2 }", c -> c.passwords().cost().lanes(), 2),
        example(
            "passwords.minimum-length",
            "passwords: { minimum-length: 15 }",
            c -> c.passwords().rules().leastLength(),
            15),
        example(
            "passwords.composition",
            "passwords: { composition: letter-and-digit }",
            c -> c.passwords().rules().composition(),
            PasswordRules.Composition.LETTER_AND_DIGIT),
        example(
            "passwords.blocklist",
            "passwords: { blocklist: b }",
            c -> c.passwords().blocklist(),
            path("b")));
  }

  private static List<Example> openvpn() {
    String one =
        "openvpn: [{ name: vpn-1, socket: run/openvpn, helper: run/helper, netmask: 255.255.254.0 }]";
    return List.of(
        example("openvpn", one, c -> c.openvpn().size(), 1),
        example("openvpn.name", one, c -> c.openvpn().getFirst().name(), "vpn-1"),
        example("openvpn.socket", one, c -> c.openvpn().getFirst().socket(), path("run/openvpn")),
        example("openvpn.helper", one, c -> c.openvpn().getFirst().helper(), path("run/helper")),
        example("openvpn.netmask", one, c -> c.openvpn().getFirst().netmask(), "255.255.254.0"));
  }

  private static List<Example> radius() {
    return List.of(
        example(
            "radius",
            Documents.radius("name: vpn-1, addresses: [10.99.0.2], secret: " + Documents.SEALED),
            c -> c.radius() != null,
            true),
        radius("access", "", RadiusPlace::access, new RadiusPlace.At("127.0.0.1", 1812)),
        radius("accounting", "", RadiusPlace::accounting, new RadiusPlace.At("127.0.0.1", 1813)),
        radsec("radsec", place -> place.radsec() != null, true),
        radsec("radsec.tcp", place -> tls(place).tcp(), new RadiusPlace.At("127.0.0.1", 2083)),
        radsec("radsec.certificate", place -> tls(place).certificate(), path("c")),
        radsec("radsec.key", place -> tls(place).key(), path("k")),
        radsec("radsec.authority", place -> tls(place).authority(), path("a")),
        radsec("clients.radsec", place -> place.clients().getFirst().radsec(), "vpn.example.com"),
        radius("tunnels", "", RadiusPlace::tunnels, List.of(IpPrefix.parse("10.99.0.0/24"))),
        radius("clients", "", place -> place.clients().size(), 1),
        radius("clients.name", "", place -> place.clients().getFirst().name(), "vpn-1"),
        radius(
            "clients.addresses",
            "",
            place -> place.clients().getFirst().addresses(),
            List.of(IpPrefix.parse("10.99.0.2"))),
        radius(
            "clients.secret",
            "",
            place -> place.clients().getFirst().secret(),
            io.parano.kernel.Bytes.of(new byte[18])),
        radius(
            "clients.message-authenticator",
            ", message-authenticator: exempt",
            place -> place.clients().getFirst().messageAuthenticator(),
            RadiusPlace.MessageAuthenticator.EXEMPT),
        radius(
            "clients.disconnect",
            ", disconnect: \"10.99.0.2:3799\"",
            place -> place.clients().getFirst().disconnect(),
            new RadiusPlace.At("10.99.0.2", 3799)));
  }

  private static RadiusPlace.RadSec tls(RadiusPlace place) {
    return java.util.Objects.requireNonNull(place.radsec());
  }

  private static Example radsec(
      String key, Function<RadiusPlace, @Nullable Object> read, Object expected) {
    return example(
        "radius." + key,
        Documents.radsec("name: vpn-1, addresses: [10.99.0.2], radsec: vpn.example.com"),
        configuration -> read.apply(java.util.Objects.requireNonNull(configuration.radius())),
        expected);
  }

  private static List<Example> wireguard() {
    return List.of(
        example("wireguard", Documents.wireguard("10.88.0.0/24"), c -> c.wireguard() != null, true),
        wireguard("server", WireGuardPlace::server, "wg-1"),
        wireguard("helper", WireGuardPlace::helper, Path.of("/run/h")),
        wireguard("interface", WireGuardPlace::name, "wg0"),
        wireguard("networks", WireGuardPlace::networks, List.of(IpPrefix.parse("10.88.0.0/24"))),
        wireguard("endpoint", WireGuardPlace::endpoint, "vpn.example.com:51820"),
        wireguard("public-key", place -> place.publicKey().hex(), "01".repeat(32)),
        wireguard("routes", WireGuardPlace::routes, List.of(IpPrefix.parse("10.88.0.0/24"))),
        example(
            "wireguard.routes",
            Documents.wireguard("10.88.0.0/24").replace(" }", ", routes: [10.0.0.0/8] }"),
            configuration -> Objects.requireNonNull(configuration.wireguard()).routes(),
            List.of(IpPrefix.parse("10.0.0.0/8"))));
  }

  private static Example wireguard(
      String key, Function<WireGuardPlace, @Nullable Object> read, Object expected) {
    return example(
        "wireguard." + key,
        Documents.wireguard("10.88.0.0/24"),
        configuration -> read.apply(java.util.Objects.requireNonNull(configuration.wireguard())),
        expected);
  }

  private static Example radius(
      String key, String more, Function<RadiusPlace, @Nullable Object> read, Object expected) {
    return example(
        "radius." + key,
        Documents.radius("name: vpn-1, addresses: [10.99.0.2], secret: " + Documents.SEALED + more),
        configuration -> read.apply(java.util.Objects.requireNonNull(configuration.radius())),
        expected);
  }

  private static List<Example> mail() {
    return List.of(
        example("mail", Documents.mail(Documents.NGINX, ""), c -> c.mail() != null, true),
        mail("listen", "", place -> place.listen().size(), 1),
        mail("listen.tcp", "", place -> place.listen().getFirst().port(), 8145),
        example(
            "mail.listen.tls",
            TLS_MAIL,
            c -> Objects.requireNonNull(c.mail()).listen().getFirst().tls() != null,
            true),
        example(
            "mail.listen.tls.certificate",
            TLS_MAIL,
            c -> mailTls(c).certificate(),
            Documents.FOLDER.resolve("m.pem")),
        example(
            "mail.listen.tls.key",
            TLS_MAIL,
            c -> mailTls(c).key(),
            Documents.FOLDER.resolve("m.key")),
        mail("device-passwords", ", device-passwords: 30", MailPlace::deviceDays, 30),
        mail("mailbox", ", mailbox: address", MailPlace::mailbox, MailPlace.Mailbox.ADDRESS),
        mail("domains", ", domains: [example.com]", MailPlace::domains, List.of("example.com")),
        mail("servers", "", place -> place.servers().size(), 1),
        mail("servers.name", "", place -> server(place).name(), "nginx-1"),
        mail("servers.kind", "", place -> server(place).behind() != null, true),
        mail(
            "servers.addresses",
            "",
            place -> server(place).addresses(),
            List.of(IpPrefix.parse("127.0.0.1"))),
        mail(
            "servers.secret",
            "",
            place -> server(place).secret(),
            io.parano.kernel.Bytes.of(new byte[18])),
        mail(
            "servers.password",
            "",
            place -> behind(place).password(),
            io.parano.kernel.Bytes.of(new byte[18])),
        mail("servers.imap", "", place -> behind(place).imap(), at(10143)),
        mail("servers.pop3", "", place -> behind(place).pop3(), at(10110)),
        mail("servers.submission", "", place -> behind(place).submission(), at(10587)),
        mail("doveadm", Documents.DOVEADM, place -> place.doveadm().size(), 1),
        mail(
            "doveadm.name",
            Documents.DOVEADM,
            place -> place.doveadm().getFirst().name(),
            "store-1"),
        mail(
            "doveadm.url",
            Documents.DOVEADM,
            place -> place.doveadm().getFirst().url().getPort(),
            8080),
        mail(
            "doveadm.key",
            Documents.DOVEADM,
            place -> place.doveadm().getFirst().key(),
            io.parano.kernel.Bytes.of(new byte[18])));
  }

  private static final String TLS_MAIL =
      "mail: { listen: [{ tcp: \"192.0.2.1:8145\", tls: { certificate: m.pem, key: m.key } }],"
          + " servers: [{ "
          + Documents.NGINX
          + " }] }";

  private static io.parano.web.Listener.Tls mailTls(Configuration configuration) {
    return Objects.requireNonNull(
        Objects.requireNonNull(configuration.mail()).listen().getFirst().tls());
  }

  private static MailPlace.Server server(MailPlace place) {
    return place.servers().getFirst();
  }

  private static MailPlace.Behind behind(MailPlace place) {
    return Objects.requireNonNull(server(place).behind());
  }

  private static RadiusPlace.At at(int port) {
    return new RadiusPlace.At("127.0.0.1", port);
  }

  private static Example mail(
      String key, String more, Function<MailPlace, @Nullable Object> read, Object expected) {
    return example(
        "mail." + key,
        Documents.mail(
            Documents.NGINX + ", pop3: \"127.0.0.1:10110\", submission: \"127.0.0.1:10587\"", more),
        configuration -> read.apply(Objects.requireNonNull(configuration.mail())),
        expected);
  }

  @Test
  void read_dovecot_keepsTheMailItself() {
    MailPlace place =
        Objects.requireNonNull(
            read(Documents.with(
                    Documents.mail(
                        "name: dovecot-1, kind: dovecot, addresses: [127.0.0.1], secret: "
                            + Documents.SEALED,
                        "")))
                .configuration()
                .mail());
    assertThat(server(place).behind()).isNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void read_everyKey_isUnderstood(Example example) {
    assertThat(example.read.apply(read(example.document).configuration()))
        .isEqualTo(example.expected);
  }

  @Test
  void examples_coverEveryKeyThereIs() {
    Set<String> keys = new TreeSet<>();
    Keys.ALL.forEach((path, names) -> names.forEach(name -> keys.add(path + name)));
    Set<String> shown = new TreeSet<>(examples().map(Example::key).toList());
    assertThat(shown).isEqualTo(keys);
  }

  @Test
  void sample_asHandedOut_isReadWithoutWeakness() {
    ConfigurationReading.Read read = read(Configuration.sample());
    assertThat(read.weaknesses()).isEmpty();
    assertThat(read.configuration().tokens().yubico()).isTrue();
  }

  @Test
  void sample_showsEveryKey() {
    assertThat(Keys.ALL.values())
        .allSatisfy(names ->
            assertThat(names)
                .allSatisfy(name -> assertThat(Configuration.sample()).contains(name + ":")));
  }

  @Test
  void read_filesThatMustBeThere_areMentionedAtTheirPlace() {
    String document =
        Documents.with(
            "keyset: { file: k, passphrase: { file: p } }", "passwords:\n  blocklist: b");
    assertThat(read(document).mentions())
        .contains(
            new ConfigurationReading.Mention(
                path("front.secret"), Wanted.SECRET, Holder.DOOR, 8, 63),
            new ConfigurationReading.Mention(path("p"), Wanted.SECRET, Holder.AUTHORITY, 9, 40),
            new ConfigurationReading.Mention(path("b"), Wanted.PUBLIC, Holder.AUTHORITY, 11, 14));
  }

  private static ConfigurationReading.Read read(String document) {
    return switch (Configuration.read(document, Documents.FOLDER)) {
      case ConfigurationReading.Read read -> read;
      case ConfigurationReading.Mistaken mistaken ->
          throw new AssertionError(
              mistaken.mistakes().stream()
                  .map(mistake -> mistake.line() + ": " + mistake.text(Language.EN))
                  .toList()
                  .toString());
    };
  }

  private static Example example(
      String key, String part, Function<Configuration, @Nullable Object> read, Object expected) {
    return new Example(key, Documents.with(part), read, expected);
  }

  private static Example proxy(
      String key, String fields, Function<Proxy, @Nullable Object> read, Object expected) {
    return new Example(
        key,
        Documents.with("proxies: [{ " + fields + " }]"),
        configuration -> read.apply(configuration.proxies().getFirst()),
        expected);
  }

  private static Configuration.Maker maker(Configuration configuration) {
    return configuration.tokens().makers().getFirst();
  }

  private static Listener.Tls tls(Configuration configuration) {
    return switch (configuration.listeners().getFirst()) {
      case Listener.Tcp(var host, var port, var tls) when tls != null -> tls;
      case Listener.Tcp _, Listener.Socket _, Listener.Grpc _ -> throw new AssertionError("no TLS");
    };
  }

  private static Listener.Tcp tcp(int port) {
    return new Listener.Tcp("127.0.0.1", port, null);
  }

  private static Path path(String relative) {
    return Documents.FOLDER.resolve(relative);
  }
}

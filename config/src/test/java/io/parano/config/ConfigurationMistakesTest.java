package io.parano.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.kernel.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationMistakesTest {
  private static final String PRINT = "0123456789abcdef".repeat(4);
  private static final String SEALED = "secret: " + Documents.SEALED;
  private static final String TCP = "\"127.0.0.1:2222\"";
  private static final String PROXY = "name: a, addresses: [10.0.0.1], secret-file: s";

  /// A document with `⟦` where its one mistake is.
  record Wrong(String document, Mistake.Kind kind, String nearest) {
    @Override
    public String toString() {
      return kind.code() + " " + nearest;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        wrong(ConfigurationMistake.VERSION_UNKNOWN, "version: ⟦2"),
        wrong(Flaw.KEY_UNKNOWN, "⟦langage: fr", "language"),
        wrong(
            Flaw.KEY_UNKNOWN,
            "sign-in: { origin: \"https://auth.example.com\", ⟦relaying-party: x }",
            "relying-party"),
        wrong(Flaw.VALUE_UNKNOWN, "language: ⟦de", ""),
        wrong(Flaw.VALUE_UNKNOWN, "cookie: ⟦perhost", "per-host"),
        wrong(Flaw.VALUE_UNKNOWN, "logs: ⟦inof", "info"),
        wrong(ConfigurationMistake.PATH_MALFORMED, "data: ⟦\"\""),
        wrong(ConfigurationMistake.SOCKET_TOO_LONG, "control: ⟦" + "deep/".repeat(22) + "control"),
        wrong(
            ConfigurationMistake.SOCKET_TOO_LONG,
            "listen: [{ unix: ⟦" + "deep/".repeat(22) + "gate }]"),
        wrong(ConfigurationMistake.NAME_MALFORMED, "company: ⟦\"a\\tb\""),
        wrong(ConfigurationMistake.CHECKPOINTS_INSIDE_DATA, "checkpoints: ⟦data/x"),
        wrong(
            ConfigurationMistake.TRACES_COLLECTOR_MALFORMED,
            "traces: { collector: ⟦\"http://192.0.2.7:4318/v1/traces\" }"),
        witness(ConfigurationMistake.WITNESS_URL_MALFORMED, "⟦\"https://w.example/\"", ""),
        wrong(
            ConfigurationMistake.STORE_URL_MALFORMED,
            "store: { url: ⟦\"jdbc:postgresql://db/parano?sslmode=disable\", user: u,"
                + " password-file: s }"),
        wrong(
            ConfigurationMistake.STORE_URL_MALFORMED,
            "store: { url: ⟦\"jdbc:sqlite:parano.db\", user: u, password-file: s }"),
        witness(ConfigurationMistake.WITNESS_URL_MALFORMED, "⟦\"w.example:9443\"", ""),
        witness(ConfigurationMistake.WITNESS_UNPINNED, "⟦\"https://w.example\"", ""),
        witness(ConfigurationMistake.WITNESS_IN_THE_CLEAR, "⟦\"http://192.0.2.7:9443\"", ""),
        witness(ConfigurationMistake.WITNESS_IN_THE_CLEAR, "⟦\"http://localhost:9443\"", ""),
        witness(Flaw.KEY_POINTLESS, "\"http://127.0.0.1:1\"", ", ⟦certificate: \"" + PRINT + "\""),
        wrong(
            ConfigurationMistake.WITNESS_KEY_MALFORMED,
            "witnesses: [{ url: \"http://127.0.0.1:1\", key: ⟦nonsense }]"),
        wrong(
            ConfigurationMistake.WITNESS_TWICE,
            "witnesses: [{ url: \"http://127.0.0.1:1\", key: \"%1$s\" }, { url: \"http://127.0.0.1:2\", key: ⟦\"%1$s\" }]"
                .formatted(Documents.WITNESS)),
        wrong(Flaw.VALUE_UNKNOWN, "witness-silent: ⟦serv", "serve"),
        jump(ConfigurationMistake.ADDRESS_MALFORMED, "⟦\"jump:22\"", "jump", "10.1.0.1"),
        jump(ConfigurationMistake.JUMP_NAME_MALFORMED, TCP, "⟦\"*.example.com\"", "10.1.0.1"),
        jump(ConfigurationMistake.JUMP_SOURCE_MALFORMED, TCP, "jump", "⟦10.1.0.0/24"),
        jump(ConfigurationMistake.JUMP_SOURCE_TWICE, TCP, "jump", "10.1.0.1, ⟦10.1.0.2"),
        wrong(Flaw.KEY_MISSING, "ssh-jump: ⟦{ tcp: \"127.0.0.1:2222\", names: [jump] }"),
        wrong(
            ConfigurationMistake.ORIGIN_MALFORMED,
            "sign-in: { origin: ⟦auth.example.com }",
            "https://auth.example.com"),
        wrong(
            ConfigurationMistake.ORIGIN_MALFORMED,
            "sign-in: { origin: ⟦\"http://auth.example.com\" }",
            "https://auth.example.com"),
        wrong(
            ConfigurationMistake.ORIGIN_MALFORMED,
            "sign-in: { origin: ⟦\"https://auth.example.com/in\" }",
            "https://auth.example.com"),
        wrong(
            ConfigurationMistake.RELYING_PARTY_FOREIGN,
            "sign-in: { origin: \"https://auth.example.com\", relying-party: ⟦example.org }"),
        wrong(
            ConfigurationMistake.RELYING_PARTY_FOREIGN,
            "sign-in: { origin: \"https://auth.example.com\", relying-party: ⟦com }"),
        wrong(ConfigurationMistake.ONE_OF_KEYS, "listen: [⟦{}, { unix: run/gate }]"),
        wrong(ConfigurationMistake.ONE_OF_KEYS, "listen: [⟦{ tcp: \"127.0.0.1:1\", unix: u }]"),
        wrong(ConfigurationMistake.ADDRESS_MALFORMED, "listen: [{ tcp: ⟦\"localhost:9091\" }]"),
        wrong(ConfigurationMistake.ADDRESS_MALFORMED, "listen: [{ tcp: ⟦\"127.0.0.1:65536\" }]"),
        wrong(ConfigurationMistake.ADDRESS_MALFORMED, "listen: [{ tcp: ⟦\"127.0.0.256:1\" }]"),
        wrong(Flaw.KEY_MISSING, "listen: [{ tcp: \"127.0.0.1:1\", tls: ⟦{ certificate: c } }]"),
        wrong(Flaw.KEY_POINTLESS, "listen: [{ unix: u, ⟦tls: { certificate: c, key: k } }]"),
        wrong(Flaw.LIST_EMPTY, "hosts: ⟦[]"),
        wrong(Flaw.LIST_EXPECTED, "hosts: ⟦{}"),
        wrong(
            ConfigurationMistake.HOST_TWICE,
            "hosts: [{ origin: \"https://a.example\" }, { origin: ⟦\"https://a.example:8443\" }]"),
        wrong(
            ConfigurationMistake.HOST_IS_SIGN_IN,
            "hosts: [{ origin: ⟦\"https://auth.example.com\" }]"),
        wrong(
            ConfigurationMistake.HOST_UNKNOWN,
            "proxies: [{ " + PROXY + ", hosts: [⟦intranet.exmaple.com] }]",
            "intranet.example.com"),
        wrong(
            ConfigurationMistake.PROXY_TWICE,
            "proxies: [{ " + PROXY + " }, { " + PROXY.replace("name: a", "name: ⟦a") + " }]"),
        wrong(
            ConfigurationMistake.NAME_MALFORMED,
            "proxies: [{ " + PROXY.replace("name: a", "name: ⟦A") + " }]"),
        wrong(
            ConfigurationMistake.NETWORK_MALFORMED,
            "proxies: [{ name: a, addresses: [⟦10.0.0.1/8], secret-file: s }]"),
        wrong(Flaw.VALUE_UNKNOWN, "proxies: [{ " + PROXY + ", kind: ⟦cady }]", "caddy"),
        wrong(ConfigurationMistake.GRPC_NOWHERE, "proxies: [{ " + PROXY + ", kind: ⟦envoy-grpc }]"),
        wrong(Flaw.TRUTH_EXPECTED, "listen: [{ unix: run/gate, grpc: ⟦yes }]"),
        wrong(ConfigurationMistake.ADDRESSES_MISSING, "proxies: [⟦{ name: a, secret-file: s }]"),
        wrong(ConfigurationMistake.ONE_OF_KEYS, "proxies: [⟦{ name: a, addresses: [10.0.0.1] }]"),
        wrong(
            ConfigurationMistake.FINGERPRINT_MALFORMED,
            "proxies: [{ name: a, addresses: [10.0.0.1], certificate: ⟦abc }]"),
        wrong(
            ConfigurationMistake.SOCKET_UNKNOWN,
            "proxies: [{ name: a, unix: ⟦run/gat }]",
            "/etc/parano/run/gate"),
        wrong(Flaw.KEY_POINTLESS, "proxies: [{ name: a, unix: run/gate, ⟦addresses: [10.0.0.1] }]"),
        wrong(
            ConfigurationMistake.COOKIE_DOMAIN_FOREIGN,
            "cookie: { shared: ⟦intranet.example.com }"),
        radius(ConfigurationMistake.RADIUS_SECRET_UNSEALED, "secret: ⟦testing123"),
        radius(ConfigurationMistake.RADIUS_SECRET_UNSEALED, "secret: ⟦c2VjcmV0"),
        radius(Flaw.VALUE_UNKNOWN, SEALED + ", message-authenticator: ⟦exmpt", "exempt"),
        radius(ConfigurationMistake.ADDRESS_MALFORMED, SEALED + ", disconnect: ⟦vpn-1"),
        wrong(
            ConfigurationMistake.RADIUS_EXEMPT_IN_THE_CLEAR,
            Documents.radius(
                "name: a, addresses: [10.99.1.2], " + SEALED + ", message-authenticator: ⟦exempt")),
        radius(ConfigurationMistake.RADIUS_RADSEC_NOWHERE, SEALED + ", radsec: ⟦vpn.example.com"),
        radsec(ConfigurationMistake.RADIUS_CERTIFICATE_NAME_MALFORMED, "radsec: ⟦'*.example.com'"),
        radsec(Flaw.KEY_POINTLESS, "radsec: a.example.com, ⟦message-authenticator: exempt"),
        wrong(
            ConfigurationMistake.OPENVPN_TWICE,
            "openvpn: [{ name: a, socket: s }, { name: ⟦a, socket: t }]"),
        wrong(
            ConfigurationMistake.ADDRESS_MALFORMED,
            "openvpn: [{ name: a, socket: s, netmask: ⟦'24' }]"),
        wrong(
            ConfigurationMistake.VPN_SERVER_TWICE,
            "openvpn: [{ name: ⟦vpn-1, socket: s }]\n" + vpn("vpn-1")),
        wrong(
            ConfigurationMistake.VPN_SERVER_TWICE,
            "openvpn: [{ name: ⟦wg-1, socket: s }]\n" + Documents.wireguard("10.88.0.0/24")),
        wrong(
            ConfigurationMistake.VPN_SERVER_TWICE,
            Documents.wireguard("10.88.0.0/24").replace("wg-1", "⟦wg-1") + "\n" + vpn("wg-1")),
        wrong(
            ConfigurationMistake.RADIUS_CLIENT_TWICE,
            Documents.radius(
                "name: a, addresses: [10.99.0.2], "
                    + SEALED
                    + " }, { name: ⟦a, addresses: [10.99.0.3], "
                    + SEALED)),
        wrong(
            ConfigurationMistake.RADIUS_ADDRESS_TWICE,
            Documents.radius(
                "name: a, addresses: [10.99.0.2], "
                    + SEALED
                    + " }, { name: b, addresses: [⟦10.99.0.2], "
                    + SEALED)),
        wrong(
            ConfigurationMistake.MAIL_SECRET_UNSEALED,
            Documents.mail(Documents.NGINX.replaceFirst("secret: A+", "secret: ⟦testing123"), "")),
        wrong(
            ConfigurationMistake.MAIL_LEADS_NOWHERE,
            Documents.mail(Documents.NGINX.replaceFirst(", imap.*", ""), "")
                .replace("servers: [{", "servers: [⟦{")),
        wrong(
            ConfigurationMistake.MAIL_SERVER_TWICE,
            Documents.mail(
                Documents.NGINX + " }, { " + Documents.NGINX.replaceFirst("nginx-1", "⟦nginx-1"),
                "")),
        wrong(
            ConfigurationMistake.MAIL_URL_MALFORMED,
            Documents.mail(Documents.NGINX, Documents.DOVEADM.replace("\"http:", "⟦\"ftp:"))),
        wrong(Flaw.NUMBER_EXPECTED, Documents.mail(Documents.NGINX, ", device-passwords: ⟦400")),
        wrong(
            ConfigurationMistake.NAME_MALFORMED,
            Documents.wireguard("10.88.0.0/24").replace("wg-1", "⟦WG 1")),
        wrong(
            ConfigurationMistake.INTERFACE_MALFORMED,
            Documents.wireguard("10.88.0.0/24").replace("wg0", "⟦Wg-0")),
        wrong(
            ConfigurationMistake.ENDPOINT_MALFORMED,
            Documents.wireguard("10.88.0.0/24").replace("\"vpn", "⟦\"vpn/")),
        wrong(
            ConfigurationMistake.WIREGUARD_KEY_MALFORMED,
            Documents.wireguard("10.88.0.0/24").replace("\"AQEB", "⟦\"AQE")),
        wrong(
            ConfigurationMistake.NETWORK_MALFORMED,
            Documents.wireguard("10.88.0.0/24, ⟦10.88.0.1/24")),
        wrong(ConfigurationMistake.ONE_OF_KEYS, "keyset: { file: k, passphrase: ⟦{} }"),
        wrong(
            ConfigurationMistake.NAME_MALFORMED,
            "keyset: { file: k, passphrase: { systemd: ⟦../x } }"),
        wrong(ConfigurationMistake.NO_TOKEN_MAKER, "tokens: ⟦{ yubico: false }"),
        wrong(Flaw.TRUTH_EXPECTED, "tokens: { yubico: ⟦yes }"),
        wrong(ConfigurationMistake.COST_TOO_LOW, "passwords: ⟦{ passes: 1 }"),
        wrong(Flaw.NUMBER_EXPECTED, "passwords: { memory: ⟦4096 }"),
        wrong(Flaw.NUMBER_EXPECTED, "passwords: { minimum-length: ⟦8 }"),
        wrong(Flaw.NUMBER_EXPECTED, "passwords: { lanes: ⟦two }"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_oneMistake_isToldAtItsPlace(Wrong wrong) {
    int at = wrong.document.indexOf('⟦');
    String before = wrong.document.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = at - (before.lastIndexOf('\n') + 1) + 1;
    List<Mistake> told = mistakes(wrong.document.replace("⟦", ""));
    assertThat(told).as("%s", told).hasSize(1);
    Mistake mistake = told.getFirst();
    assertThat(mistake.kind()).isEqualTo(wrong.kind);
    assertThat(mistake.line() + ":" + mistake.column()).isEqualTo(line + ":" + column);
    assertThat(mistake.nearest()).isEqualTo(wrong.nearest.isEmpty() ? null : wrong.nearest);
    assertThat(mistake.text(Language.EN)).isNotEqualTo(mistake.text(Language.FR));
    assertThat(mistake.text(Language.FR)).doesNotContain("{0}", "{1}");
  }

  @Test
  void table_holdsEveryMistakeThatTheDocumentAloneShows() {
    List<Mistake.Kind> all = new ArrayList<>(List.of(ConfigurationMistake.values()));
    all.removeAll(
        List.of(
            ConfigurationMistake.FILE_MISSING,
            ConfigurationMistake.FILE_UNREADABLE,
            ConfigurationMistake.FILE_OPEN_TO_OTHERS));
    assertThat(wrong().map(Wrong::kind).toList()).containsAll(all);
  }

  @Test
  void read_emptyMapping_namesEveryKeyThatIsNeeded() {
    assertThat(mistakes("{}"))
        .extracting(mistake -> mistake.arguments().getFirst())
        .containsExactlyInAnyOrder(
            "version",
            "company",
            "data",
            "checkpoints",
            "keyset",
            "sign-in",
            "listen",
            "hosts",
            "proxies");
  }

  private static Wrong witness(Mistake.Kind kind, String url, String more) {
    return wrong(
        kind, "witnesses: [{ url: " + url + ", key: \"" + Documents.WITNESS + "\"" + more + " }]");
  }

  /// What tells servers apart is their name, so that each has one of its own.
  @Test
  void read_vpnServersOfEachKindUnderNamesOfTheirOwn_isRight() {
    assertThat(
            mistakes(
                Documents.with(
                    "openvpn: [{ name: vpn-2, socket: s }]",
                    vpn("vpn-1"),
                    Documents.wireguard("10.88.0.0/24"))))
        .isEmpty();
  }

  private static String vpn(String name) {
    return Documents.radius("name: " + name + ", addresses: [10.99.0.2], " + SEALED);
  }

  private static Wrong radsec(Mistake.Kind kind, String fields) {
    return wrong(kind, Documents.radsec("name: a, addresses: [127.0.0.1], " + fields), "");
  }

  private static Wrong radius(Mistake.Kind kind, String fields) {
    return radius(kind, fields, "");
  }

  private static Wrong radius(Mistake.Kind kind, String fields, String nearest) {
    return wrong(kind, Documents.radius("name: a, addresses: [10.99.0.2], " + fields), nearest);
  }

  private static Wrong jump(ConfigurationMistake kind, String tcp, String name, String from) {
    return wrong(kind, "ssh-jump: { tcp: %s, names: [%s], from: [%s] }".formatted(tcp, name, from));
  }

  private static Wrong wrong(Mistake.Kind kind, String part) {
    return wrong(kind, part, "");
  }

  private static Wrong wrong(Mistake.Kind kind, String part, String nearest) {
    return new Wrong(Documents.with(part), kind, nearest);
  }

  private static List<Mistake> mistakes(String document) {
    return switch (Configuration.read(document, Documents.FOLDER)) {
      case ConfigurationReading.Read read -> List.of();
      case ConfigurationReading.Mistaken mistaken -> mistaken.mistakes();
    };
  }
}

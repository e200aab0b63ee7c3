package io.parano.config;

import java.util.List;
import java.util.Map;

/// Every key that a configuration may have, by the mapping it stands in. A test holds that each has
/// an example that is read, and a place in the sample.
final class Keys {
  static final List<String> TOP =
      List.of(
          "version",
          "company",
          "language",
          "data",
          "store",
          "checkpoints",
          "witnesses",
          "witness-silent",
          "control",
          "keyset",
          "sign-in",
          "listen",
          "admin",
          "ssh-jump",
          "hosts",
          "proxies",
          "radius",
          "mail",
          "wireguard",
          "openvpn",
          "cookie",
          "tokens",
          "passwords",
          "logs",
          "traces");

  static final List<String> WITNESSES = List.of("url", "key", "certificate");
  static final List<String> STORE = List.of("url", "user", "password-file", "authority");
  static final List<String> KEYSET = List.of("file", "passphrase", "pkcs11");
  static final List<String> PKCS11 = List.of("library", "slot", "key");
  static final List<String> PASSPHRASE = List.of("file", "systemd");
  static final List<String> SIGN_IN = List.of("origin", "relying-party");
  static final List<String> LISTEN = List.of("tcp", "unix", "tls", "grpc");
  static final List<String> TLS = List.of("certificate", "key", "ask-client");
  static final List<String> ADMIN = List.of("tcp", "tls");
  static final List<String> SSH_JUMP = List.of("tcp", "names", "from");
  static final List<String> HOSTS = List.of("origin", "title");
  static final List<String> PROXIES =
      List.of(
          "name",
          "kind",
          "addresses",
          "secret-file",
          "certificate",
          "unix",
          "hosts",
          "forwarded-for",
          "own-traceparent");
  static final List<String> RADIUS =
      List.of("access", "accounting", "radsec", "tunnels", "clients");
  static final List<String> RADSEC = List.of("tcp", "certificate", "key", "authority");
  static final List<String> RADIUS_CLIENTS =
      List.of("name", "addresses", "secret", "radsec", "message-authenticator", "disconnect");
  static final List<String> MAIL =
      List.of("listen", "device-passwords", "mailbox", "domains", "servers", "doveadm");
  static final List<String> MAIL_LISTEN = List.of("tcp", "tls");
  static final List<String> MAIL_TLS = List.of("certificate", "key");
  static final List<String> MAIL_SERVERS =
      List.of("name", "kind", "addresses", "secret", "password", "imap", "pop3", "submission");
  static final List<String> MAIL_DOVEADM = List.of("name", "url", "key");
  static final List<String> WIREGUARD =
      List.of("server", "helper", "interface", "networks", "endpoint", "public-key", "routes");
  static final List<String> OPENVPN = List.of("name", "socket", "helper", "netmask");
  static final List<String> TRACES = List.of("collector", "percent");
  static final List<String> COOKIE = List.of("shared");
  static final List<String> TOKENS = List.of("yubico", "yubico-models", "makers");
  static final List<String> MAKERS =
      List.of("name", "roots", "intermediates", "models", "single-model");
  static final List<String> PASSWORDS =
      List.of("memory", "passes", "lanes", "minimum-length", "composition", "blocklist");

  /// All of them, by the path of the mapping they stand in.
  static final Map<String, List<String>> ALL =
      Map.ofEntries(
          Map.entry("", TOP),
          Map.entry("witnesses.", WITNESSES),
          Map.entry("store.", STORE),
          Map.entry("keyset.", KEYSET),
          Map.entry("keyset.passphrase.", PASSPHRASE),
          Map.entry("keyset.pkcs11.", PKCS11),
          Map.entry("sign-in.", SIGN_IN),
          Map.entry("listen.", LISTEN),
          Map.entry("listen.tls.", TLS),
          Map.entry("admin.", ADMIN),
          Map.entry("ssh-jump.", SSH_JUMP),
          Map.entry("hosts.", HOSTS),
          Map.entry("proxies.", PROXIES),
          Map.entry("radius.", RADIUS),
          Map.entry("radius.radsec.", RADSEC),
          Map.entry("radius.clients.", RADIUS_CLIENTS),
          Map.entry("mail.", MAIL),
          Map.entry("mail.listen.", MAIL_LISTEN),
          Map.entry("mail.listen.tls.", MAIL_TLS),
          Map.entry("mail.servers.", MAIL_SERVERS),
          Map.entry("mail.doveadm.", MAIL_DOVEADM),
          Map.entry("wireguard.", WIREGUARD),
          Map.entry("openvpn.", OPENVPN),
          Map.entry("cookie.", COOKIE),
          Map.entry("traces.", TRACES),
          Map.entry("tokens.", TOKENS),
          Map.entry("tokens.makers.", MAKERS),
          Map.entry("passwords.", PASSWORDS));

  private Keys() {}
}

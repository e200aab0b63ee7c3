package io.parano.config;

import io.parano.audit.CosignatureKey;
import io.parano.kernel.Bytes;
import java.nio.file.Path;
import java.util.List;

/// Configurations for tests: a short right one, with a part put in another's place.
final class Documents {
  static final Path FOLDER = Path.of("/etc/parano");

  /// A witness's public key.
  static final String WITNESS = new CosignatureKey("w.example", Bytes.of(new byte[32])).vkey();

  private static final List<String> PARTS =
      List.of(
          "version: 1",
          "company: Example",
          "data: data",
          "checkpoints: /mnt/elsewhere",
          "keyset: { file: keyset, passphrase: terminal }",
          "sign-in: { origin: \"https://auth.example.com\" }",
          "listen: [{ tcp: \"127.0.0.1:9091\" }, { unix: run/gate }]",
          "hosts: [{ origin: \"https://intranet.example.com\" }]",
          "proxies: [{ name: front, addresses: [127.0.0.1], secret-file: front.secret }]");

  /// As long as something sealed.
  static final String WIREGUARD_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

  static final String SEALED = "A".repeat(24);

  /// RADIUS with one client, of these fields.
  static String radius(String client) {
    return "radius: { access: \"127.0.0.1:1812\", accounting: \"127.0.0.1:1813\", tunnels:"
        + " [10.99.0.0/24], clients: [{ "
        + client
        + " }] }";
  }

  /// RADIUS over TLS too, with one client of these fields.
  static String radsec(String client) {
    return radius(client)
        .replace(
            "tunnels:",
            "radsec: { tcp: \"127.0.0.1:2083\", certificate: c, key: k, authority: a }, tunnels:");
  }

  /// Mail with one server, of these fields, and `more` behind it.
  static String mail(String server, String more) {
    return "mail: { listen: [{ tcp: \"127.0.0.1:8145\" }], servers: [{ "
        + server
        + " }]"
        + more
        + " }";
  }

  /// As a server of [#mail] is rightly given.
  static final String NGINX =
      "name: nginx-1, kind: nginx, addresses: [127.0.0.1], secret: "
          + SEALED
          + ", password: "
          + SEALED
          + ", imap: \"127.0.0.1:10143\"";

  static final String DOVEADM =
      ", doveadm: [{ name: store-1, url: \"http://127.0.0.1:8080/doveadm/v1\", key: "
          + SEALED
          + " }]";

  /// WireGuard, of these fields beside what it needs.
  static String wireguard(String networks, String endpoint, String key) {
    return "wireguard: { server: wg-1, helper: /run/h, interface: wg0, networks: [%s], endpoint: %s, public-key: %s }"
        .formatted(networks, endpoint, key);
  }

  static String wireguard(String networks) {
    return wireguard(networks, "\"vpn.example.com:51820\"", "\"" + WIREGUARD_KEY + "\"");
  }

  private Documents() {}

  /// The short right one, in which each of `parts` takes the place of the part with the same key,
  /// or comes last.
  static String with(String... parts) {
    StringBuilder document = new StringBuilder();
    for (String part : PARTS) {
      String key = key(part);
      if (List.of(parts).stream().noneMatch(other -> key(other).equals(key))) {
        document.append(part).append('\n');
      }
    }
    for (String part : parts) {
      if (!part.endsWith(": -")) {
        document.append(part).append('\n');
      }
    }
    return document.toString();
  }

  private static String key(String part) {
    return part.substring(0, part.indexOf(':')).replace("⟦", "");
  }
}

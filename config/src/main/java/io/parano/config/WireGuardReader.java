package io.parano.config;

import io.parano.document.Fields;
import io.parano.document.Node;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads how WireGuard tunnels are carried.
final class WireGuardReader {
  /// What the kernel takes as an interface's name and nftables as a table's.
  private static final String NAME = "[a-z][a-z0-9_]{0,14}";

  private static final String ENDPOINT = "(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]):[1-9][0-9]{0,4}";

  /// As a RADIUS client's.
  private static final String SERVER = "[a-z0-9][a-z0-9._-]{0,63}";

  private static final int LONGEST_ENDPOINT = 260;
  private static final int LONGEST_KEY = 44;

  /// RFC 1918, RFC 6598, RFC 4193.
  private static final List<IpPrefix> PRIVATE =
      List.of(
          IpPrefix.parse("10.0.0.0/8"),
          IpPrefix.parse("172.16.0.0/12"),
          IpPrefix.parse("192.168.0.0/16"),
          IpPrefix.parse("100.64.0.0/10"),
          IpPrefix.parse("fc00::/7"));

  private final Scalars scalars;
  private final Set<String> servers;

  /// @param servers the names of other VPN servers, to which it adds its own
  WireGuardReader(Scalars scalars, Set<String> servers) {
    this.scalars = scalars;
    this.servers = servers;
  }

  Optional<WireGuardPlace> read(Node node) {
    Fields fields = Fields.of(node, Keys.WIREGUARD, scalars.mistakes());
    Optional<String> server = fields.need("server").flatMap(this::server);
    Optional<Path> helper = fields.need("helper").flatMap(scalars::socket);
    Optional<String> name = fields.need("interface").flatMap(this::name);
    List<IpPrefix> networks = fields.need("networks").map(this::networks).orElse(List.of());
    List<IpPrefix> routes = fields.get("routes").map(this::networks).orElse(networks);
    Optional<String> endpoint = fields.need("endpoint").flatMap(this::endpoint);
    Optional<Bytes> key =
        fields.need("public-key").flatMap(scalars.values()::text).flatMap(this::key);
    if (server.isEmpty()
        || helper.isEmpty()
        || name.isEmpty()
        || endpoint.isEmpty()
        || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WireGuardPlace(
            server.get(), helper.get(), name.get(), networks, endpoint.get(), key.get(), routes));
  }

  private List<IpPrefix> networks(Node node) {
    return scalars.values().list(node, scalars::network);
  }

  private Optional<String> server(Node node) {
    Optional<String> name = matching(node, SERVER, 64, ConfigurationMistake.NAME_MALFORMED);
    name.filter(known -> !servers.add(known))
        .ifPresent(
            known -> scalars.mistakes().add(node, ConfigurationMistake.VPN_SERVER_TWICE, known));
    return name;
  }

  private Optional<String> name(Node node) {
    return matching(node, NAME, 15, ConfigurationMistake.INTERFACE_MALFORMED);
  }

  private Optional<String> endpoint(Node node) {
    return matching(node, ENDPOINT, LONGEST_ENDPOINT, ConfigurationMistake.ENDPOINT_MALFORMED);
  }

  private Optional<String> matching(
      Node node, String pattern, int longest, ConfigurationMistake otherwise) {
    return scalars
        .values()
        .text(node)
        .flatMap(text -> scalars.values().matching(text, pattern, longest, otherwise));
  }

  /// In base64 with padding, as `wg pubkey` prints it.
  private Optional<Bytes> key(Node.Scalar scalar) {
    try {
      Bytes key = Bytes.of(Base64.getDecoder().decode(scalar.text()));
      if (key.length() == 32 && scalar.text().length() == LONGEST_KEY) {
        return Optional.of(key);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    scalars.mistakes().add(scalar, ConfigurationMistake.WIREGUARD_KEY_MALFORMED, scalar.text());
    return Optional.empty();
  }

  /// Whether nobody in the world has an address of `network` but who was given it here.
  static boolean isPrivate(IpPrefix network) {
    return PRIVATE.stream()
        .anyMatch(own -> network.bits() >= own.bits() && own.contains(network.first()));
  }
}

package io.parano.config;

import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.kernel.IpAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which OpenVPN servers are driven from here.
final class OpenVpnReader {
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final String NETMASK = "255.255.255.0";

  private final Scalars scalars;
  private final Mistakes mistakes;
  private final Set<String> names = new HashSet<>();
  private final Set<String> others;

  /// @param others the names of VPN servers of other kinds
  OpenVpnReader(Scalars scalars, Set<String> others) {
    this.scalars = scalars;
    this.others = Set.copyOf(others);
    this.mistakes = scalars.mistakes();
  }

  List<OpenVpnPlace> read(Node node) {
    return scalars.items(node).stream().flatMap(item -> server(item).stream()).toList();
  }

  private Optional<OpenVpnPlace> server(Node node) {
    Fields fields = Fields.of(node, Keys.OPENVPN, mistakes);
    Optional<String> name = fields.need("name").flatMap(scalars.values()::text).flatMap(this::name);
    Optional<Path> socket = fields.need("socket").flatMap(scalars::socket);
    Path helper = fields.get("helper").flatMap(scalars::socket).orElse(null);
    String netmask =
        fields
            .get("netmask")
            .flatMap(scalars.values()::text)
            .flatMap(this::netmask)
            .orElse(NETMASK);
    return name.flatMap(known -> socket.map(at -> new OpenVpnPlace(known, at, helper, netmask)));
  }

  private Optional<String> name(Node.Scalar scalar) {
    if (!names.add(scalar.text())) {
      mistakes.add(scalar, ConfigurationMistake.OPENVPN_TWICE, scalar.text());
    }
    if (others.contains(scalar.text())) {
      mistakes.add(scalar, ConfigurationMistake.VPN_SERVER_TWICE, scalar.text());
    }
    return scalars.values().matching(scalar, NAME, 64, ConfigurationMistake.NAME_MALFORMED);
  }

  private Optional<String> netmask(Node.Scalar scalar) {
    try {
      IpAddress mask = IpAddress.parse(scalar.text());
      if (mask.isV4()) {
        return Optional.of(mask.toString());
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    mistakes.add(scalar, ConfigurationMistake.ADDRESS_MALFORMED, scalar.text());
    return Optional.empty();
  }
}

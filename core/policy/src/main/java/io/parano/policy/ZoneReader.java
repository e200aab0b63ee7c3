package io.parano.policy;

import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the `zones` of a document.
final class ZoneReader {
  static final String NAME = "^[a-z0-9][a-z0-9._-]{0,63}$";

  /// So that a set of zones is one machine word ([ZoneTable]).
  static final int MOST = 64;

  private static final List<String> KEYS = List.of("networks", "leased");

  private final Mistakes mistakes;
  private final Values values;

  ZoneReader(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.values = new Values(mistakes);
  }

  List<Zone> read(Node node) {
    Map<String, Node.Entry> entries = Fields.named(node, mistakes).all();
    if (entries.size() > MOST) {
      mistakes.add(
          node,
          MistakeKind.TOO_MANY_ZONES,
          Integer.toString(entries.size()),
          Integer.toString(MOST));
    }
    List<Zone> zones = new ArrayList<>();
    entries.forEach((name, entry) -> zones.add(zone(name, entry)));
    return zones;
  }

  private Zone zone(String name, Node.Entry entry) {
    if (!name.matches(NAME)) {
      mistakes.add(entry.key(), MistakeKind.NAME_MALFORMED, name);
    }
    int line = entry.key().line();
    int column = entry.key().column();
    if (!(entry.value() instanceof Node.Mapping)) {
      return new Zone(name, networks(entry.value()), Zone.Lease.UNWANTED, line, column);
    }
    Fields fields = Fields.of(entry.value(), KEYS, mistakes);
    List<IpPrefix> networks = fields.need("networks").map(this::networks).orElseGet(List::of);
    boolean leased = fields.get("leased").flatMap(values::truth).orElse(false);
    return new Zone(name, networks, leased ? Zone.Lease.WANTED : Zone.Lease.UNWANTED, line, column);
  }

  private List<IpPrefix> networks(Node node) {
    return values.list(node, this::network);
  }

  private Optional<IpPrefix> network(Node.Scalar scalar) {
    String text = scalar.text();
    try {
      IpPrefix prefix = IpPrefix.parse(text);
      if (text.indexOf(':') >= 0 && prefix.first().isV4()) {
        // The length of such a prefix means two different things to two readers.
        mistakes.addNear(scalar, MistakeKind.NETWORK_MAPPED, prefix.toString(), text);
        return Optional.empty();
      }
      return Optional.of(prefix);
    } catch (IllegalArgumentException e) {
      Optional<IpPrefix> meant = withoutHostBits(text);
      meant.ifPresentOrElse(
          network -> mistakes.addNear(scalar, MistakeKind.HOST_BITS_SET, network.toString(), text),
          () -> mistakes.add(scalar, MistakeKind.NETWORK_MALFORMED, text));
      return Optional.empty();
    }
  }

  /// The network that holds the address of `text`, if only bits beyond its length are wrong.
  private static Optional<IpPrefix> withoutHostBits(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2 || !parts[1].matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    try {
      IpAddress address = IpAddress.parse(parts[0]);
      int length = Integer.parseInt(parts[1]) + (address.isV4() ? 96 : 0);
      return Optional.of(IpPrefix.of(address, length));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

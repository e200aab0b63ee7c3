package io.parano.policy;

import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.kernel.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads the `vpn` of a document.
final class VpnReader {
  static final int MOST = 500;

  /// An attribute holds 253 bytes (RFC 2865 section 5); a class also holds our own mark.
  private static final int LONGEST_FILTER = 253;

  private static final int LONGEST_CLASS = 128;
  private static final String STAFF_NAME = "^[a-z0-9][a-z0-9._-]{0,63}$";
  private static final List<String> KEYS =
      List.of(
          "name",
          "server",
          "groups",
          "device",
          "zones",
          "connection",
          "token",
          "class",
          "filter",
          "framed");

  private static final List<String> DEVICES = List.of("enrolled");
  private static final NavigableMap<String, VpnRule.Token> TOKENS =
      new TreeMap<>(Map.of("touch", VpnRule.Token.TOUCH, "otp", VpnRule.Token.OTP));

  private final List<Zone> zones;
  private final Mistakes mistakes;
  private final Values values;
  private final Map<String, Integer> lineOfName = new HashMap<>();

  VpnReader(List<Zone> zones, Mistakes mistakes) {
    this.zones = zones;
    this.mistakes = mistakes;
    this.values = new Values(mistakes);
  }

  /// @param limits the default for how long tunnels may live
  List<VpnRule> read(Node node, SessionLimits limits) {
    List<VpnRule> rules = new ArrayList<>();
    switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().size() > MOST) {
          String count = Integer.toString(sequence.items().size());
          mistakes.add(node, MistakeKind.TOO_MANY_RULES, count, Integer.toString(MOST));
        }
        sequence.items().forEach(item -> rules.add(rule(item, limits)));
      }
      case Node.Broken _ -> {}
      case Node.Scalar _, Node.Mapping _ -> mistakes.add(node, Flaw.LIST_EXPECTED, node.shown());
    }
    return rules;
  }

  private VpnRule rule(Node node, SessionLimits limits) {
    Fields fields = Fields.of(node, KEYS, mistakes);
    VpnRule.Device device =
        fields
            .get("device")
            .flatMap(values::text)
            .flatMap(text -> values.oneOf(text, DEVICES, MistakeKind.DEVICE_UNKNOWN))
            .map(enrolled -> VpnRule.Device.ENROLLED)
            .orElse(VpnRule.Device.ANY);
    Optional<Node> zones =
        device == VpnRule.Device.ENROLLED ? fields.get("zones") : fields.need("zones");
    return new VpnRule(
        fields.need("name").flatMap(values::text).flatMap(this::name).orElse(""),
        fields.need("server").flatMap(values::text).flatMap(this::word).orElse(""),
        sorted(fields.need("groups"), this::group),
        device,
        sorted(zones, text -> zone(text, device)),
        fields
            .get("connection")
            .flatMap(duration -> Durations.read(duration, values, mistakes))
            .orElse(limits.absolute()),
        fields
            .get("token")
            .flatMap(values::text)
            .flatMap(word -> values.oneOf(word, TOKENS.keySet(), Flaw.VALUE_UNKNOWN))
            .map(TOKENS::get)
            .orElse(VpnRule.Token.OTP),
        fields
            .get("class")
            .flatMap(values::text)
            .flatMap(text -> attribute(text, LONGEST_CLASS))
            .orElse(null),
        fields
            .get("filter")
            .flatMap(values::text)
            .flatMap(text -> attribute(text, LONGEST_FILTER))
            .orElse(null),
        fields.get("framed").map(this::framed).orElseGet(TreeMap::new),
        node.line(),
        node.column());
  }

  private Optional<String> name(Node.Scalar scalar) {
    Integer first = lineOfName.putIfAbsent(scalar.text(), scalar.line());
    if (first != null) {
      mistakes.add(scalar, MistakeKind.RULE_TWICE, scalar.text(), first.toString());
    }
    return word(scalar);
  }

  private Optional<String> word(Node.Scalar scalar) {
    return values.matching(scalar, ZoneReader.NAME, Integer.MAX_VALUE, MistakeKind.NAME_MALFORMED);
  }

  private Optional<String> attribute(Node.Scalar scalar, int longest) {
    int length = scalar.text().getBytes(StandardCharsets.UTF_8).length;
    if (length <= longest) {
      return Optional.of(scalar.text());
    }
    mistakes.add(
        scalar,
        MistakeKind.ATTRIBUTE_TOO_LONG,
        Integer.toString(length),
        Integer.toString(longest));
    return Optional.empty();
  }

  /// Names to addresses.
  private SortedMap<String, IpAddress> framed(Node node) {
    SortedMap<String, IpAddress> framed = new TreeMap<>();
    Fields.named(node, mistakes)
        .all()
        .forEach((name, entry) ->
            values
                .text(entry.value())
                .flatMap(scalar -> address(name, scalar))
                .ifPresent(address -> framed.put(name, address)));
    return framed;
  }

  private Optional<IpAddress> address(String name, Node.Scalar scalar) {
    try {
      IpAddress address = IpAddress.parse(scalar.text());
      if (address.isV4() && name.matches(STAFF_NAME)) {
        return Optional.of(address);
      }
    } catch (IllegalArgumentException e) {
      // Told below, in the reader's language.
    }
    mistakes.add(scalar, MistakeKind.FRAMED_MALFORMED, name + ": " + scalar.text());
    return Optional.empty();
  }

  private SortedSet<String> sorted(
      Optional<Node> list, Function<Node.Scalar, Optional<String>> item) {
    return new TreeSet<>(list.map(node -> values.list(node, item)).orElse(List.of()));
  }

  private Optional<String> group(Node.Scalar scalar) {
    return values.matching(scalar, RuleReader.GROUP, 128, MistakeKind.GROUP_MALFORMED);
  }

  /// A tunnel's source is where the device is: not another tunnel, and not anywhere at all, unless
  /// the device has shown a key of its own.
  private Optional<String> zone(Node.Scalar scalar, VpnRule.Device device) {
    List<String> names = zones.stream().map(Zone::name).toList();
    Optional<String> known = values.oneOf(scalar, names, MistakeKind.ZONE_UNKNOWN);
    for (Zone zone : zones) {
      if (zone.name().equals(scalar.text())) {
        if (zone.lease() == Zone.Lease.WANTED) {
          mistakes.add(scalar, MistakeKind.ZONE_LEASED, zone.name());
        } else if (device == VpnRule.Device.ANY && zone.networks().stream().anyMatch(Check::wide)) {
          mistakes.add(scalar, MistakeKind.VPN_FROM_EVERYWHERE, zone.name());
        }
      }
    }
    return known;
  }
}

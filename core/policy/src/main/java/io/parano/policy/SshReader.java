package io.parano.policy;

import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.kernel.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads the `ssh` of a document.
final class SshReader {
  static final int MOST = 500;

  /// As Debian's and Red Hat's `useradd` take them.
  static final String ACCOUNT = "^[a-z_][a-z0-9_-]{0,31}$";

  /// A name that resolvers know, in lower case.
  private static final String HOST =
      "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$";

  private static final String DESTINATION = "^[a-z0-9.:/-]{1,253}$";

  /// A certificate is good for whoever steals the key with it: minutes, an hour at most.
  static final Duration LONGEST_CERTIFICATE = Duration.ofHours(1);

  private static final Duration CERTIFICATE = Duration.ofMinutes(10);
  private static final List<String> KEYS =
      List.of(
          "name",
          "hosts",
          "groups",
          "zones",
          "principals",
          "keys",
          "token",
          "certificate",
          "connection",
          "permit",
          "reach",
          "port");
  private static final Map<String, SshRule.Keys> KINDS =
      Map.of(
          "verified",
          SshRule.Keys.VERIFIED,
          "touched",
          SshRule.Keys.TOUCHED,
          "any",
          SshRule.Keys.ANY);
  private static final Map<String, SshRule.Token> TOKENS =
      Map.of("webauthn", SshRule.Token.WEBAUTHN, "otp-allowed", SshRule.Token.OTP_ALLOWED);
  private static final Set<String> PERMITS =
      new TreeSet<>(
          Set.of("pty", "port-forwarding", "agent-forwarding", "X11-forwarding", "user-rc"));

  private final Collection<String> zoneNames;
  private final Mistakes mistakes;
  private final Values values;
  private final Map<String, Integer> lineOfName = new HashMap<>();

  SshReader(Collection<String> zoneNames, Mistakes mistakes) {
    this.zoneNames = zoneNames;
    this.mistakes = mistakes;
    this.values = new Values(mistakes);
  }

  static String word(SshRule.Keys keys) {
    return switch (keys) {
      case VERIFIED -> "verified";
      case TOUCHED -> "touched";
      case ANY -> "any";
    };
  }

  /// @param limits the default for how long connections may live
  List<SshRule> read(Node node, SessionLimits limits) {
    List<SshRule> rules = new ArrayList<>();
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

  private SshRule rule(Node node, SessionLimits limits) {
    Fields fields = Fields.of(node, KEYS, mistakes);
    if (fields.get("reach").isEmpty()) {
      fields.refuseBeside("no reach", List.of("port"));
    }
    return new SshRule(
        fields.need("name").flatMap(values::text).flatMap(this::name).orElse(""),
        fields.need("hosts").flatMap(values::text).flatMap(this::hosts).orElse(""),
        sorted(fields.need("groups"), this::group),
        sorted(fields.need("zones"), this::zone),
        sorted(fields.need("principals"), this::account),
        fields
            .get("keys")
            .flatMap(values::text)
            .flatMap(text -> values.oneOf(text, new TreeSet<>(KINDS.keySet()), Flaw.VALUE_UNKNOWN))
            .flatMap(word -> Optional.ofNullable(KINDS.get(word)))
            .orElse(SshRule.Keys.VERIFIED),
        fields
            .get("token")
            .flatMap(values::text)
            .flatMap(text -> values.oneOf(text, new TreeSet<>(TOKENS.keySet()), Flaw.VALUE_UNKNOWN))
            .flatMap(word -> Optional.ofNullable(TOKENS.get(word)))
            .orElse(SshRule.Token.WEBAUTHN),
        fields.get("certificate").flatMap(this::certificate).orElse(CERTIFICATE),
        fields
            .get("connection")
            .flatMap(duration -> Durations.read(duration, values, mistakes))
            .orElse(limits.absolute()),
        fields.get("permit").isPresent()
            ? sorted(fields.get("permit"), this::permit)
            : new TreeSet<>(Set.of("pty")),
        fields.get("reach").map(list -> values.list(list, this::destination)).orElse(List.of()),
        fields.get("port").flatMap(port -> values.number(port, 1, 65_535)).orElse(22),
        node.line(),
        node.column());
  }

  private Optional<String> name(Node.Scalar scalar) {
    Integer first = lineOfName.putIfAbsent(scalar.text(), scalar.line());
    if (first != null) {
      mistakes.add(scalar, MistakeKind.RULE_TWICE, scalar.text(), first.toString());
    }
    return hosts(scalar);
  }

  private Optional<String> hosts(Node.Scalar scalar) {
    return values.matching(scalar, ZoneReader.NAME, Integer.MAX_VALUE, MistakeKind.NAME_MALFORMED);
  }

  private Optional<Duration> certificate(Node node) {
    Optional<Duration> read = Durations.read(node, values, mistakes);
    read.filter(duration -> duration.compareTo(LONGEST_CERTIFICATE) > 0)
        .filter(duration -> duration.compareTo(Durations.LONGEST) <= 0)
        .ifPresent(duration ->
            mistakes.add(
                node,
                MistakeKind.DURATION_TOO_LONG,
                Durations.write(duration),
                Durations.write(LONGEST_CERTIFICATE)));
    return read;
  }

  private Optional<SshRule.Destination> destination(Node.Scalar scalar) {
    String text = scalar.text();
    if (!text.matches(DESTINATION)) {
      mistakes.add(scalar, MistakeKind.DESTINATION_MALFORMED, text);
      return Optional.empty();
    }
    try {
      return Optional.of(new SshRule.Destination.Network(IpPrefix.parse(text)));
    } catch (IllegalArgumentException e) {
      // Whatever ends in a number and is no address would be one to some resolver.
      if (text.matches(HOST) && !text.matches(".*(^|\\.)[0-9]+$")) {
        return Optional.of(new SshRule.Destination.Name(text));
      }
      mistakes.add(scalar, MistakeKind.DESTINATION_MALFORMED, text);
      return Optional.empty();
    }
  }

  private SortedSet<String> sorted(
      Optional<Node> list, Function<Node.Scalar, Optional<String>> item) {
    return Collections.unmodifiableSortedSet(
        new TreeSet<>(list.map(node -> values.list(node, item)).orElse(List.of())));
  }

  private Optional<String> group(Node.Scalar scalar) {
    return values.matching(scalar, RuleReader.GROUP, 128, MistakeKind.GROUP_MALFORMED);
  }

  private Optional<String> zone(Node.Scalar scalar) {
    return values.oneOf(scalar, zoneNames, MistakeKind.ZONE_UNKNOWN);
  }

  private Optional<String> account(Node.Scalar scalar) {
    return values.matching(scalar, ACCOUNT, 32, MistakeKind.ACCOUNT_MALFORMED);
  }

  private Optional<String> permit(Node.Scalar scalar) {
    return values.oneOf(scalar, PERMITS, Flaw.VALUE_UNKNOWN);
  }
}

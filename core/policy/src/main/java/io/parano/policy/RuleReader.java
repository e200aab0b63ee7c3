package io.parano.policy;

import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads the `rules` of a document.
final class RuleReader {
  static final int MOST = 4_000;

  /// Printable, no comma (which separates groups in the header that applications get), no space at
  /// either end.
  static final String GROUP =
      "^[^\\u0000-\\u0020\\u007f-\\u00a0,]"
          + "([^\\u0000-\\u001f\\u007f-\\u009f,]{0,126}[^\\u0000-\\u0020\\u007f-\\u00a0,])?$";

  private static final int LONGEST_GROUP = 128;
  private static final List<String> KEYS =
      List.of(
          "name", "hosts", "paths", "methods", "groups", "zones", "levels", "token", "touch",
          "upgrade", "effect");
  private static final Map<String, Rule.Levels> LEVELS =
      Map.of("three", Rule.Levels.THREE, "source", Rule.Levels.SOURCE);
  private static final Map<String, Rule.Token> TOKENS =
      Map.of("webauthn", Rule.Token.WEBAUTHN, "otp-allowed", Rule.Token.OTP_ALLOWED);
  private static final Map<String, Rule.Effect> EFFECTS =
      Map.of("refuse", Rule.Effect.REFUSE, "allow", Rule.Effect.ALLOW);

  private final Collection<String> zoneNames;
  private final Mistakes mistakes;
  private final Values values;
  private final Map<String, Integer> lineOfName = new HashMap<>();

  RuleReader(Collection<String> zoneNames, Mistakes mistakes) {
    this.zoneNames = zoneNames;
    this.mistakes = mistakes;
    this.values = new Values(mistakes);
  }

  List<Rule> read(Node node) {
    List<Rule> rules = new ArrayList<>();
    switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().size() > MOST) {
          String count = Integer.toString(sequence.items().size());
          mistakes.add(node, MistakeKind.TOO_MANY_RULES, count, Integer.toString(MOST));
        }
        sequence.items().forEach(item -> rules.add(rule(item)));
      }
      case Node.Broken _ -> {}
      case Node.Scalar _, Node.Mapping _ -> mistakes.add(node, Flaw.LIST_EXPECTED, node.shown());
    }
    return rules;
  }

  private Rule rule(Node node) {
    Fields fields = Fields.of(node, KEYS, mistakes);
    String name = fields.need("name").flatMap(values::text).flatMap(this::name).orElse("");
    Rule.Levels levels = word(fields, "levels", LEVELS).orElse(Rule.Levels.THREE);
    Rule.Token token = word(fields, "token", TOKENS).orElse(Rule.Token.WEBAUTHN);
    Rule.Effect effect = word(fields, "effect", EFFECTS).orElse(Rule.Effect.ALLOW);
    if (effect == Rule.Effect.REFUSE) {
      fields.refuseBeside("effect: refuse", List.of("levels", "token", "touch", "upgrade"));
    } else if (levels == Rule.Levels.SOURCE) {
      fields.refuseBeside("levels: source", List.of("groups", "token", "touch"));
    } else if (token == Rule.Token.OTP_ALLOWED) {
      fields.refuseBeside("token: otp-allowed", List.of("touch"));
    }
    return new Rule(
        name,
        effect,
        fields.need("hosts").map(hosts -> values.list(hosts, this::host)).orElse(List.of()),
        fields
            .get("paths")
            .map(paths -> values.list(paths, this::path))
            .orElse(List.of(PathPattern.EVERYTHING)),
        sorted(fields.get("methods"), this::method),
        sorted(fields.get("groups"), this::group),
        sorted(fields.need("zones"), this::zone),
        levels,
        token,
        fields.get("touch").flatMap(this::duration).orElse(null),
        fields.get("upgrade").flatMap(this::duration).orElse(null),
        node.line(),
        node.column());
  }

  private Optional<String> name(Node.Scalar scalar) {
    Integer first = lineOfName.putIfAbsent(scalar.text(), scalar.line());
    if (first != null) {
      mistakes.add(scalar, MistakeKind.RULE_TWICE, scalar.text(), first.toString());
    }
    return values.matching(scalar, ZoneReader.NAME, Integer.MAX_VALUE, MistakeKind.NAME_MALFORMED);
  }

  private <T> Optional<T> word(Fields fields, String key, Map<String, T> words) {
    SortedSet<String> valid = new TreeSet<>(words.keySet());
    return fields
        .get(key)
        .flatMap(values::text)
        .flatMap(scalar -> values.oneOf(scalar, valid, Flaw.VALUE_UNKNOWN))
        .flatMap(word -> Optional.ofNullable(words.get(word)));
  }

  private SortedSet<String> sorted(
      Optional<Node> list, Function<Node.Scalar, Optional<String>> item) {
    return Collections.unmodifiableSortedSet(
        new TreeSet<>(list.map(node -> values.list(node, item)).orElse(List.of())));
  }

  private Optional<HostPattern> host(Node.Scalar scalar) {
    return values
        .matching(scalar, HostPattern.PATTERN, HostPattern.LONGEST, MistakeKind.HOST_MALFORMED)
        .map(HostPattern::of);
  }

  private Optional<PathPattern> path(Node.Scalar scalar) {
    return values
        .matching(scalar, PathPattern.PATTERN, PathPattern.LONGEST, MistakeKind.PATH_MALFORMED)
        .map(PathPattern::of);
  }

  private Optional<String> method(Node.Scalar scalar) {
    return values.oneOf(scalar, Methods.ALL, Flaw.VALUE_UNKNOWN);
  }

  private Optional<String> group(Node.Scalar scalar) {
    return values.matching(scalar, GROUP, LONGEST_GROUP, MistakeKind.GROUP_MALFORMED);
  }

  private Optional<String> zone(Node.Scalar scalar) {
    return values.oneOf(scalar, zoneNames, MistakeKind.ZONE_UNKNOWN);
  }

  private Optional<Duration> duration(Node node) {
    return Durations.read(node, values, mistakes);
  }
}

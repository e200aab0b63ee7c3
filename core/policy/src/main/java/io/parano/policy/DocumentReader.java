package io.parano.policy;

import io.parano.document.Fields;
import io.parano.document.Mistake;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.document.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads a whole document, and tells all that is wrong with it.
final class DocumentReader {
  private static final List<String> KEYS =
      List.of("version", "zones", "rules", "ssh", "vpn", "sessions");
  private static final List<String> SESSION_KEYS = List.of("idle", "absolute");

  private final Mistakes mistakes = new Mistakes();
  private final Values values = new Values(mistakes);

  private DocumentReader() {}

  static PolicyReading read(String document) {
    DocumentReader reader = new DocumentReader();
    Fields fields = Fields.of(Yaml.read(document, reader.mistakes), KEYS, reader.mistakes);
    fields.need("version").ifPresent(reader::version);
    List<Zone> zones =
        fields.need("zones").map(new ZoneReader(reader.mistakes)::read).orElse(List.of());
    List<String> names = zones.stream().map(Zone::name).toList();
    List<Rule> rules =
        fields.need("rules").map(new RuleReader(names, reader.mistakes)::read).orElse(List.of());
    SessionLimits limits = fields.get("sessions").map(reader::limits).orElse(SessionLimits.DEFAULT);
    List<SshRule> ssh =
        fields
            .get("ssh")
            .map(node -> new SshReader(names, reader.mistakes).read(node, limits))
            .orElse(List.of());
    List<VpnRule> vpn =
        fields
            .get("vpn")
            .map(node -> new VpnReader(zones, reader.mistakes).read(node, limits))
            .orElse(List.of());
    List<Mistake> told = reader.mistakes.list();
    if (!told.isEmpty()) {
      return new PolicyReading.Mistaken(told);
    }
    Policy policy = new Policy(document, zones, rules, ssh, vpn, limits);
    return new PolicyReading.Read(policy, policy.weaknesses());
  }

  private void version(Node node) {
    boolean known =
        node instanceof Node.Scalar scalar
            && scalar.kind() == Node.Kind.WHOLE_NUMBER
            && scalar.text().equals("1");
    if (!known && !(node instanceof Node.Broken)) {
      mistakes.add(node, MistakeKind.VERSION_UNKNOWN, node.shown());
    }
  }

  private SessionLimits limits(Node node) {
    Fields fields = Fields.of(node, SESSION_KEYS, mistakes);
    Optional<Duration> idle = fields.get("idle").flatMap(this::duration);
    Optional<Duration> absolute = fields.get("absolute").flatMap(this::duration);
    SessionLimits limits =
        new SessionLimits(
            idle.orElse(SessionLimits.DEFAULT.idle()),
            absolute.orElse(SessionLimits.DEFAULT.absolute()));
    if (limits.idle().compareTo(limits.absolute()) > 0) {
      mistakes.add(
          node,
          MistakeKind.IDLE_OUTLASTS_SESSION,
          Durations.write(limits.idle()),
          Durations.write(limits.absolute()));
    }
    return limits;
  }

  private Optional<Duration> duration(Node node) {
    return Durations.read(node, values, mistakes);
  }
}

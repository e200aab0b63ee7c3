package io.parano.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules by host, then by path. A host is walked once from its end; at each dot the rules for
/// everything below that domain are compared, at its beginning those for the host itself.
final class HostIndex {
  private final RegionTable table;
  private final PathIndex[] paths;

  private HostIndex(RegionTable table, PathIndex[] paths) {
    this.table = table;
    this.paths = paths;
  }

  static HostIndex of(List<Rule> rules, Gates gates) {
    Map<String, PathIndex.Draft> drafts = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      for (HostPattern host : rules.get(i).hosts()) {
        PathIndex.Draft draft = drafts.computeIfAbsent(host.key(), _ -> new PathIndex.Draft());
        for (PathPattern path : rules.get(i).paths()) {
          draft.add(path, i);
        }
      }
    }
    PathIndex[] paths =
        drafts.values().stream().map(draft -> draft.build(rules, gates)).toArray(PathIndex[]::new);
    return new HostIndex(RegionTable.of(drafts.keySet(), RegionTable.Direction.BACKWARD), paths);
  }

  /// The index of the first rule that matches, or [Gates#NONE].
  int first(Probe probe) {
    int found = Gates.NONE;
    String host = probe.host();
    if (!probe.path().startsWith("/")) {
      return found;
    }
    int length = host.length();
    int end = Math.max(0, length - table.longest());
    int hash = 0;
    for (int i = length - 1; i >= end; i--) {
      char c = host.charAt(i);
      hash = RegionTable.hash(hash, c);
      if (c == '.' ? i > 0 : i == 0) {
        int at = table.find(host, i, length, hash);
        found = at == RegionTable.ABSENT ? found : paths[at].first(probe, found);
      }
    }
    return found;
  }
}

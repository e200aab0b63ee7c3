package io.parano.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The rules of one host by path. A path is walked once, and at each of its folders and at its end
/// the rules filed there are compared.
final class PathIndex {
  private final Gates gates;
  private final Candidates everywhere;
  private final RegionTable table;
  private final Candidates[] folders;
  private final Candidates[] exact;

  private PathIndex(
      Gates gates,
      Candidates everywhere,
      RegionTable table,
      Candidates[] folders,
      Candidates[] exact) {
    this.gates = gates;
    this.everywhere = everywhere;
    this.table = table;
    this.folders = folders;
    this.exact = exact;
  }

  /// The first rule that matches and comes before `best`; else `best`.
  int first(Probe probe, int best) {
    int found = everywhere.first(gates, probe, best);
    String path = probe.path();
    int end = Math.min(path.length(), table.longest());
    int hash = 0;
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/' && i > 0) {
        found = first(folders, table.find(path, 0, i, hash), probe, found);
      }
      hash = RegionTable.hash(hash, c);
    }
    if (end == path.length() || path.charAt(end) == '/') {
      int at = table.find(path, 0, end, hash);
      found = first(folders, at, probe, found);
      found = end == path.length() ? first(exact, at, probe, found) : found;
    }
    return found;
  }

  private int first(Candidates[] lists, int at, Probe probe, int best) {
    return at == RegionTable.ABSENT ? best : lists[at].first(gates, probe, best);
  }

  /// Collects the rules of one host.
  static final class Draft {
    private final TreeSet<Integer> everywhere = new TreeSet<>();
    private final Map<String, Filed> byPath = new LinkedHashMap<>();

    void add(PathPattern pattern, int rule) {
      if (pattern.equals(PathPattern.EVERYTHING)) {
        everywhere.add(rule);
        return;
      }
      Filed filed = byPath.computeIfAbsent(pattern.path(), _ -> new Filed());
      switch (pattern.reach()) {
        case EXACT -> filed.exact.add(rule);
        case BELOW -> filed.folder.add(rule);
      }
    }

    PathIndex build(List<Rule> rules, Gates gates) {
      Candidates[] folders = new Candidates[byPath.size()];
      Candidates[] exact = new Candidates[byPath.size()];
      int next = 0;
      for (Filed filed : byPath.values()) {
        folders[next] = Candidates.of(filed.folder, rules);
        exact[next++] = Candidates.of(filed.exact, rules);
      }
      RegionTable table = RegionTable.of(byPath.keySet(), RegionTable.Direction.FORWARD);
      return new PathIndex(gates, Candidates.of(everywhere, rules), table, folders, exact);
    }
  }

  private static final class Filed {
    private final TreeSet<Integer> folder = new TreeSet<>();
    private final TreeSet<Integer> exact = new TreeSet<>();
  }
}

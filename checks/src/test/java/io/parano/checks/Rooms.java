package io.parano.checks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The table of rooms in `ARCHITECTURE.md`: the document is the rule, so the two cannot differ.
record Rooms(Map<String, Set<String>> uses, Set<String> core) {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9/]+)` \\|(?:[^|\n]*\\|){2}([^|\n]*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9]+)`");

  /// Reads the table; `core` and `all` are spelled out.
  static Rooms read(String architecture) {
    List<MatchResult> rows = ROW.matcher(architecture).results().toList();
    Set<String> all = new LinkedHashSet<>();
    Set<String> core = new LinkedHashSet<>();
    for (MatchResult row : rows) {
      all.add(name(row.group(1)));
      if (row.group(1).startsWith("core/")) {
        core.add(name(row.group(1)));
      }
    }
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    for (MatchResult row : rows) {
      Set<String> used = new LinkedHashSet<>();
      NAME.matcher(row.group(2))
          .results()
          .map(found -> found.group(1))
          .forEach(word -> used.addAll(spelledOut(word, core, all)));
      uses.put(name(row.group(1)), used);
    }
    return new Rooms(uses, core);
  }

  /// The last word of a folder: the name of its package under `io.parano`.
  static String name(String folder) {
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  private static Set<String> spelledOut(String word, Set<String> core, Set<String> all) {
    return switch (word) {
      case "core" -> core;
      case "all" -> all;
      default -> Set.of(word);
    };
  }
}

package io.parano.checks;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Rules about documents and sentences. Every method answers with complaints.
final class Documents {
  private static final Pattern ADR = Pattern.compile("(\\d{4})(-[a-z0-9]+){2,}\\.md");
  private static final Pattern HEADING = Pattern.compile("(?m)^(#+) .+$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)[^)]*\\)");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}|%[0-9$]*[sdn]");

  private final Path root;

  Documents(Path root) {
    this.root = root;
  }

  /// Decision records that are misnamed, numbered twice, or do not begin with their number.
  List<String> decisionRecords() {
    List<String> complaints = new ArrayList<>();
    Map<String, String> byNumber = new HashMap<>();
    for (Path file : Product.files(root.resolve("docs/adr"), ".md")) {
      String name = file.getFileName().toString();
      if (!ADR.matcher(name).matches()) {
        complaints.add(name + " is not named NNNN-verb-object.md");
        continue;
      }
      String number = name.substring(0, 4);
      String other = byNumber.putIfAbsent(number, name);
      if (other != null) {
        complaints.add(name + " has the number of " + other);
      }
      if (!Product.text(file).startsWith("# " + number)) {
        complaints.add(name + " does not begin with \"# " + number + "\"");
      }
    }
    return complaints;
  }

  /// Tests that `THREATS.md` names and that do not exist.
  List<String> promisedTests() {
    Set<String> existing = new HashSet<>();
    for (Path file : Product.files(root, "Test.java")) {
      String type = file.getFileName().toString().replace(".java", "");
      Pattern.compile("void (\\w+)\\(")
          .matcher(Product.text(file))
          .results()
          .forEach(method -> existing.add(type + "." + method.group(1)));
    }
    return TEST.matcher(Product.text(root.resolve("THREATS.md")))
        .results()
        .map((MatchResult named) -> named.group(1) + "." + named.group(2))
        .filter(test -> !existing.contains(test))
        .map(test -> "THREATS.md names " + test + ", which does not exist")
        .toList();
  }

  /// English documents that are owed a French twin with the same headings, level by level.
  List<String> frenchTwins(List<String> english) {
    List<String> complaints = new ArrayList<>();
    for (String name : english) {
      Path twin = root.resolve(name.replace(".md", ".fr.md"));
      if (!Files.exists(twin)) {
        complaints.add(name + " has no French twin");
      } else if (!levels(root.resolve(name)).equals(levels(twin))) {
        complaints.add(twin.getFileName() + " has other headings than " + name);
      }
    }
    return complaints;
  }

  /// Relative links that lead nowhere.
  List<String> deadLinks() {
    List<String> complaints = new ArrayList<>();
    List<Path> files = new ArrayList<>(Product.files(root.resolve("docs"), ".md"));
    try (var top = Files.list(root)) {
      top.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    for (Path file : files) {
      LINK.matcher(Product.text(file))
          .results()
          .filter(link -> !Files.exists(file.resolveSibling(link.group(1))))
          .forEach(link -> complaints.add(file.getFileName() + " links to " + link.group(1)));
    }
    return complaints;
  }

  /// Sentences that exist in one language only, or mention other things in each.
  List<String> sentences(List<Path> folders) {
    List<String> complaints = new ArrayList<>();
    for (Path folder : folders) {
      for (Path file : Product.files(folder, "_en.properties")) {
        Path twin = file.resolveSibling(file.getFileName().toString().replace("_en.", "_fr."));
        if (!Files.exists(twin)) {
          complaints.add(file + " has no French twin");
        } else {
          complaints.addAll(compared(file, properties(file), properties(twin)));
        }
      }
    }
    return complaints;
  }

  private static List<String> compared(Path file, Properties english, Properties french) {
    List<String> complaints = new ArrayList<>();
    Set<String> keys = new TreeSet<>(english.stringPropertyNames());
    keys.addAll(french.stringPropertyNames());
    for (String key : keys) {
      String here = english.getProperty(key, "");
      String there = french.getProperty(key, "");
      if (here.isBlank() || there.isBlank()) {
        complaints.add(file + ": " + key + " is missing in one language");
      } else if (!placeholders(here).equals(placeholders(there))) {
        complaints.add(file + ": " + key + " mentions other things in French");
      }
    }
    return complaints;
  }

  private static Set<String> placeholders(String sentence) {
    Set<String> found = new TreeSet<>();
    PLACEHOLDER.matcher(sentence).results().forEach(one -> found.add(one.group()));
    return found;
  }

  private static List<Integer> levels(Path file) {
    String prose = FENCE.matcher(Product.text(file)).replaceAll("");
    return HEADING.matcher(prose).results().map(found -> found.group(1).length()).toList();
  }

  private static Properties properties(Path file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Product.text(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties;
  }
}

package io.parano.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A configuration as a page of `docs/proxies` gives it. A test may change what is each company's
/// own, names, addresses and certificates, and nothing else: what it would change must be there.
///
/// @param text the block of the page, changed so far
record Recipe(String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]+)\\n(.*?)^```$");

  /// The one block in this language.
  static Recipe of(String page, String language) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(page(page)))
            .results()
            .filter(block -> block.group(1).equals(language))
            .map((MatchResult block) -> block.group(2))
            .toList();
    if (blocks.size() != 1) {
      throw new AssertionError(page + " has " + blocks.size() + " blocks of " + language);
    }
    return new Recipe(blocks.getFirst());
  }

  /// Whether both languages of a page give the same configuration.
  static boolean sameInFrench(String page, String language) throws IOException {
    return of(page, language).equals(of(page.replace(".md", ".fr.md"), language));
  }

  Recipe with(Map<String, String> own) {
    String changed = text;
    for (Map.Entry<String, String> change : own.entrySet()) {
      if (!changed.contains(change.getKey())) {
        throw new AssertionError("\"" + change.getKey() + "\" is not in the recipe");
      }
      changed = changed.replace(change.getKey(), change.getValue());
    }
    return new Recipe(changed);
  }

  private static Path page(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/proxies"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("no docs/proxies above " + Path.of("").toAbsolutePath());
      }
    }
    return folder.resolve("docs/proxies").resolve(name);
  }
}

package io.parano.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A quick start as a reader sees it: numbered sections with fenced blocks.
record QuickStartDocument(Locale locale, String text, List<Block> blocks) {
  private static final Pattern FENCE =
      Pattern.compile("^```(\\w+) ?(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern HEADING = Pattern.compile("^## (?:(\\d+)\\. )?.*$", Pattern.MULTILINE);
  private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");

  QuickStartDocument {
    blocks = List.copyOf(blocks);
  }

  /// @param section its number; 0 for what comes before the first and after the last
  /// @param language of the text, as the fence says it
  /// @param how `run`, `terminal`, or nothing for what is not run
  record Block(int section, String language, String how, String text) {}

  static QuickStartDocument read(Path file, Locale locale) throws IOException {
    String text = Files.readString(file);
    List<Block> blocks = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      blocks.add(
          new Block(
              section(text, fence.start()), fence.group(1), fence.group(2), fence.group(3)));
    }
    return new QuickStartDocument(locale, text, blocks);
  }

  List<Block> in(int section) {
    return blocks.stream().filter(block -> block.section() == section).toList();
  }

  /// What a section prints in bold: the words on the pages.
  List<String> bold(int section) {
    List<String> found = new ArrayList<>();
    Matcher bold = BOLD.matcher(text);
    while (bold.find()) {
      if (section(text, bold.start()) == section) {
        found.add(bold.group(1).replace('\n', ' '));
      }
    }
    return found;
  }

  private static int section(String text, int at) {
    int section = 0;
    Matcher heading = HEADING.matcher(text);
    while (heading.find() && heading.start() < at) {
      section = heading.group(1) == null ? 0 : Integer.parseInt(heading.group(1));
    }
    return section;
  }
}

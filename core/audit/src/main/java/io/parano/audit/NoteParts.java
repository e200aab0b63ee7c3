package io.parano.audit;

import java.util.ArrayList;
import java.util.List;

/// A note taken apart, before anything in it is believed.
sealed interface NoteParts {
  /// The specification asks for 16 at least; a bound keeps a hostile note cheap.
  int MOST_SIGNATURES = 100;

  int MOST_CHARACTERS = 1_000_000;

  record Malformed(String why) implements NoteParts {}

  /// @param text what is signed, ending in a line feed
  record Split(String text, List<NoteLine> lines) implements NoteParts {
    public Split {
      lines = List.copyOf(lines);
    }
  }

  static NoteParts of(String note) {
    if (note.length() > MOST_CHARACTERS) {
      return new Malformed("it is too long");
    }
    if (hasControl(note)) {
      return new Malformed("it has a control character");
    }
    int gap = note.lastIndexOf("\n\n");
    if (gap < 0 || !note.endsWith("\n") || gap + 2 == note.length()) {
      return new Malformed("it has no signature lines after an empty line");
    }
    String[] lines = note.substring(gap + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MOST_SIGNATURES) {
      return new Malformed("it has more than " + MOST_SIGNATURES + " signatures");
    }
    try {
      return new Split(note.substring(0, gap + 1), lines(lines));
    } catch (IllegalArgumentException e) {
      return new Malformed("a signature line is none: " + e.getMessage());
    }
  }

  // A lone surrogate is no UTF-8, and would be signed as another text than it is.
  static boolean hasControl(String text) {
    return text.codePoints().anyMatch(c -> (c < 0x20 && c != '\n') || (c >= 0xd800 && c <= 0xdfff));
  }

  private static List<NoteLine> lines(String[] lines) {
    List<NoteLine> parsed = new ArrayList<>();
    for (String line : lines) {
      parsed.add(NoteLine.parse(line));
    }
    return parsed;
  }
}

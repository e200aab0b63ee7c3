package io.parano.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// The terminal: plain lines, a little colour where somebody looks, columns that line up.
final class Screen {
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final boolean coloured;
  private volatile boolean silent;

  Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  /// Colours of a terminal, and what they mean here.
  enum Ink {
    PLAIN(""),
    TITLE("\u001b[1m"),
    FAINT("\u001b[2m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[1;31m"),
    STOP("\u001b[36m");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  String ink(Ink ink, String text) {
    return coloured && ink != Ink.PLAIN ? ink.code + text + RESET : text;
  }

  /// Says nothing from now on.
  void silence() {
    silent = true;
  }

  void line(String text) {
    if (!silent) {
      out.println(text);
      out.flush();
    }
  }

  void blank() {
    line("");
  }

  void title(String text) {
    blank();
    line("  " + ink(Ink.TITLE, text));
  }

  void faint(String text) {
    line("  " + ink(Ink.FAINT, text));
  }

  void done(String text, Duration took) {
    line("  " + ink(Ink.GOOD, "✓") + " " + text + "  " + ink(Ink.FAINT, millis(took)));
  }

  void trouble(String text) {
    line("  " + ink(Ink.BAD, "!") + " " + text);
  }

  /// Columns as wide as their widest cell; the first row is the head.
  void table(List<List<String>> rows, List<Ink> inks) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder(" ");
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(r).get(i);
        Ink ink = r == 0 ? Ink.FAINT : inks.get(i);
        line.append(' ').append(ink(ink, cell)).append(" ".repeat(widths[i] - cell.length() + 1));
      }
      line(line.toString().stripTrailing());
    }
  }

  static String millis(Duration took) {
    return took.toMillis() < 10
        ? "%.1f ms".formatted(took.toNanos() / 1e6)
        : took.toMillis() + " ms";
  }
}

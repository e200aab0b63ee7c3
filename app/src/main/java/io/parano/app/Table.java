package io.parano.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows under headings, in columns as wide as what stands in them.
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /// @param headings the keys of the headings' words
  Table(String... headings) {
    rows.add(
        java.util.Arrays.stream(headings).map(heading -> Texts.say("column." + heading)).toList());
  }

  /// @param cells from elsewhere, and shown as [Plain]
  void row(String... cells) {
    rows.add(java.util.Arrays.stream(cells).map(Plain::of).toList());
  }

  void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < columns - 1) {
          line.append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }
}

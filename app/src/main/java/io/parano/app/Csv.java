package io.parano.app;

import java.util.ArrayList;
import java.util.List;

/// Comma-separated values (RFC 4180), also with semicolons, as spreadsheets write them where the
/// comma is the decimal point. Blank lines are passed over.
final class Csv {
  private Csv() {}

  /// One record.
  ///
  /// @param line on which it begins, from 1
  record Row(int line, List<String> fields) {
    Row {
      fields = List.copyOf(fields);
    }
  }

  /// What stands in a text. An open quote is the one thing that can be wrong with it.
  sealed interface Reading {
    /// @param line on which the quote was opened that nobody closed
    record OpenQuote(int line) implements Reading {}

    record Read(List<Row> rows) implements Reading {}
  }

  static Reading read(String text) {
    return new Scanner(text).read();
  }

  /// Semicolon when the first line has one and no comma.
  private static char separator(String text) {
    String first = text.lines().findFirst().orElse("");
    return first.contains(";") && !first.contains(",") ? ';' : ',';
  }

  private static final class Scanner {
    private final String text;
    private final char separator;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int at;
    private int line = 1;
    private int start = 1;

    Scanner(String text) {
      this.text = text;
      this.separator = separator(text);
    }

    Reading read() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"' && field.toString().isBlank()) {
          int opened = line;
          if (!quoted()) {
            return new Reading.OpenQuote(opened);
          }
        } else if (c == separator) {
          endField();
        } else if (c == '\n') {
          endRow();
          start = ++line;
        } else if (c != '\r') {
          field.append(c);
        }
      }
      endRow();
      return new Reading.Read(rows);
    }

    /// Behind an opening quote; takes all up to the closing one. A doubled quote stands for itself.
    private boolean quoted() {
      field.setLength(0);
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          if (at == text.length() || text.charAt(at) != '"') {
            return true;
          }
          at++;
        } else if (c == '\n') {
          line++;
        }
        field.append(c);
      }
      return false;
    }

    private void endField() {
      fields.add(field.toString().strip());
      field.setLength(0);
    }

    private void endRow() {
      endField();
      if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
        rows.add(new Row(start, fields));
      }
      fields.clear();
    }
  }
}

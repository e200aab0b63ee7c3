package io.parano.app;

import io.parano.authn.ImportedHash;
import io.parano.document.Nearest;
import io.parano.identity.Newcomer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Newcomers from a CSV file whose first line names the columns: `name`, `displayName`, `email`,
/// and perhaps `groups`, `language` and `hash`, in any order. Every mistake is found, with its
/// line.
final class StaffFile {
  /// As many as one act admits.
  static final int MOST = 1_000;

  private static final List<String> NEEDED = List.of("name", "displayName", "email");
  private static final List<String> COLUMNS =
      List.of("name", "displayName", "email", "groups", "language", "hash");

  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<Somebody> people = new ArrayList<>();

  private StaffFile() {}

  record Mistake(int line, String text) {}

  /// @param hash of the password that they had elsewhere; empty for none
  record Somebody(int line, Newcomer newcomer, String hash) {
    /// Without the hash.
    @Override
    public String toString() {
      return "Somebody[" + line + ", " + newcomer + "]";
    }
  }

  sealed interface Reading {
    record Mistaken(List<Mistake> mistakes) implements Reading {}

    record Read(List<Somebody> people) implements Reading {}
  }

  static Reading read(String text) {
    return new StaffFile().whole(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private Reading whole(String text) {
    switch (Csv.read(text)) {
      case Csv.Reading.OpenQuote(int line) -> complain(line, "staff.open-quote");
      case Csv.Reading.Read(var rows) -> take(rows);
    }
    return mistakes.isEmpty() ? new Reading.Read(people) : new Reading.Mistaken(mistakes);
  }

  private void take(List<Csv.Row> rows) {
    if (rows.isEmpty()) {
      complain(1, "staff.empty", String.join(",", COLUMNS));
      return;
    }
    head(rows.getFirst());
    if (!mistakes.isEmpty()) {
      return;
    }
    for (Csv.Row row : rows.subList(1, rows.size())) {
      take(row);
    }
    if (rows.size() == 1) {
      complain(rows.getFirst().line(), "staff.nobody");
    } else if (rows.size() - 1 > MOST) {
      complain(rows.get(MOST + 1).line(), "staff.too-many", Integer.toString(MOST));
    }
  }

  private void head(Csv.Row head) {
    for (int i = 0; i < head.fields().size(); i++) {
      String column = head.fields().get(i);
      if (!COLUMNS.contains(column)) {
        @Nullable String nearest = Nearest.to(column, COLUMNS);
        complain(
            head.line(),
            nearest == null ? "staff.column" : "staff.column-nearest",
            Plain.of(column),
            nearest == null ? String.join(", ", COLUMNS) : nearest);
      } else if (places.put(column, i) != null) {
        complain(head.line(), "staff.column-twice", column);
      }
    }
    NEEDED.stream()
        .filter(column -> !places.containsKey(column))
        .forEach(column -> complain(head.line(), "staff.column-missing", column));
  }

  private void take(Csv.Row row) {
    int columns = places.size();
    if (row.fields().size() != columns) {
      complain(
          row.line(),
          "staff.fields",
          Integer.toString(columns),
          Integer.toString(row.fields().size()));
      return;
    }
    StaffLine line =
        new StaffLine(
            field(row, "name", ""),
            field(row, "displayName", ""),
            field(row, "email", ""),
            field(row, "groups", ""),
            field(row, "language", "en"));
    Integer before = lines.putIfAbsent(line.name(), row.line());
    if (before != null) {
      complain(row.line(), "staff.twice", Plain.of(line.name()), before.toString());
    }
    switch (line.read()) {
      case StaffLine.Reading.Wrong(var why) ->
          why.forEach(text -> mistakes.add(new Mistake(row.line(), text)));
      case StaffLine.Reading.Right(var newcomer) ->
          people.add(new Somebody(row.line(), newcomer, hash(row)));
    }
  }

  /// The hash goes as it came; it is read here too, so that what is wrong has its line.
  private String hash(Csv.Row row) {
    String hash = field(row, "hash", "");
    if (!hash.isEmpty()) {
      switch (ImportedHash.read(hash)) {
        case ImportedHash.Reading.Mistaken(var wrong) ->
            mistakes.add(new Mistake(row.line(), wrong.text(Tongues.now())));
        case ImportedHash.Reading.Read(var read) -> read.close();
      }
    }
    return hash;
  }

  private String field(Csv.Row row, String column, String otherwise) {
    Integer place = places.get(column);
    String field = place == null ? "" : row.fields().get(place);
    return field.isEmpty() ? otherwise : field;
  }

  private void complain(int line, String key, String... arguments) {
    mistakes.add(new Mistake(line, Texts.say(key, arguments)));
  }
}

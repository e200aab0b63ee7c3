package io.parano.store;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Leaf;
import io.parano.audit.Outcome;
import io.parano.kernel.Tagger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tags every row anew under a newer key, in the one transaction in which the head begins to bind
/// them under it and the log tells of it. So rows are under one key or the other, never under both;
/// and whoever puts rows under the older key later finds a log that says it was given up.
final class Retagging {
  private static final String UNDER = "rows-under";

  /// Rows in one round trip.
  private static final int AT_ONCE = 1_000;

  private Retagging() {}

  /// What the log says of it.
  static Event event(Tagger under, Instant now) {
    return Event.at(now, EventType.KEYS_CHANGED, Outcome.DONE)
        .on("key:tagging")
        .with("step", "rows-tagged")
        .with(UNDER, name(under));
  }

  /// Which of the keys before that of `tags` binds the rows; empty when it is that one itself, or
  /// when nothing is bound.
  static Optional<RowTags> unfinished(Database database, RowTags tags) {
    if (tags.tagger().before().isEmpty()) {
      return Optional.empty();
    }
    try (Connection connection = database.writer()) {
      Optional<Head> head = Head.read(connection);
      return head.isEmpty() || tags.layout(head.get()).isPresent()
          ? Optional.empty()
          : tags.tagger().before().stream()
              .map(tags::under)
              .filter(earlier -> earlier.layout(head.get()).isPresent())
              .findFirst();
    } catch (SQLException | Unreadable e) {
      // The opening itself comes upon the same, and answers for it.
      return Optional.empty();
    }
  }

  /// Whether the entries say that the rows were put under `tagger` before: the columns beside them
  /// could be edited.
  static boolean wasDone(Database database, Tagger tagger) throws SQLException {
    String name = name(tagger);
    boolean[] found = {false};
    try (Connection connection = database.reader()) {
      LogRows.each(
          connection,
          0,
          Long.MAX_VALUE,
          row -> {
            Leaf leaf = Leaf.parse(Columns.bytes(row, "leaf").copy());
            found[0] |= name.equals(leaf.facts().get(UNDER));
          });
    } catch (IllegalArgumentException e) {
      throw new Unreadable("an entry can't be read: " + e.getMessage(), e);
    }
    return found[0];
  }

  /// Says which key it is without telling anything of it.
  private static String name(Tagger tagger) {
    return HexFormat.of().formatHex(tagger.tag("name", new byte[0]), 0, 8);
  }

  /// Throws [Unreadable] when a row is not what was written.
  static RowSets rows(Connection connection, RowTags before, RowTags after) throws SQLException {
    RowSets sets = RowSets.empty();
    for (Table table : Table.values()) {
      List<StoredRow> rows = genuine(connection, table, before);
      try (PreparedStatement retag = connection.prepareStatement(table.retag())) {
        int waiting = 0;
        for (StoredRow row : rows) {
          byte[] tag = after.row(table, row.values());
          List<@Nullable Object> values = new ArrayList<>();
          values.add(tag);
          values.addAll(row.values().subList(0, table.key().size()));
          Rows.set(retag, values);
          retag.addBatch();
          sets.add(table, after.element(table, tag));
          waiting++;
          if (waiting % AT_ONCE == 0) {
            retag.executeBatch();
          }
        }
        retag.executeBatch();
      }
    }
    return sets;
  }

  private static List<StoredRow> genuine(Connection connection, Table table, RowTags tags)
      throws SQLException {
    List<StoredRow> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.all())) {
      while (row.next()) {
        StoredRow stored = StoredRow.read(table, row);
        if (!stored.isGenuine(table, tags)) {
          throw new Unreadable(RowFinding.forged(table, stored.values()).toString());
        }
        rows.add(stored);
      }
    }
    return rows;
  }
}

package io.parano.store;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Leaf;
import io.parano.audit.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// How a log leaves a store for another, so that never two of them serve it: its last entry there
/// says where to, and its head is tagged for having left. Such a head opens nowhere, and is
/// believed as the mark of this installation alone.
final class Departure {
  private static final String STEP = "step";
  private static final String TO = "to";

  private Departure() {}

  /// What the log says before and after it.
  enum Step {
    LEAVING,
    ARRIVED
  }

  static Event event(Instant now, StorePlace from, StorePlace to, Step step) {
    return Event.at(now, EventType.STORE_MOVED, Outcome.DONE)
        .through("command")
        .with("from", from.name())
        .with(TO, to.name())
        .with(STEP, word(step));
  }

  private static String word(Step step) {
    return switch (step) {
      case LEAVING -> "leaving";
      case ARRIVED -> "arrived";
    };
  }

  /// Where to, when `leaf` tells of that step.
  static Optional<String> told(Leaf leaf, Step step) {
    return leaf.type().equals(EventType.STORE_MOVED.code())
            && word(step).equals(leaf.facts().get(STEP))
        ? Optional.ofNullable(leaf.facts().get(TO))
        : Optional.empty();
  }

  /// Where the log has gone that this head once belonged to; empty when it has not left.
  static Optional<String> of(Connection connection, Head head, RowTags tags) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT leaf FROM entry WHERE idx = ?")) {
      statement.setLong(1, head.frontier().size() - 1);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? told(Leaf.parse(row.getBytes(1)), Step.LEAVING)
                .filter(to -> tags.hasLeft(head, to).isPresent())
            : Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Tags the head for having left; the caller commits.
  static void mark(Connection connection, Head head, RowTags tags, String to) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE head SET tag = ? WHERE id = 1 AND writer = ? AND size = ? AND tag = ?")) {
      update.setBytes(1, tags.left(head, to));
      update.setLong(2, head.writer());
      update.setLong(3, head.frontier().size());
      update.setBytes(4, head.tag() == null ? null : head.tag().copy());
      if (update.executeUpdate() != 1) {
        throw new SQLException("the log's head is not the one that was copied");
      }
    }
  }
}

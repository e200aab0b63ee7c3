package io.parano.store;

import io.parano.access.State;
import io.parano.audit.Finding;
import io.parano.audit.Leaf;
import io.parano.audit.Tiles;
import io.parano.audit.Verdict;
import io.parano.store.StoreMove.Outcome;
import io.parano.store.StoreMove.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One run of a [StoreMove], with both stores claimed.
final class StoreMoving {
  private static final String RESERVE = "reserve";

  private final StoreMove move;
  private final DataDirectory folder;
  private final Instant now;
  private final RowTags tags;
  private final Database source;
  private final Database target;

  StoreMoving(StoreMove move, DataDirectory folder, Database source, Database target, Instant now) {
    this.move = move;
    this.folder = folder;
    this.now = now;
    this.tags = new RowTags(move.tagger());
    this.source = source;
    this.target = target;
  }

  /// Where the log is, as far as the heads tell. From the most refusing to the most allowing.
  private sealed interface Stand {
    record Refused(String why) implements Stand {}

    /// In the source, and whatever is in the target serves nothing.
    record Here() implements Stand {}

    /// In neither: the source has left, the target has not come.
    record Between() implements Stand {}

    /// In the target.
    record There() implements Stand {}
  }

  Outcome run() throws SQLException, IOException {
    return switch (stand()) {
      case Stand.Refused(String why) -> new Outcome.Refused(why);
      case Stand.Here _ -> {
        Optional<Outcome> shut = announce();
        yield shut.isPresent() ? shut.get() : carryAndRecord();
      }
      case Stand.Between _ -> carryAndRecord();
      case Stand.There _ -> record();
    };
  }

  private Stand stand() throws SQLException {
    try (Connection here = source.writer();
        Connection there = target.writer()) {
      Optional<Head> head = Head.isPossible(here) ? Head.read(here) : Optional.empty();
      if (head.isEmpty()) {
        return new Stand.Refused("there is no log in " + move.from().name());
      }
      if (Schema.migrate(there, target.dialect(), now)
          instanceof Schema.Migration.Newer(int found)) {
        return new Stand.Refused(
            "the database has version %d, this program knows %d: it was written by a later Parano"
                .formatted(found, Schema.VERSION));
      }
      Optional<String> left = Departure.of(here, head.get(), tags);
      if (left.isPresent() && !left.get().equals(move.to().name())) {
        return new Stand.Refused(
            "the log was moved to %s: it is served from there".formatted(left.get()));
      }
      if (left.isPresent()
          && !tags.hasLeft(head.get(), left.get()).equals(Optional.of(tags.present()))) {
        return new Stand.Refused(
            "this move was begun by an earlier Parano: finish it with that one");
      }
      return stand(there, left.isPresent() ? new Stand.Between() : new Stand.Here(), left);
    }
  }

  /// @param otherwise when there is no log in the target
  private Stand stand(Connection there, Stand otherwise, Optional<String> left)
      throws SQLException {
    Optional<Head> found = Head.read(there);
    if (found.isEmpty()) {
      return otherwise;
    }
    if (Departure.of(there, found.get(), tags).isPresent()) {
      // It was here once: what is left of it is out of date.
      clear(there);
      return otherwise;
    }
    return left.isPresent() && tags.layout(found.get()).isPresent()
        ? new Stand.There()
        : new Stand.Refused(
            "there is a log in %s already: expected an empty database".formatted(move.to().name()));
  }

  private static void clear(Connection there) throws SQLException {
    try (Statement statement = there.createStatement()) {
      statement.executeUpdate("DELETE FROM head");
      for (CopiedTable table : CopiedTable.all()) {
        statement.executeUpdate("DELETE FROM " + table.name());
      }
    }
    there.commit();
  }

  /// Opens the source as a server would, and has its log say where it is leaving to. Empty when it
  /// does.
  private Optional<Outcome> announce() throws IOException {
    Optional<Outcome> shut = says(source, Departure.Step.LEAVING);
    if (shut.isEmpty()) {
      move.progress().reached(Step.ANNOUNCED);
    }
    return shut;
  }

  private Outcome carryAndRecord() throws SQLException, IOException {
    Optional<Outcome> different = carry();
    return different.isPresent() ? different.get() : record();
  }

  /// Steps 2 to 5. Empty when they are done.
  private Optional<Outcome> carry() throws SQLException, IOException {
    try (Connection here = source.writer();
        Connection there = target.writer()) {
      Head head = Head.read(here).orElseThrow(() -> new Unreadable("the log has lost its head"));
      boolean left = Departure.of(here, head, tags).isPresent();
      if (!left && !tags.isGenuine(head)) {
        return Optional.of(
            new Outcome.Shut(new Opening.RowsAltered(RowCheck.headForged().findings())));
      }
      TableCopy copy = new TableCopy(here, there, move.progress());
      for (CopiedTable table : CopiedTable.all()) {
        copy.copy(table);
      }
      move.progress().reached(Step.COPIED);
      head.next(tags).insert(there);
      Optional<Outcome> different = difference(copy, there);
      if (different.isPresent()) {
        there.rollback();
        return different;
      }
      move.progress().reached(Step.VERIFIED);
      if (!left) {
        Departure.mark(here, head, tags, move.to().name());
      }
      here.commit();
      move.progress().reached(Step.LEFT);
      there.commit();
      move.progress().reached(Step.THERE);
      return Optional.empty();
    }
  }

  /// What in the target is not what it should be.
  private Optional<Outcome> difference(TableCopy copy, Connection there)
      throws SQLException, IOException {
    for (CopiedTable table : CopiedTable.all()) {
      if (!copy.isSame(table)) {
        return Optional.of(new Outcome.Different(table.name()));
      }
    }
    if (whole(there) instanceof Verdict.Broken(List<Finding> findings, long more, var summary)) {
      return Optional.of(new Outcome.Different(findings.getFirst().toString()));
    }
    return switch (RowCheck.check(there, tags, Head.read(there).orElseThrow())) {
      case RowCheck.Checked.Altered(var findings) ->
          Optional.of(new Outcome.Different(findings.getFirst().toString()));
      case RowCheck.Checked.Whole _ -> Optional.empty();
    };
  }

  private Verdict whole(Connection there) throws SQLException, IOException {
    try {
      return LogCheck.whole(there, move.signer().key(), move.outside().newest(), entries -> {});
    } catch (Tiles.TileMissing e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /// Opens the target as a server would, and has its log say that it has come.
  private Outcome record() throws IOException {
    Optional<Outcome> shut = says(target, Departure.Step.ARRIVED);
    if (shut.isPresent()) {
      return shut.get();
    }
    move.progress().reached(Step.RECORDED);
    try (Connection there = target.reader()) {
      Head head = Head.read(there).orElseThrow(() -> new Unreadable("the log has lost its head"));
      return new Outcome.Done(head.frontier().size(), head.frontier().root());
    } catch (SQLException e) {
      throw new LogUnread("the log can't be read: " + e.getMessage(), e);
    }
  }

  /// Has the log tell of that step unless it has, signed and kept outside; empty when it does. It
  /// has come where its last entry says no more that it is leaving.
  private Optional<Outcome> says(Database database, Departure.Step step) throws IOException {
    Opening opening =
        new LogOpening(move.outside(), move.signer(), tags, move.randomness(), notice -> {})
            .open(() -> {}, database, folder.file(RESERVE), now, List.of());
    return switch (opening) {
      case Opening.Shut shut -> Optional.of(new Outcome.Shut(shut));
      case Opening.Opened(SqlLedger ledger, AuditReader reader, State _) ->
          says(ledger, reader, step);
      case Opening.NewLog(SqlLedger ledger, AuditReader reader, State _) ->
          says(ledger, reader, step);
    };
  }

  private Optional<Outcome> says(SqlLedger ledger, AuditReader reader, Departure.Step step) {
    try (ledger) {
      Leaf last = reader.newest(List.of(), 1).getFirst().read();
      boolean leaving =
          Departure.told(last, Departure.Step.LEAVING).equals(Optional.of(move.to().name()));
      if (leaving == (step == Departure.Step.ARRIVED)) {
        var _ = ledger.commit(Departure.event(now, move.from(), move.to(), step), List.of());
      }
      return switch (ledger.checkpoint(now)) {
        case SqlLedger.Checkpointed.Failed(String why) ->
            shut("no checkpoint could be signed: " + why);
        case SqlLedger.Checkpointed.NotOutside(String why) ->
            shut("a checkpoint could not be kept outside: " + why);
        case SqlLedger.Checkpointed.Signed _, SqlLedger.Checkpointed.Unchanged _ ->
            Optional.empty();
      };
    }
  }

  private static Optional<Outcome> shut(String why) {
    return Optional.of(new Outcome.Shut(new Opening.Refused(why)));
  }
}

package io.parano.store;

import io.parano.access.State;
import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Merkle;
import io.parano.audit.NoteSigner;
import io.parano.audit.Outcome;
import io.parano.audit.SignedNote;
import io.parano.audit.Tiles;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens a log, whatever database keeps it, in the order in which nothing can be granted by
/// mistake: bring the tables up to date, compare the log with its checkpoints and the rows with
/// their tags, take the pen, bring the reserve into the log, and only then read the state, from
/// rows that are compared once more as they are read.
record LogOpening(
    KeptOutside outside,
    NoteSigner signer,
    RowTags tags,
    Randomness randomness,
    Consumer<Notice> notices) {
  Opening open(
      AutoCloseable claim,
      Database database,
      Path reserveFile,
      Instant now,
      List<Witnessed> witnessed) {
    Optional<RowTags> before = Retagging.unfinished(database, tags);
    return before.isEmpty()
        ? openAsItIs(claim, database, reserveFile, now, witnessed)
        : finished(before.get(), claim, database, reserveFile, now, witnessed);
  }

  /// A renewal of the key was begun, and the process died before the rows were under it.
  private Opening finished(
      RowTags before,
      AutoCloseable claim,
      Database database,
      Path reserveFile,
      Instant now,
      List<Witnessed> witnessed) {
    try {
      if (Retagging.wasDone(database, tags.tagger())) {
        return new Opening.RowsAltered(RowCheck.headForged().findings());
      }
    } catch (SQLException | Unreadable e) {
      return altered("the log can't be read: " + e.getMessage());
    }
    Opening opening =
        new LogOpening(outside, signer, before, randomness, notices)
            .openAsItIs(claim, database, reserveFile, now, witnessed);
    if (opening instanceof Opening.Opened(SqlLedger ledger, AuditReader _, State _)) {
      try {
        ledger.retag(tags.tagger(), now);
      } catch (RuntimeException e) {
        ledger.close();
        return new Opening.Failed("the rows can't be tagged anew: " + e.getMessage(), e);
      }
    }
    return opening;
  }

  private Opening openAsItIs(
      AutoCloseable claim,
      Database database,
      Path reserveFile,
      Instant now,
      List<Witnessed> witnessed) {
    try (Connection connection = database.writer()) {
      // Before the tables are brought up to date: only the program that wrote it can read it.
      if (isForged(reserveFile)) {
        return new Opening.RowsAltered(
            List.of(new RowFinding(RowFinding.Kind.RESERVE_FORGED, "reserve", "")));
      }
      if (Schema.migrate(connection, database.dialect(), now)
          instanceof Schema.Migration.Newer(int found)) {
        return new Opening.Refused(
            "the database has version %d, this program knows %d: it was written by a later Parano"
                .formatted(found, Schema.VERSION));
      }
      Optional<String> keptOutside = outside.newest();
      Optional<Head> head = Head.read(connection);
      if (head.isEmpty()) {
        Optional<Opening> ahead = WitnessCheck.objection(connection, 0, witnessed);
        return ahead.isPresent()
            ? ahead.get()
            : begin(claim, database, connection, reserveFile, keptOutside, now);
      }
      Optional<String> left = Departure.of(connection, head.get(), tags);
      if (left.isPresent()) {
        return new Opening.Refused(
            "the log was moved to %s: it is served from there".formatted(left.get()));
      }
      return switch (LogCheck.tail(connection, signer.key(), keptOutside)) {
        case LogCheck.Tail.Altered(String why, var findings) -> new Opening.Altered(why, findings);
        case LogCheck.Tail.Behind(long size, long kept) -> new Opening.Behind(size, kept);
        case LogCheck.Tail.Unwitnessed(long size) -> new Opening.Unwitnessed(size);
        case LogCheck.Tail.Whole _ -> {
          Optional<Opening> objection =
              WitnessCheck.objection(connection, head.get().frontier().size(), witnessed);
          yield objection.isPresent()
              ? objection.get()
              : rows(claim, database, connection, reserveFile, head.get(), keptOutside, now);
        }
      };
    } catch (SQLException e) {
      return database.fault(e) == Database.Fault.DAMAGED
          ? altered("the database file is damaged: " + e.getMessage())
          : new Opening.Failed("the database can't be used: " + e.getMessage(), e);
    } catch (IOException | LogUnread e) {
      return new Opening.Failed("the log can't be opened: " + e.getMessage(), e);
    } catch (Unreadable | Tiles.TileMissing e) {
      return altered(String.valueOf(e.getMessage()));
    }
  }

  /// There is no log here. There must be none anywhere else either.
  private Opening begin(
      AutoCloseable claim,
      Database database,
      Connection connection,
      Path reserveFile,
      Optional<String> keptOutside,
      Instant now)
      throws SQLException, IOException {
    if (keptOutside.isPresent()) {
      switch (CheckedCheckpoint.open(keptOutside.get(), signer.name(), signer.key())) {
        case CheckpointOutcome.Refused(String why) -> {
          return altered("the checkpoint kept outside: " + why);
        }
        case CheckpointOutcome.Genuine(CheckedCheckpoint kept) -> {
          if (kept.checkpoint().size() > 0) {
            return new Opening.Behind(0, kept.checkpoint().size());
          }
        }
      }
    }
    if (!Head.nothingBelow(connection)) {
      return altered("the log has lost its head");
    }
    // Outside first: from then on a log without a checkpoint kept outside has lost it.
    Checkpoint empty = new Checkpoint(signer.name(), 0, Merkle.emptyRoot());
    outside.keep(SignedNote.sign(empty.text(), signer), now);
    Head.begin(connection);
    return serve(
        claim,
        database,
        connection,
        reserveFile,
        new Found(
            Head.read(connection).orElseThrow(),
            tags.present(),
            RowBook.unbound(RowSets.empty()),
            opened(now),
            Opening.NewLog::new));
  }

  /// The log is whole; now for what it binds.
  private Opening rows(
      AutoCloseable claim,
      Database database,
      Connection connection,
      Path reserveFile,
      Head head,
      Optional<String> keptOutside,
      Instant now)
      throws SQLException, IOException {
    return switch (head.tag() == null
        ? adopted(connection, head, keptOutside, now)
        : bound(connection, head, now)) {
      case Judged.Refused(Opening why) -> why;
      case Judged.Sound(Found found) -> {
        Opening opening = serve(claim, database, connection, reserveFile, found);
        yield found.first() == null ? opening : signed(opening, now);
      }
    };
  }

  /// From the more refusing to the more allowing.
  private sealed interface Judged {
    record Refused(Opening why) implements Judged {}

    record Sound(Found found) implements Judged {}
  }

  private Judged adopted(
      Connection connection, Head head, Optional<String> keptOutside, Instant now)
      throws SQLException {
    return switch (Adoption.adopt(connection, tags, signer.key(), head, keptOutside)) {
      case Adoption.Adopted.Refused(Opening why) -> new Judged.Refused(why);
      case Adoption.Adopted.Tagged(RowSets sets, long before) ->
          new Judged.Sound(
              new Found(
                  head,
                  tags.present(),
                  RowBook.unbound(sets),
                  opened(now).with("adopted", Long.toString(before)),
                  Opening.Opened::new));
    };
  }

  private Judged bound(Connection connection, Head head, Instant now) throws SQLException {
    Optional<Layout> layout = tags.layout(head);
    if (layout.isPresent() && layout.get().version() < tags.present().version()) {
      return carried(connection, head, layout.get(), now);
    }
    return switch (RowCheck.check(connection, tags, head)) {
      case RowCheck.Checked.Altered(var findings) -> refused(findings);
      case RowCheck.Checked.Whole(RowSets sets) ->
          new Judged.Sound(
              new Found(head, tags.present(), RowBook.of(sets), null, Opening.Opened::new));
    };
  }

  private Judged carried(Connection connection, Head head, Layout layout, Instant now)
      throws SQLException {
    return switch (Upgrade.carryOver(connection, tags, head, layout)) {
      case Upgrade.Upgraded.Altered(var findings) -> refused(findings);
      case Upgrade.Upgraded.Carried(RowSets sets) ->
          new Judged.Sound(
              new Found(
                  head,
                  layout,
                  RowBook.carried(sets, layout, head),
                  opened(now)
                      .with("layout", Integer.toString(tags.present().version()))
                      .with("upgraded", Integer.toString(layout.version())),
                  Opening.Opened::new));
    };
  }

  private static Judged refused(List<RowFinding> findings) {
    return new Judged.Refused(new Opening.RowsAltered(findings));
  }

  /// The checkpoint outside is what keeps an adoption or an upgrade from being done twice.
  private static Opening signed(Opening opening, Instant now) {
    if (opening instanceof Opening.Opened(SqlLedger ledger, AuditReader _, State _)) {
      switch (ledger.checkpoint(now)) {
        case SqlLedger.Checkpointed.Failed(String why) -> {
          ledger.close();
          return new Opening.Refused("no checkpoint could be signed: " + why);
        }
        case SqlLedger.Checkpointed.NotOutside(String why) -> {
          ledger.close();
          return new Opening.Refused("a checkpoint could not be kept outside: " + why);
        }
        case SqlLedger.Checkpointed.Signed _, SqlLedger.Checkpointed.Unchanged _ -> {}
      }
    }
    return opening;
  }

  private static Event opened(Instant now) {
    return Event.at(now, EventType.LOG_OPENED, Outcome.DONE);
  }

  private boolean isForged(Path reserveFile) throws IOException {
    try (Reserve reserve = Reserve.open(reserveFile, Reserve.SIZE, tags)) {
      return reserve.forged();
    }
  }

  /// What was found, on the way to being served.
  ///
  /// @param head the one that was checked
  /// @param layout for which it is tagged
  /// @param first the entry that comes before all else; null for none
  private record Found(
      Head head, Layout layout, RowBook book, @Nullable Event first, Served served) {}

  private Opening serve(
      AutoCloseable claim, Database database, Connection connection, Path reserveFile, Found found)
      throws SQLException, IOException {
    long number = Head.takeOver(connection, found.head(), tags, found.layout());
    Reserve reserve = Reserve.open(reserveFile, Reserve.SIZE, tags);
    if (reserve.torn()) {
      notices.accept(new Notice.ReserveTorn());
    }
    LogWriter writer =
        new LogWriter(database, number, randomness, tags, found.book(), reserve, notices);
    if (writer.start(found.first()) instanceof LogWriter.Start.Failed(Throwable cause)) {
      reserve.close();
      return new Opening.Failed("the log can't be written: " + cause.getMessage(), cause);
    }
    try (Connection reader = database.reader()) {
      // One transaction: what is checked is what is read.
      reader.setAutoCommit(false);
      if (RowCheck.check(reader, tags, Head.read(reader).orElseThrow())
          instanceof RowCheck.Checked.Altered(var findings)) {
        writer.close();
        return new Opening.RowsAltered(findings);
      }
      State state = StateReader.read(reader);
      return found
          .served()
          .as(
              new SqlLedger(database, tags, writer, signer, outside, randomness, claim),
              new AuditReader(database, signer.key(), outside),
              state);
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private interface Served {
    Opening as(SqlLedger ledger, AuditReader reader, State state);
  }

  private static Opening altered(String why) {
    return new Opening.Altered(why, List.of());
  }
}

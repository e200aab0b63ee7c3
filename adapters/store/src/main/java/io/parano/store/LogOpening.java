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
import io.parano.kernel.Tagger;
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
    Tagger tagger,
    Randomness randomness,
    Consumer<Notice> notices) {
  Opening open(
      AutoCloseable claim,
      Database database,
      Path reserveFile,
      Instant now,
      List<Witnessed> witnessed) {
    Optional<Tagger> before = Retagging.unfinished(database, tagger);
    return before.isEmpty()
        ? openAsItIs(claim, database, reserveFile, now, witnessed)
        : finished(before.get(), claim, database, reserveFile, now, witnessed);
  }

  /// A renewal of the key was begun, and the process died before the rows were under it.
  private Opening finished(
      Tagger before,
      AutoCloseable claim,
      Database database,
      Path reserveFile,
      Instant now,
      List<Witnessed> witnessed) {
    try {
      if (Retagging.wasDone(database, tagger)) {
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
        ledger.retag(tagger, now);
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
        new Found(RowBook.unbound(RowSets.empty()), opened(now), Opening.NewLog::new));
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
    if (head.tag() != null) {
      return switch (RowCheck.check(connection, tags(), head)) {
        case RowCheck.Checked.Altered(var findings) -> new Opening.RowsAltered(findings);
        case RowCheck.Checked.Whole(RowSets sets) ->
            serve(
                claim,
                database,
                connection,
                reserveFile,
                new Found(RowBook.of(sets), null, Opening.Opened::new));
      };
    }
    return switch (Adoption.adopt(connection, tags(), signer.key(), head, keptOutside)) {
      case Adoption.Adopted.Refused(Opening why) -> why;
      case Adoption.Adopted.Tagged(RowSets sets, long before) ->
          signed(
              serve(
                  claim,
                  database,
                  connection,
                  reserveFile,
                  new Found(
                      RowBook.unbound(sets),
                      opened(now).with("adopted", Long.toString(before)),
                      Opening.Opened::new)),
              now);
    };
  }

  /// The checkpoint outside is what keeps an adoption from being done twice.
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

  private RowTags tags() {
    return new RowTags(tagger);
  }

  private boolean isForged(Path reserveFile) throws IOException {
    try (Reserve reserve = Reserve.open(reserveFile, Reserve.SIZE, tags())) {
      return reserve.forged();
    }
  }

  /// What was found, on the way to being served.
  ///
  /// @param first the entry that comes before all else; null for none
  private record Found(RowBook book, @Nullable Event first, Served served) {}

  private Opening serve(
      AutoCloseable claim, Database database, Connection connection, Path reserveFile, Found found)
      throws SQLException, IOException {
    RowTags tags = tags();
    long number = Head.takeOver(connection, Head.read(connection).orElseThrow(), tags);
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

package io.parano.store;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.Event;
import io.parano.audit.Frontier;
import io.parano.audit.NoteSigner;
import io.parano.audit.Receipt;
import io.parano.audit.Receipts;
import io.parano.audit.SignedNote;
import io.parano.kernel.Randomness;
import io.parano.kernel.SessionId;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ledger in SQL. [SqliteLog#open] makes one.
public final class SqlLedger implements Ledger, AutoCloseable {
  private static final Duration CERTIFICATES_KEPT = Duration.ofHours(1);

  /// Sessions in one transaction: a few milliseconds of the writer's time.
  private static final int SEEN_AT_ONCE = 500;

  /// One checkpoint is kept for every 65,536 entries, besides the last.
  static final int ERA_BITS = 16;

  /// Where the newest cosigned one is kept besides: the last may not be cosigned yet.
  private static final long COSIGNED = -1;

  private final Database database;
  private final RowTags tags;
  private final LogWriter writer;
  private NoteSigner signer;
  private final Object tagging = new Object();
  private final KeptOutside outside;
  private final Randomness randomness;
  private final AutoCloseable claim;
  private List<NoteSigner> signers;
  private long signedSize;
  private @Nullable String notYetOutside;

  SqlLedger(
      Database database,
      RowTags tags,
      LogWriter writer,
      NoteSigner signer,
      KeptOutside outside,
      Randomness randomness,
      AutoCloseable claim) {
    this.database = database;
    this.tags = tags;
    this.writer = writer;
    this.signer = signer;
    this.signers = List.of(signer);
    this.outside = outside;
    this.randomness = randomness;
    this.claim = claim;
    this.signedSize = -1;
  }

  @Override
  public Receipt commit(Event event, List<Change> changes) {
    return record(event, Write.of(changes));
  }

  @Override
  public void withdraw(Event event, List<Change> changes) {
    UUID id = Columns.uuid(randomness.bytes(16));
    // Settled one way or another: durable, in the reserve, or told to the operator.
    writer.submit(new Pending(event, Write.of(changes), id));
  }

  @Override
  public void seen(Map<SessionId, Instant> lastSeen) {
    List<Write> writes = new ArrayList<>(Math.min(lastSeen.size(), SEEN_AT_ONCE));
    lastSeen.forEach((session, at) -> {
      writes.add(Write.seen(session, at));
      if (writes.size() == SEEN_AT_ONCE) {
        write(List.copyOf(writes));
        writes.clear();
      }
    });
    if (!writes.isEmpty()) {
      write(List.copyOf(writes));
    }
  }

  /// Forgets sessions that ended by their own time before `now`, and SSH certificates an hour after
  /// the last connection that they opened must have ended.
  public void sweep(Instant now) {
    Instant earlier = now.minus(CERTIFICATES_KEPT);
    write(
        List.of(
            Write.of(Sql.SWEEP_SESSIONS, Columns.micros(now)),
            Write.of(Sql.SWEEP_LEASES, Columns.micros(now)),
            Write.of(Sql.SWEEP_CERTIFICATES, Columns.micros(earlier))));
  }

  /// From the most troubling to the least.
  public sealed interface RowsChecked {
    /// Somebody else has written to the database.
    record Altered(List<RowFinding> findings) implements RowsChecked {
      public Altered {
        findings = List.copyOf(findings);
      }
    }

    /// The database can't be read just now.
    record Failed(String why) implements RowsChecked {}

    record Whole() implements RowsChecked {}
  }

  /// Compares every row from which a grant could follow with what this server wrote. To be called
  /// every minute: what is served stands in memory, and this is how a change below it is noticed
  /// before the next start.
  public RowsChecked checkRows() {
    synchronized (tagging) {
      return checked();
    }
  }

  /// Tags every row anew under `tagger`, in one transaction that the log tells of. Whoever writes
  /// meanwhile waits: two seconds with 100,000 sessions. Throws [Unavailable], and then nothing
  /// changed.
  public void retag(Tagger tagger, Instant now) {
    synchronized (tagging) {
      if (writer.submit(Pending.retagging(Retagging.event(tagger, now), tagger))
          instanceof Pending.Settled.Failed(Throwable cause)) {
        throw failure(cause);
      }
    }
  }

  private RowsChecked checked() {
    long least = writer.durable().size();
    try (Connection connection = database.reader()) {
      connection.setAutoCommit(false);
      Head head =
          Head.read(connection).orElseThrow(() -> new Unreadable("the log has lost its head"));
      if (head.frontier().size() < least || head.writer() != writer.number()) {
        return new RowsChecked.Altered(
            List.of(new RowFinding(RowFinding.Kind.PUT_BACK, "head", "")));
      }
      return switch (RowCheck.check(connection, tags, head)) {
        case RowCheck.Checked.Altered(var findings) -> new RowsChecked.Altered(findings);
        case RowCheck.Checked.Whole _ -> new RowsChecked.Whole();
      };
    } catch (Unreadable e) {
      return new RowsChecked.Altered(RowCheck.headForged().findings());
    } catch (SQLException e) {
      return database.fault(e) == Database.Fault.DAMAGED
          ? new RowsChecked.Altered(RowCheck.headForged().findings())
          : new RowsChecked.Failed(String.valueOf(e.getMessage()));
    }
  }

  /// From the most troubling to the least.
  public sealed interface Checkpointed {
    /// Nothing could be signed, since the signature could not be kept first.
    record Failed(String why) implements Checkpointed {}

    /// Signed and kept in the database, but not outside: tried again with the next call.
    record NotOutside(String why) implements Checkpointed {}

    /// Signed and kept in both places.
    record Signed(String note, long size) implements Checkpointed {}

    /// Nothing was appended since the last one.
    record Unchanged() implements Checkpointed {}
  }

  /// Signs the log as it stands, when it grew, and keeps the signature in the database and then
  /// outside. To be called every ten seconds: what comes after the last one kept outside could be
  /// cut off unnoticed.
  public synchronized Checkpointed checkpoint(Instant now) {
    Frontier end = writer.durable();
    if (end.size() != signedSize) {
      String note =
          SignedNote.sign(
              new Checkpoint(signer.name(), end.size(), end.root()).text(),
              signers.toArray(NoteSigner[]::new));
      try {
        write(List.of(Write.of(Sql.PUT_CHECKPOINT, end.size() >> ERA_BITS, end.size(), note)));
      } catch (Unavailable e) {
        return new Checkpointed.Failed(String.valueOf(e.getMessage()));
      }
      signedSize = end.size();
      notYetOutside = note;
    }
    String note = notYetOutside;
    if (note == null) {
      return new Checkpointed.Unchanged();
    }
    try {
      outside.keep(note, now);
    } catch (IOException e) {
      return new Checkpointed.NotOutside(String.valueOf(e.getMessage()));
    }
    notYetOutside = null;
    return new Checkpointed.Signed(note, signedSize);
  }

  /// Signs by all of `by` from now on, and puts the missing lines under every note that is kept, in
  /// the database and outside. The log's own key, by which its notes are checked, must be among
  /// them. Done again, it changes nothing.
  public synchronized Checkpointed signBy(List<NoteSigner> by, Instant now) {
    if (by.stream().noneMatch(one -> one.key().equals(signer.key()))) {
      throw new IllegalArgumentException("the log's own key signs as long as it is the log's");
    }
    signers = List.copyOf(by);
    if (signers.size() == 1) {
      return new Checkpointed.Unchanged();
    }
    try {
      for (KeptNote kept : KeptNote.all(database)) {
        String signed = countersigned(kept.note());
        if (!signed.equals(kept.note())) {
          write(List.of(Write.of(Sql.PUT_CHECKPOINT, kept.era(), kept.size(), signed)));
        }
      }
      signedSize = -1;
      Optional<String> newest = outside.newest();
      if (newest.isPresent()) {
        outside.keep(countersigned(newest.get()), now);
      }
      return checkpoint(now);
    } catch (Unavailable | SQLException e) {
      return new Checkpointed.Failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Checkpointed.NotOutside(String.valueOf(e.getMessage()));
    }
  }

  /// Goes on as the log of `newer` alone, which has signed every note that is kept: [#signBy] came
  /// before, and was through.
  public synchronized Checkpointed signByAlone(NoteSigner newer, Instant now) {
    if (signers.stream().noneMatch(one -> one.key().equals(newer.key()))) {
      throw new IllegalArgumentException("what is kept is not signed by " + newer.key());
    }
    signer = newer;
    signers = List.of(newer);
    signedSize = -1;
    return checkpoint(now);
  }

  private String countersigned(String note) {
    return switch (CheckedCheckpoint.open(note, signer.name(), signer.key())) {
      case CheckpointOutcome.Refused(String why) ->
          throw new Unavailable("a checkpoint that is kept: " + why, new Unreadable(why));
      case CheckpointOutcome.Genuine _ ->
          SignedNote.countersign(note, signers.toArray(NoteSigner[]::new));
    };
  }

  /// Keeps a checkpoint of this log that witnesses have cosigned, instead of the one over the same
  /// entries that they have not.
  public synchronized Checkpointed cosigned(CosignedCheckpoint checkpoint, Instant now) {
    String note = checkpoint.signed().note();
    long size = checkpoint.signed().checkpoint().size();
    try {
      write(
          List.of(
              Write.of(Sql.COSIGN_CHECKPOINT, note, size),
              Write.of(Sql.PUT_CHECKPOINT, COSIGNED, size, note)));
      if (size == signedSize) {
        outside.keep(note, now);
        notYetOutside = null;
      }
      return new Checkpointed.Signed(note, size);
    } catch (Unavailable e) {
      return new Checkpointed.Failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Checkpointed.NotOutside(String.valueOf(e.getMessage()));
    }
  }

  /// Finishes what is under way and gives the data directory free. Later calls find the log
  /// [Unavailable].
  @Override
  public void close() {
    writer.close();
    database.close();
    try {
      claim.close();
    } catch (Exception e) {
      throw new IllegalStateException("the data directory can't be given free", e);
    }
  }

  private Receipt record(Event event, List<Write> writes) {
    return switch (writer.submit(new Pending(event, writes, null))) {
      case Pending.Settled.Durable(long index) -> Receipts.committed(index);
      case Pending.Settled.Reserved _ ->
          throw new IllegalStateException("only what takes away goes to the reserve");
      case Pending.Settled.Failed(Throwable cause) -> throw failure(cause);
    };
  }

  private void write(List<Write> writes) {
    if (writer.submit(new Pending(null, writes, null))
        instanceof Pending.Settled.Failed(Throwable cause)) {
      throw failure(cause);
    }
  }

  /// Made anew in the caller's thread, so that its stack trace says who asked.
  private static RuntimeException failure(Throwable cause) {
    return cause instanceof Unavailable
        ? new Unavailable("the log can't be written: " + cause.getMessage(), cause)
        : new IllegalStateException(cause.getMessage(), cause);
  }
}

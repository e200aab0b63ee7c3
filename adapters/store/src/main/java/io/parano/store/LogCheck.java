package io.parano.store;

import io.parano.audit.Anchor;
import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.Finding;
import io.parano.audit.Frontier;
import io.parano.audit.HashReader;
import io.parano.audit.LogVerifier;
import io.parano.audit.NoteKey;
import io.parano.audit.Progress;
import io.parano.audit.Proofs;
import io.parano.audit.Tiles;
import io.parano.audit.Verdict;
import io.parano.kernel.Digest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the log with its own signed checkpoint, with the one kept outside, and with its head.
///
/// [#tail] is for the start: it reads what came after the log's own checkpoint, and of the rest
/// only the few hashes that lead to the checkpoints. [#whole] reads everything.
final class LogCheck {
  private static final String BESIDE = "the checkpoint in the database";
  private static final String OUTSIDE = "the checkpoint kept outside";
  private static final String HEAD = "the log's head";

  private final Connection connection;
  private final NoteKey key;
  private final Head head;
  private final SqlTiles tiles;
  private final HashReader hashes;

  private LogCheck(Connection connection, NoteKey key) throws SQLException {
    this.connection = connection;
    this.key = key;
    this.head =
        Head.read(connection).orElseThrow(() -> new Unreadable("the log has lost its head"));
    this.tiles = new SqlTiles(connection);
    this.hashes = Tiles.hashes(tiles, head.frontier().size());
  }

  /// From the most refusing to the most allowing.
  sealed interface Tail {
    record Altered(String why, List<Finding> findings) implements Tail {}

    record Behind(long size, long keptOutside) implements Tail {}

    record Unwitnessed(long size) implements Tail {}

    record Whole() implements Tail {}
  }

  static Tail tail(Connection connection, NoteKey key, Optional<String> outside)
      throws SQLException {
    try {
      return new LogCheck(connection, key).tail(storedNote(connection), outside);
    } catch (Unreadable | Tiles.TileMissing | IllegalArgumentException e) {
      return new Tail.Altered(String.valueOf(e.getMessage()), List.of());
    }
  }

  static Verdict whole(
      Connection connection, NoteKey key, Optional<String> outside, Progress progress)
      throws SQLException {
    List<String> stored = storedNotes(connection);
    return new LogCheck(connection, key).whole(stored, outside, progress);
  }

  /// The note of the last signed checkpoint.
  static Optional<String> storedNote(Connection connection) throws SQLException {
    List<String> notes = storedNotes(connection);
    return notes.isEmpty() ? Optional.empty() : Optional.of(notes.getLast());
  }

  /// The signed notes that are kept, oldest first. Of two over the same entries the cosigned one
  /// comes last: it says more.
  static List<String> storedNotes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT note FROM checkpoint ORDER BY size, era DESC")) {
      List<String> notes = new ArrayList<>();
      while (row.next()) {
        notes.add(row.getString(1));
      }
      return notes;
    }
  }

  private Tail tail(Optional<String> storedNote, Optional<String> outsideNote) throws SQLException {
    long size = head.frontier().size();
    if (outsideNote.isEmpty() && storedNote.isPresent()) {
      return new Tail.Unwitnessed(size);
    }
    @Nullable Anchor outside = outsideNote.map(note -> anchor(note, OUTSIDE)).orElse(null);
    if (outside != null && sizeOf(outside) > size) {
      return new Tail.Behind(size, sizeOf(outside));
    }
    @Nullable Anchor stored = storedNote.map(note -> anchor(note, BESIDE)).orElse(null);
    long start = stored == null ? 0 : sizeOf(stored);
    if (start > size) {
      throw new Unreadable("%s counts %d entries, %s %d".formatted(HEAD, size, BESIDE, start));
    }
    if (stored != null) {
      match(stored);
    }
    if (outside != null && sizeOf(outside) < start) {
      match(outside);
    }
    return read(start, outside == null ? List.of() : List.of(outside));
  }

  private Tail read(long start, List<Anchor> anchors) throws SQLException {
    LogVerifier verifier = new LogVerifier(frontier(start), tiles, anchors, entries -> {});
    List<Finding> findings = new ArrayList<>();
    LogRows.feed(connection, verifier, findings, start, Long.MAX_VALUE);
    compareWithHead(verifier, findings, start);
    return switch (and(verifier.finish(), findings)) {
      case Verdict.Holds _ -> new Tail.Whole();
      case Verdict.Broken broken ->
          new Tail.Altered(
              "after its first %d entries the log is not what was written: %s"
                  .formatted(start, broken.findings().getFirst()),
              broken.findings());
    };
  }

  private Verdict whole(List<String> storedNotes, Optional<String> outsideNote, Progress progress)
      throws SQLException {
    List<Anchor> anchors = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    storedNotes.forEach(note -> anchor(note, BESIDE, anchors, findings));
    outsideNote.ifPresent(note -> anchor(note, OUTSIDE, anchors, findings));
    LogVerifier verifier = new LogVerifier(Frontier.empty(), tiles, anchors, progress);
    LogRows.feed(connection, verifier, findings, 0, head.frontier().size());
    compareWithHead(verifier, findings, 0);
    return and(verifier.finish(), findings);
  }

  private static Verdict and(Verdict verdict, List<Finding> findings) {
    if (findings.isEmpty()) {
      return verdict;
    }
    List<Finding> all = new ArrayList<>(findings);
    if (verdict instanceof Verdict.Broken(var found, long more, var summary)) {
      all.addAll(0, found);
      return new Verdict.Broken(List.copyOf(all), more, summary);
    }
    return new Verdict.Broken(List.copyOf(all), 0, verdict.summary());
  }

  /// What comes after the last checkpoint has nothing but the head to tell what it was.
  private void compareWithHead(LogVerifier verifier, List<Finding> findings, long from) {
    long size = head.frontier().size();
    long found = verifier.length();
    if (found < size) {
      findings.add(new Finding.Truncated(found, size, HEAD));
    } else if (found > size || !rootIsTheHeads()) {
      findings.add(new Finding.Rewritten(from, found, HEAD, false));
    }
  }

  private boolean rootIsTheHeads() {
    try {
      return Proofs.root(head.frontier().size(), hashes).equals(head.frontier().root());
    } catch (Tiles.TileMissing e) {
      return false;
    }
  }

  private void match(Anchor anchor) {
    if (!Proofs.root(sizeOf(anchor), hashes).equals(anchor.signed().checkpoint().root())) {
      throw new Unreadable(
          "the first %d entries are not the ones over which %s was signed"
              .formatted(sizeOf(anchor), anchor.name()));
    }
  }

  /// The roots of the full subtrees that the first `size` entries consist of, largest first.
  private Frontier frontier(long size) {
    List<Digest> peaks = new ArrayList<>();
    long before = 0;
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      int level = 63 - Long.numberOfLeadingZeros(rest);
      peaks.add(hashes.hash(level, before >>> level));
      before += 1L << level;
    }
    return Frontier.of(size, peaks);
  }

  private Anchor anchor(String note, String name) {
    List<Anchor> anchors = new ArrayList<>();
    List<Finding> refused = new ArrayList<>();
    anchor(note, name, anchors, refused);
    if (refused.isEmpty()) {
      return anchors.getFirst();
    }
    throw new Unreadable(refused.getFirst().toString());
  }

  private void anchor(String note, String name, List<Anchor> anchors, List<Finding> refused) {
    switch (CheckedCheckpoint.open(note, key.name(), key)) {
      case CheckpointOutcome.Refused(String why) ->
          refused.add(new Finding.CheckpointRefused(name, why));
      case CheckpointOutcome.Genuine(CheckedCheckpoint checked) ->
          anchors.add(
              new Anchor(
                  name,
                  name.equals(OUTSIDE) ? Anchor.Kept.ELSEWHERE : Anchor.Kept.BESIDE_THE_LOG,
                  checked));
    }
  }

  private static long sizeOf(Anchor anchor) {
    return anchor.signed().checkpoint().size();
  }
}

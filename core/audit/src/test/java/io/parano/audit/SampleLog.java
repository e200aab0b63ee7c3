package io.parano.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A log like those we keep: every third entry has no personal data.
final class SampleLog {
  static final String ORIGIN = "parano.example/audit";
  static final Signing LOG = Signing.of(ORIGIN, 1);
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

  private final List<byte[]> leaves = new ArrayList<>();
  private final List<StoredEntry.@Nullable PersonalData> personal = new ArrayList<>();

  static SampleLog of(int entries) {
    SampleLog log = new SampleLog();
    for (int i = 0; i < entries; i++) {
      log.append(event(i), i);
    }
    return log;
  }

  static Event event(int i) {
    Event event =
        Event.at(START.plusSeconds(i), EventType.PASS, Outcome.DONE)
            .by(new PersonId(new UUID(i % 7, 1)))
            .on("https://intranet.example/" + i);
    return i % 3 == 0 ? event : event.from("web", IpAddress.parse("192.0.2." + i % 250));
  }

  static byte[] salt(int i) {
    return ByteBuffer.allocate(32).putInt(i).array();
  }

  SampleLog append(Event event, int claimed) {
    Entry entry = Entry.of(event, claimed, salt(claimed));
    byte[] json = entry.personal();
    leaves.add(entry.leaf());
    personal.add(
        json == null ? null : new StoredEntry.PersonalData(Bytes.of(entry.salt()), Bytes.of(json)));
    return this;
  }

  int size() {
    return leaves.size();
  }

  byte[] leaf(int i) {
    return leaves.get(i);
  }

  StoredEntry stored(int i) {
    return new StoredEntry(i, Bytes.of(leaves.get(i)), Merkle.leaf(leaves.get(i)), personal.get(i));
  }

  Digest root(long size) {
    Frontier frontier = Frontier.empty();
    for (byte[] leaf : leaves.subList(0, (int) size)) {
      frontier = frontier.append(Merkle.leaf(leaf));
    }
    return frontier.root();
  }

  /// The signed note over the first `size` entries.
  String note(long size) {
    return SignedNote.sign(new Checkpoint(ORIGIN, size, root(size)).text(), LOG);
  }

  Anchor anchor(long size, Anchor.Kept kept) {
    if (CheckedCheckpoint.open(note(size), ORIGIN, LOG.key())
        instanceof CheckpointOutcome.Genuine(CheckedCheckpoint signed)) {
      return new Anchor("at " + size, kept, signed);
    }
    throw new IllegalStateException("our own note is not genuine");
  }

  NoteFile noteFile(long size) {
    return new NoteFile("kept-" + size, Bytes.of(note(size).getBytes(UTF_8)));
  }

  /// The export's files, with earlier checkpoints of these sizes in it.
  Map<String, byte[]> export(long... earlier) {
    Map<String, byte[]> files = new TreeMap<>();
    ExportWriter writer = new ExportWriter(files::put);
    for (int i = 0; i < leaves.size(); i++) {
      writer.entry(leaves.get(i), personal.get(i));
    }
    writer.finish(note(leaves.size()), LongStream.of(earlier).mapToObj(this::note).toList());
    return files;
  }

  /// A log whose entry `i` was changed, its hashes and its place left to the writer.
  SampleLog with(int i, UnaryOperator<Event> change) {
    SampleLog other = new SampleLog();
    for (int j = 0; j < leaves.size(); j++) {
      other.append(j == i ? change.apply(event(j)) : event(j), j);
    }
    return other;
  }
}

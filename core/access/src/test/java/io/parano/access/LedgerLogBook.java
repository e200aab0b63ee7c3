package io.parano.access;

import io.parano.audit.Entry;
import io.parano.audit.StoredEntry;
import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The log of a ledger in memory, in the order in which it was written; nothing of it is signed. */
record LedgerLogBook(MemoryLedger ledger) implements LogBook {
  @Override
  public List<Line> read(Query query) {
    return after(-1, Integer.MAX_VALUE).reversed().stream().limit(query.limit()).toList();
  }

  @Override
  public List<Line> after(long index, int most) {
    return entries(index + 1, Long.MAX_VALUE).stream()
        .limit(most)
        .map(entry ->
            new Line(
                entry.at(), new String(entry.leaf().copy(), StandardCharsets.UTF_8), "personal"))
        .toList();
  }

  @Override
  public Optional<Signed> signed() {
    return Optional.empty();
  }

  @Override
  public List<StoredEntry> entries(long from, long until) {
    var events = ledger.events();
    return LongStream.range(from, Math.min(until, events.size()))
        .mapToObj(index ->
            new StoredEntry(
                index,
                Bytes.of(Entry.of(events.get((int) index), index, new byte[32]).leaf()),
                null,
                new StoredEntry.PersonalData(Bytes.of(new byte[32]), Bytes.of(new byte[] {1}))))
        .toList();
  }
}

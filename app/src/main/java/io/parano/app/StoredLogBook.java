package io.parano.app;

import io.parano.access.Books;
import io.parano.access.LogBook;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.StoredEntry;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.store.AuditReader;
import io.parano.store.Criterion;
import io.parano.store.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The log as operators search it: their words become the store's criteria.
final class StoredLogBook implements LogBook {
  private static final int MOST = 1_000;

  /// What one answer of an export holds: enough that asking costs little, and little to hold.
  private static final int AT_ONCE = 4_096;

  private static final int BYTES_AT_ONCE = 1 << 20;

  private final AuditReader reader;
  private final Books books;

  StoredLogBook(AuditReader reader, Books books) {
    this.reader = reader;
    this.books = books;
  }

  @Override
  public List<Line> read(Query query) {
    List<Criterion> criteria = criteria(query);
    int most = Math.clamp(query.limit(), 1, MOST);
    List<LogEntry> entries =
        query.before() == null
            ? reader.newest(criteria, most)
            : reader.before(query.before(), criteria, most);
    return entries.stream().map(StoredLogBook::line).toList();
  }

  @Override
  public List<Line> after(long index, int most) {
    return reader.after(index, Math.clamp(most, 1, MOST)).stream()
        .map(StoredLogBook::line)
        .toList();
  }

  @Override
  public Optional<Signed> signed() {
    List<String> notes = reader.checkpoints();
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Signed(
                reader.sizeOf(notes.getLast()),
                notes.getLast(),
                notes.subList(0, notes.size() - 1)));
  }

  @Override
  public List<StoredEntry> entries(long from, long until) {
    return reader.entries(from, until, AT_ONCE, BYTES_AT_ONCE);
  }

  private List<Criterion> criteria(Query query) {
    List<Criterion> criteria = new ArrayList<>();
    if (!query.type().isEmpty()) {
      criteria.add(new Criterion.Type(word(EventType.class, query.type())));
    }
    if (!query.outcome().isEmpty()) {
      criteria.add(new Criterion.Ended(word(Outcome.class, query.outcome())));
    }
    if (!query.reason().isEmpty()) {
      criteria.add(new Criterion.Because(word(Reason.class, query.reason())));
    }
    if (!query.actor().isEmpty()) {
      criteria.add(new Criterion.By(person(query.actor())));
    }
    if (!query.resource().isEmpty()) {
      criteria.add(new Criterion.Touching(query.resource()));
    }
    if (query.from() != null) {
      criteria.add(new Criterion.From(query.from()));
    }
    if (query.until() != null) {
      criteria.add(new Criterion.Until(query.until()));
    }
    return criteria;
  }

  private PersonId person(String name) {
    return books
        .roster()
        .named(name)
        .orElseThrow(
            () -> new IllegalArgumentException("nobody on the staff is called \"" + name + "\""))
        .id();
  }

  /// A code of a closed vocabulary, such as `source-unlisted`.
  private static <E extends Enum<E>> E word(Class<E> vocabulary, String code) {
    try {
      return Enum.valueOf(vocabulary, code.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a word of the log's vocabulary, found \"" + code + "\"", e);
    }
  }

  private static Line line(LogEntry entry) {
    return new Line(
        entry.index(),
        new String(entry.leaf().copy(), StandardCharsets.UTF_8),
        entry.personal() == null
            ? ""
            : new String(entry.personal().copy(), StandardCharsets.UTF_8));
  }
}

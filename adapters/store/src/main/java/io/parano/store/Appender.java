package io.parano.store;

import io.parano.audit.Entry;
import io.parano.audit.Event;
import io.parano.audit.Frontier;
import io.parano.audit.Tiles;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Tagger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one connection that writes, with its statements prepared and the log's end in memory. A
/// group is one transaction; the head moves by compare-and-set in it, so that a writer that was
/// replaced appends nothing. Used by one thread.
final class Appender implements AutoCloseable {
  /// Outsiders choose some of them; the column is for searching.
  private static final int LONGEST_RESOURCE = 2_047;

  private final Connection connection;
  private final long writer;
  private final Randomness randomness;
  private final PreparedStatement insertEntry;
  private final PreparedStatement insertPersonal;
  private final PreparedStatement insertTile;
  private final PreparedStatement moveHead;
  private final RowTags tags;
  private final RowBook book;
  private final Rows rows;
  private Frontier frontier = Frontier.empty();
  private GrowingTiles tiles = new GrowingTiles();
  private @Nullable Bytes tag;

  private Appender(
      Connection connection, long writer, Randomness randomness, RowTags tags, RowBook book)
      throws SQLException {
    this.connection = connection;
    this.writer = writer;
    this.randomness = randomness;
    this.tags = tags;
    this.book = book;
    this.rows = new Rows(connection, tags);
    insertEntry =
        connection.prepareStatement(
            "INSERT INTO entry (idx, at, type, outcome, actor, resource, reason, hash, leaf)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insertPersonal =
        connection.prepareStatement(
            "INSERT INTO personal (idx, about, salt, content) VALUES (?, ?, ?, ?)");
    insertTile =
        connection.prepareStatement(
            "INSERT INTO tile (level, n, root, hashes) VALUES (?, ?, ?, ?)");
    moveHead =
        connection.prepareStatement(
            "UPDATE head SET size = ?, root = ?, peaks = ?, sets = ?, tag = ?"
                + " WHERE id = 1 AND writer = ? AND size = ? AND tag IS NOT DISTINCT FROM ?");
  }

  /// @param book what the rows below the head add up to
  static Appender open(
      Database database, long writer, Randomness randomness, RowTags tags, RowBook book)
      throws SQLException {
    Connection connection = database.writer();
    try {
      Appender appender = new Appender(connection, writer, randomness, tags, book);
      appender.reload();
      return appender;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// The log's end as of the last group that was durable.
  Frontier frontier() {
    return frontier;
  }

  /// Makes `group` durable: its entries from [#frontier]'s size on, in order, and its changes. When
  /// this throws, call [#recover] before anything else.
  void append(List<Pending> group) throws SQLException {
    Frontier grown = frontier;
    boolean personal = false;
    for (Pending pending : group) {
      Event event = pending.event;
      if (event != null) {
        Draft draft = pending.draft;
        if (draft == null || draft.index() != grown.size()) {
          draft = Draft.of(event, grown.size(), randomness);
        }
        addEntry(event, draft);
        personal |= addPersonal(event, draft);
        grown = grown.append(draft.hash(), tiles);
      }
    }
    if (grown.size() > frontier.size()) {
      insertEntry.executeBatch();
      if (personal) {
        insertPersonal.executeBatch();
      }
      keepTiles();
    }
    Tagger retag = group.isEmpty() ? null : group.getFirst().retag;
    RowTags under = retag == null ? tags : tags.under(retag);
    RowSets sets =
        retag == null ? book.begin() : book.begin(Retagging.rows(connection, tags, under), under);
    if (retag != null) {
      rows.forget();
    }
    for (Pending pending : group) {
      apply(pending, sets);
    }
    Bytes moved = moveHead(grown, sets, under);
    connection.commit();
    frontier = grown;
    tag = moved;
    book.keep(tags);
  }

  /// Whether the act of that id was recorded, at whatever attempt.
  boolean holds(UUID withdrawal) throws SQLException {
    return rows.find(Table.WITHDRAWN, withdrawn(withdrawal).values()) != null;
  }

  /// Forgets a group that failed, and reads from the database where the log really ends.
  void recover() throws SQLException {
    connection.rollback();
    insertEntry.clearBatch();
    insertPersonal.clearBatch();
    rows.forget();
    reload();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void reload() throws SQLException {
    Head head =
        Head.read(connection).orElseThrow(() -> new Unreadable("the log has lost its head"));
    if (head.writer() != writer) {
      throw new SQLException("another server has taken the log over");
    }
    book.follow(head, tags);
    frontier = head.frontier();
    tag = head.tag();
    tiles = GrowingTiles.of(new SqlTiles(connection), frontier.size());
    connection.commit();
  }

  private void addEntry(Event event, Draft draft) throws SQLException {
    Reason reason = event.reason();
    insertEntry.setLong(1, draft.index());
    insertEntry.setLong(2, Entry.micros(event.at()));
    insertEntry.setString(3, event.type().code());
    insertEntry.setString(4, event.outcome().code());
    setId(insertEntry, 5, event.actor());
    insertEntry.setString(6, beginning(event.resource()));
    insertEntry.setString(7, reason == null ? null : reason.code());
    insertEntry.setBytes(8, draft.hash().bytes());
    insertEntry.setBytes(9, draft.leaf());
    insertEntry.addBatch();
  }

  private boolean addPersonal(Event event, Draft draft) throws SQLException {
    byte[] personal = draft.personal();
    if (personal == null) {
      return false;
    }
    insertPersonal.setLong(1, draft.index());
    setId(insertPersonal, 2, event.about());
    insertPersonal.setBytes(3, draft.salt());
    insertPersonal.setBytes(4, personal);
    insertPersonal.addBatch();
    return true;
  }

  private void keepTiles() throws SQLException {
    for (GrowingTiles.Full tile : tiles.takeFull()) {
      insertTile.setLong(1, tile.level());
      insertTile.setLong(2, tile.n());
      insertTile.setBytes(3, tile.root().bytes());
      insertTile.setBytes(4, tile.hashes());
      insertTile.executeUpdate();
    }
  }

  /// From the head that this writer left, and from no other.
  private Bytes moveHead(Frontier grown, RowSets sets, RowTags under) throws SQLException {
    byte[] sealed = sets.sealed(under).copy();
    byte[] moved = under.head(writer, grown, sealed);
    moveHead.setLong(1, grown.size());
    moveHead.setBytes(2, grown.root().bytes());
    moveHead.setBytes(3, Tiles.encodeHashes(grown.peaks()));
    moveHead.setBytes(4, sealed);
    moveHead.setBytes(5, moved);
    moveHead.setLong(6, writer);
    moveHead.setLong(7, frontier.size());
    moveHead.setBytes(8, tag == null ? null : tag.copy());
    if (moveHead.executeUpdate() != 1) {
      throw new SQLException(
          "the log's head is not the one that was left: another server has taken the log over, or"
              + " somebody has written to the database");
    }
    return Bytes.of(moved);
  }

  private void apply(Pending pending, RowSets sets) throws SQLException {
    for (Write write : pending.writes) {
      rows.apply(write, sets);
    }
    if (pending.withdrawal != null) {
      rows.apply(withdrawn(pending.withdrawal), sets);
    }
  }

  private static Write withdrawn(UUID id) {
    return Write.of(Sql.WITHDRAW, (Object) Columns.id(id));
  }

  /// As much as the leaf shows of a long value.
  static String beginning(String text) {
    String kept = text.length() <= LONGEST_RESOURCE ? text : text.substring(0, LONGEST_RESOURCE);
    // PostgreSQL has no text with a zero in it.
    return kept.replace('\0', '\ufffd');
  }

  private static void setId(PreparedStatement statement, int place, @Nullable PersonId person)
      throws SQLException {
    statement.setBytes(place, person == null ? null : Columns.id(person.value()));
  }
}

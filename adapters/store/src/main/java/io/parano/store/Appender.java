package io.parano.store;

import io.parano.audit.Entry;
import io.parano.audit.Event;
import io.parano.audit.Frontier;
import io.parano.audit.Tiles;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private final PreparedStatement insertWithdrawn;
  private final PreparedStatement selectWithdrawn;
  private final Map<Sql, PreparedStatement> statements = new EnumMap<>(Sql.class);
  private Frontier frontier = Frontier.empty();
  private GrowingTiles tiles = new GrowingTiles();

  private Appender(Connection connection, long writer, Randomness randomness) throws SQLException {
    this.connection = connection;
    this.writer = writer;
    this.randomness = randomness;
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
            "UPDATE head SET size = ?, root = ?, peaks = ?"
                + " WHERE id = 1 AND writer = ? AND size = ?");
    insertWithdrawn = connection.prepareStatement("INSERT INTO withdrawn (id) VALUES (?)");
    selectWithdrawn = connection.prepareStatement("SELECT 1 FROM withdrawn WHERE id = ?");
  }

  static Appender open(Database database, long writer, Randomness randomness) throws SQLException {
    Connection connection = database.writer();
    try {
      Appender appender = new Appender(connection, writer, randomness);
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
    moveHead(grown);
    for (Pending pending : group) {
      apply(pending);
    }
    connection.commit();
    frontier = grown;
  }

  /// Whether the act of that id was recorded, at whatever attempt.
  boolean holds(UUID withdrawal) throws SQLException {
    selectWithdrawn.setBytes(1, Columns.id(withdrawal));
    try (ResultSet row = selectWithdrawn.executeQuery()) {
      return row.next();
    }
  }

  /// Forgets a group that failed, and reads from the database where the log really ends.
  void recover() throws SQLException {
    connection.rollback();
    insertEntry.clearBatch();
    insertPersonal.clearBatch();
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
    frontier = head.frontier();
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

  private void moveHead(Frontier grown) throws SQLException {
    moveHead.setLong(1, grown.size());
    moveHead.setBytes(2, grown.root().bytes());
    moveHead.setBytes(3, Tiles.encodeHashes(grown.peaks()));
    moveHead.setLong(4, writer);
    moveHead.setLong(5, frontier.size());
    if (moveHead.executeUpdate() != 1) {
      throw new SQLException("another server has taken the log over");
    }
  }

  private void apply(Pending pending) throws SQLException {
    for (Write write : pending.writes) {
      PreparedStatement statement = statement(write.sql());
      for (int i = 0; i < write.values().size(); i++) {
        set(statement, i + 1, write.values().get(i));
      }
      statement.executeUpdate();
    }
    if (pending.withdrawal != null) {
      insertWithdrawn.setBytes(1, Columns.id(pending.withdrawal));
      insertWithdrawn.executeUpdate();
    }
  }

  private PreparedStatement statement(Sql sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql.text());
      statements.put(sql, statement);
    }
    return statement;
  }

  private static void set(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(place, Types.NULL);
      case Long number -> statement.setLong(place, number);
      case String text -> statement.setString(place, text);
      case byte[] bytes -> statement.setBytes(place, bytes);
      default -> throw new IllegalArgumentException("not a column's value: " + value.getClass());
    }
  }

  /// As much as the leaf shows of a long value.
  static String beginning(String text) {
    return text.length() <= LONGEST_RESOURCE ? text : text.substring(0, LONGEST_RESOURCE);
  }

  private static void setId(PreparedStatement statement, int place, @Nullable PersonId person)
      throws SQLException {
    statement.setBytes(place, person == null ? null : Columns.id(person.value()));
  }
}

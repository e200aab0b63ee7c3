package io.parano.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;

/// Connections for reading that stay open between calls: making one takes some milliseconds, and a
/// TLS handshake. As many as are needed at once, of which a few are kept. One that the server has
/// ended meanwhile is noticed and replaced.
final class PostgresReaders implements AutoCloseable {
  private static final int KEPT = 4;

  /// Seconds to wait for a kept one to answer.
  private static final int ANSWER = 5;

  /// One state as long as a transaction lasts, and nothing written.
  private static final String READER =
      "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final PostgresAddress address;
  private final Deque<PooledConnection> idle = new ArrayDeque<>();
  private boolean closed;

  PostgresReaders(PostgresAddress address) {
    this.address = address;
  }

  /// Goes back when it is closed.
  Connection take() throws SQLException {
    for (PooledConnection kept = poll(); kept != null; kept = poll()) {
      Connection connection = revived(kept);
      if (connection != null) {
        return connection;
      }
      end(kept);
    }
    PooledConnection fresh = source().getPooledConnection();
    try {
      Connection connection = fresh.getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute(READER);
      }
      fresh.addConnectionEventListener(
          new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
              keep(fresh);
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
              // Whoever takes it next asks whether it still answers.
            }
          });
      return connection;
    } catch (SQLException e) {
      end(fresh);
      throw e;
    }
  }

  private static @Nullable Connection revived(PooledConnection kept) {
    try {
      Connection connection = kept.getConnection();
      return connection.isValid(ANSWER) ? connection : null;
    } catch (SQLException e) {
      return null;
    }
  }

  private PGConnectionPoolDataSource source() throws SQLException {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setURL(address.url());
    for (var property : address.properties().entrySet()) {
      source.setProperty(property.getKey().toString(), property.getValue().toString());
    }
    return source;
  }

  private synchronized @Nullable PooledConnection poll() {
    return idle.pollFirst();
  }

  private void keep(PooledConnection back) {
    synchronized (this) {
      if (!closed && idle.size() < KEPT) {
        idle.addFirst(back);
        return;
      }
    }
    end(back);
  }

  private static void end(PooledConnection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was to go anyway.
    }
  }

  /// Ends those that nobody uses; the others end when they are given back.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (PooledConnection kept = poll(); kept != null; kept = poll()) {
      end(kept);
    }
  }
}

package io.parano.store;

import java.sql.Connection;
import java.sql.SQLException;

/// What differs between database systems; everything else is one SQL.
interface Database {
  /// A connection for the one writer, without auto-commit: what it commits is on the disk.
  Connection writer() throws SQLException;

  /// A connection that only reads, and sees one state while a statement runs.
  Connection reader() throws SQLException;

  /// The resource folder of its migration scripts.
  String dialect();

  /// Whether it was the statement (a broken constraint, a wrong type) and not the world that failed:
  /// then others may still succeed.
  boolean blamesStatement(SQLException failure);
}

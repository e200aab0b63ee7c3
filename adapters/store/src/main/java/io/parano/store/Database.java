package io.parano.store;

import java.sql.Connection;
import java.sql.SQLException;

/// What differs between database systems; everything else is one SQL.
interface Database extends AutoCloseable {
  /// A connection for the one writer, without auto-commit: what it commits is on the disk.
  Connection writer() throws SQLException;

  /// A connection that only reads, and sees one state while a statement runs.
  Connection reader() throws SQLException;

  /// The resource folder of its migration scripts.
  String dialect();

  Fault fault(SQLException failure);

  /// Gives back what it keeps open between calls.
  @Override
  void close();

  /// What a failure means.
  enum Fault {
    /// The file is not what a database ought to be.
    DAMAGED,
    /// The disk is full or broken, or somebody holds a lock: it may pass.
    WORLD,
    /// The statement itself can't be done (a broken constraint, a wrong type): others may still.
    STATEMENT
  }
}

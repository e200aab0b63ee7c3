package io.parano.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A signed checkpoint as it stands in the database.
///
/// @param size how many entries it was signed over
record KeptNote(long era, long size, String note) {
  static List<KeptNote> all(Database database) throws SQLException {
    try (Connection connection = database.reader();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT era, size, note FROM checkpoint")) {
      List<KeptNote> notes = new ArrayList<>();
      while (row.next()) {
        notes.add(new KeptNote(row.getLong(1), row.getLong(2), row.getString(3)));
      }
      return notes;
    }
  }
}

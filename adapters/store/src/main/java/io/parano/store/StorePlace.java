package io.parano.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a log and its state can be kept.
public sealed interface StorePlace {
  String FILE = "parano.db";

  /// A file in the server's data folder.
  record File(Path directory) implements StorePlace {
    @Override
    public String name() {
      return "sqlite";
    }

    @Override
    public Begun begun() {
      return Files.exists(directory.resolve(FILE)) ? new Begun.Yes() : new Begun.No();
    }
  }

  /// A database of a PostgreSQL server.
  record Postgres(PostgresAddress address) implements StorePlace {
    @Override
    public String name() {
      return address.url();
    }

    @Override
    public Begun begun() {
      try (PostgresDatabase database = new PostgresDatabase(address)) {
        return database.begun();
      }
    }
  }

  /// Whether a log was ever begun there. From the most refusing to the most allowing.
  sealed interface Begun {
    /// It can't be asked, or can't be used: `why` says what was expected.
    record Unknown(String why) implements Begun {}

    record Yes() implements Begun {}

    record No() implements Begun {}
  }

  /// As the log tells it.
  String name();

  Begun begun();

  /// @param claimed the server's data folder
  static Database database(StorePlace place, DataDirectory claimed) throws IOException {
    return switch (place) {
      case File _ -> new SqliteDatabase(claimed.file(FILE));
      case Postgres(PostgresAddress address) -> new PostgresDatabase(address);
    };
  }
}

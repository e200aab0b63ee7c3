package io.parano.store;

import io.parano.audit.NoteSigner;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// A log in a PostgreSQL database that is not open yet. The reserve stays on this machine's disk:
/// what takes away must not wait for a network either.
///
/// @param directory where the reserve and its lock live
/// @param address where the database is; everything in it is this log's
/// @param outside where the newest checkpoint is kept, not by that server
/// @param signer the log's key; its name is the log's origin
/// @param tagger tells rows that were written here from others
/// @param notices told of what the operator must know; called from the writer's thread, not for
///   long
public record PostgresLog(
    Path directory,
    PostgresAddress address,
    KeptOutside outside,
    NoteSigner signer,
    Tagger tagger,
    Randomness randomness,
    Consumer<Notice> notices) {
  private static final String RESERVE = "reserve";

  /// As [#open(Instant, List)] without any witness.
  public Opening open(Instant now) {
    return open(now, List.of());
  }

  /// @param witnessed what the log's witnesses have seen of it
  public Opening open(Instant now, List<Witnessed> witnessed) {
    try {
      return switch (DataDirectory.claim(directory)) {
        case DataDirectory.Claim.Refused(String why) -> new Opening.Refused(why);
        case DataDirectory.Claim.Claimed(DataDirectory claimed) -> open(claimed, now, witnessed);
      };
    } catch (IOException | UnsupportedOperationException e) {
      return new Opening.Failed(directory + " can't be used: " + e, e);
    } catch (SQLException e) {
      return new Opening.Failed("the database can't be used: " + e.getMessage(), e);
    }
  }

  private Opening open(DataDirectory folder, Instant now, List<Witnessed> witnessed)
      throws IOException, SQLException {
    Opening opening = new Opening.Refused("nothing was tried");
    try {
      opening =
          switch (PostgresDatabase.claim(address)) {
            case PostgresDatabase.Claim.Unfit(String why) -> new Opening.Refused(why);
            case PostgresDatabase.Claim.Taken _ ->
                new Opening.Refused("another server works with " + address.url());
            case PostgresDatabase.Claim.Held(Connection lock) -> open(folder, lock, now, witnessed);
          };
    } finally {
      if (!serves(opening)) {
        folder.close();
      }
    }
    return opening;
  }

  private Opening open(
      DataDirectory folder, Connection lock, Instant now, List<Witnessed> witnessed)
      throws IOException, SQLException {
    Opening opening = new Opening.Refused("nothing was tried");
    PostgresDatabase database = new PostgresDatabase(address);
    try {
      opening =
          new LogOpening(outside, signer, new RowTags(tagger), randomness, notices)
              .open(both(folder, lock), database, folder.file(RESERVE), now, witnessed);
    } finally {
      if (!serves(opening)) {
        database.close();
        lock.close();
      }
    }
    return opening;
  }

  /// The server may be gone, and its lock with it.
  private static AutoCloseable both(DataDirectory folder, Connection lock) {
    return () -> {
      try {
        lock.close();
      } finally {
        folder.close();
      }
    };
  }

  private static boolean serves(Opening opening) {
    return opening instanceof Opening.Opened || opening instanceof Opening.NewLog;
  }
}

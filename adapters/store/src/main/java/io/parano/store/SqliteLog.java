package io.parano.store;

import io.parano.audit.Checkpoint;
import io.parano.audit.Frontier;
import io.parano.audit.NoteSigner;
import io.parano.audit.SignedNote;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// A log in an SQLite file that is not open yet. [#open] takes the folder, and then does as
/// [LogOpening] says.
///
/// @param directory where the database, the reserve and the lock live
/// @param outside where the newest checkpoint is kept, best on another disk
/// @param signer the log's key; its name is the log's origin
/// @param tagger tells rows that were written here from others
/// @param notices told of what the operator must know; called from the writer's thread, not for
///   long
public record SqliteLog(
    Path directory,
    KeptOutside outside,
    NoteSigner signer,
    Tagger tagger,
    Randomness randomness,
    Consumer<Notice> notices) {
  private static final String RESERVE = "reserve";

  /// The file that a log in `directory` is kept in.
  public static Path database(Path directory) {
    return directory.resolve(StorePlace.FILE);
  }

  /// Copies the database in `directory` as it stands into `to`, closed to others; a server that
  /// works with it goes on. Throws [IOException] when it can't be.
  public static void copy(Path directory, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      new SqliteDatabase(database(directory)).copy(to);
    } catch (SQLException e) {
      throw new IOException("the database can't be copied: " + e.getMessage(), e);
    }
  }

  /// Gives the log in `directory` another name: it is signed as it stands under `signer`'s, and
  /// what was signed under the name before is dropped. For a log that is restored and not yet
  /// served.
  public static String rename(Path directory, NoteSigner signer) throws IOException {
    try (Connection connection = new SqliteDatabase(database(directory)).writer();
        Statement drop = connection.createStatement();
        PreparedStatement keep =
            connection.prepareStatement(
                "INSERT INTO checkpoint (era, size, note) VALUES (?, ?, ?)")) {
      Frontier end = Head.read(connection).orElseThrow().frontier();
      String note =
          SignedNote.sign(new Checkpoint(signer.name(), end.size(), end.root()).text(), signer);
      drop.executeUpdate("DELETE FROM checkpoint");
      keep.setLong(1, end.size() >> SqlLedger.ERA_BITS);
      keep.setLong(2, end.size());
      keep.setString(3, note);
      keep.executeUpdate();
      connection.commit();
      return note;
    } catch (SQLException e) {
      throw new IOException("the log can't be named anew: " + e.getMessage(), e);
    }
  }

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
    }
  }

  private Opening open(DataDirectory claimed, Instant now, List<Witnessed> witnessed)
      throws IOException {
    Opening opening = new Opening.Refused("nothing was tried");
    try {
      opening =
          opening()
              .open(
                  claimed,
                  new SqliteDatabase(claimed.file(StorePlace.FILE)),
                  claimed.file(RESERVE),
                  now,
                  witnessed);
    } finally {
      if (!(opening instanceof Opening.Opened) && !(opening instanceof Opening.NewLog)) {
        claimed.close();
      }
    }
    return opening;
  }

  LogOpening opening() {
    return new LogOpening(outside, signer, new RowTags(tagger), randomness, notices);
  }
}

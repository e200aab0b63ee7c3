package io.parano.store;

import io.parano.audit.NoteSigner;
import io.parano.kernel.Digest;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Moves a log and its state to another store while no server works with either. In this order, so
/// that at no instant two stores would serve, and that the next run goes on from wherever one
/// ended:
///
/// 1. the source opens as for a server, everything compared, and its log says where it is leaving
///    to;
/// 2. the target, which has no head and so serves nothing, gets what it lacks, part by part;
/// 3. in one transaction the target gets its head and is read as a whole: the digest of every part,
///    the log from leaf to root, each row's tag and each table's set;
/// 4. the source's head is marked as left: from here on it opens no more;
/// 5. that transaction is committed: from here on the target opens;
/// 6. the target opens as for a server, its log says that it has come, and a checkpoint over that
///    is kept outside: a source that somebody revives is behind it.
///
/// @param directory the server's data folder: its lock keeps a server away
/// @param outside where the newest checkpoint is kept, for both
public record StoreMove(
    Path directory,
    StorePlace from,
    StorePlace to,
    KeptOutside outside,
    NoteSigner signer,
    Tagger tagger,
    Randomness randomness,
    Progress progress) {

  /// How far it has come; one for each of the steps above.
  public enum Step {
    ANNOUNCED,
    COPIED,
    VERIFIED,
    LEFT,
    THERE,
    RECORDED
  }

  /// Told on the way.
  public interface Progress {
    /// @param rows how many rows of the table are as they should be
    void copied(String table, long rows);

    void reached(Step step);
  }

  /// From the most refusing to the most allowing.
  public sealed interface Outcome {
    /// A store stays shut, for a reason that a server would tell too.
    record Shut(Opening.Shut why) implements Outcome {}

    /// It can't be moved as things are; `why` says what was expected.
    record Refused(String why) implements Outcome {}

    /// What came there is not what was sent: `where` says in which table, and the source serves on.
    record Different(String where) implements Outcome {}

    /// The log is in the target, and in no other place that would serve.
    record Done(long entries, Digest root) implements Outcome {}
  }

  /// Does what is left to do.
  public Outcome run(Instant now) {
    if (from.name().equals(to.name())) {
      return new Outcome.Refused("the log is kept there already: " + to.name());
    }
    Deque<AutoCloseable> claims = new ArrayDeque<>();
    try {
      return switch (DataDirectory.claim(directory)) {
        case DataDirectory.Claim.Refused(String why) -> new Outcome.Refused(why);
        case DataDirectory.Claim.Claimed(DataDirectory folder) -> {
          claims.push(folder);
          Optional<Outcome> objection = claim(claims);
          yield objection.isPresent() ? objection.get() : moving(folder, now);
        }
      };
    } catch (SQLException e) {
      return failed("the database can't be used: " + e.getMessage(), e);
    } catch (IOException | UnsupportedOperationException e) {
      return failed(directory + " can't be used: " + e.getMessage(), e);
    } catch (LogUnread e) {
      return failed("the log can't be read: " + e.getMessage(), e);
    } catch (Unreadable e) {
      return new Outcome.Shut(new Opening.Altered(String.valueOf(e.getMessage()), List.of()));
    } finally {
      free(claims);
    }
  }

  private Outcome moving(DataDirectory folder, Instant now) throws SQLException, IOException {
    try (Database source = StorePlace.database(from, folder);
        Database target = StorePlace.database(to, folder)) {
      return new StoreMoving(this, folder, source, target, now).run();
    }
  }

  /// The lock of every database server, as a server of ours takes it.
  private Optional<Outcome> claim(Deque<AutoCloseable> claims) throws SQLException {
    if (from instanceof StorePlace.File && from.begun() instanceof StorePlace.Begun.No) {
      return Optional.of(new Outcome.Refused("there is no log in " + from.name()));
    }
    for (StorePlace place : List.of(from, to)) {
      if (place instanceof StorePlace.Postgres(PostgresAddress address)) {
        switch (PostgresDatabase.claim(address)) {
          case PostgresDatabase.Claim.Held(Connection lock) -> claims.push(lock);
          case PostgresDatabase.Claim.Taken _ -> {
            return Optional.of(new Outcome.Refused("another server works with " + address.url()));
          }
          case PostgresDatabase.Claim.Unfit(String why) -> {
            return Optional.of(new Outcome.Refused(why));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void free(Deque<AutoCloseable> claims) {
    for (AutoCloseable claim : claims) {
      try {
        claim.close();
      } catch (Exception e) {
        // It goes with the process.
      }
    }
  }

  private static Outcome failed(String why, Exception cause) {
    return new Outcome.Shut(new Opening.Failed(why, cause));
  }
}

package io.parano.store;

import io.parano.audit.NoteSigner;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.file.Path;
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

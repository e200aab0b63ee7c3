package io.parano.witness;

import java.time.Duration;
import java.time.Instant;

/// How one witness has done.
///
/// @param size how many entries it has cosigned
/// @param since when it last cosigned; the start when it has not yet
/// @param trouble why it did not the last time; empty when it did
public record Standing(String witness, long size, Instant since, String trouble) {
  /// Six rounds: more than a restart of the witness takes.
  public static final Duration LONG = Duration.ofMinutes(1);

  /// Whether nobody but ourselves has vouched for the log for too long.
  public boolean isOverdue(Instant now) {
    return Duration.between(since, now).compareTo(LONG) > 0;
  }
}

package io.parano.app;

import io.parano.witness.Witness;
import java.time.Duration;
import java.util.List;

/// Who witnesses a server's log.
///
/// @param patience how long a start waits for one of them to answer
record WitnessPlan(List<Witness> witnesses, WhenSilent whenSilent, Duration patience) {
  WitnessPlan {
    witnesses = List.copyOf(witnesses);
  }

  /// What a start does when none of them answers. From the most refusing to the most allowing.
  enum WhenSilent {
    REFUSE,
    SERVE
  }

  /// Nobody: for a log that nobody can know yet, and for the demo.
  static WitnessPlan none() {
    return new WitnessPlan(List.of(), WhenSilent.SERVE, Duration.ZERO);
  }

  /// The same, for a start at which somebody said that it may go without.
  WitnessPlan excused() {
    return new WitnessPlan(witnesses, WhenSilent.SERVE, Duration.ZERO);
  }
}

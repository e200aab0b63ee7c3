package io.parano.probe;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A door through which somebody goes in and stays.
interface LeverDoor {
  /// Null when `who` is refused. Throws [IOException] when nobody can say.
  @Nullable Stay enter(ProbeAccount who) throws IOException;

  /// What is open to one account at one door.
  interface Stay {
    boolean lasts() throws IOException;

    /// Whether it is over in time; an end is seen as soon as it comes.
    boolean endsWithin(Duration patience) throws IOException;

    /// Whether it opens anew, by what was good before.
    boolean opensAgain() throws IOException;

    /// Leaves, if it has not ended.
    void leave() throws IOException;
  }
}

package io.parano.access;

import java.time.Duration;
import java.util.List;

/// Runs things beside one another. The core starts no threads of its own.
public interface Abreast {
  /// Runs each of `tasks` beside the others and returns when all are through, or `most` has passed:
  /// then the others go on, and nobody waits for them. What a task throws is not thrown here.
  void run(List<Runnable> tasks, Duration most);
}

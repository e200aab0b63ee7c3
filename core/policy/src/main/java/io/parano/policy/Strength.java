package io.parano.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much a rule grants to whom it matches. A partial order: a rule with a fresher touch and a
/// longer upgrade is neither above nor below one with neither.
final class Strength {
  private Strength() {}

  /// Whether nobody whom both match gets more from `a` than from `b`.
  static boolean atMost(Rule a, Rule b) {
    if (a.effect() == Rule.Effect.REFUSE) {
      return true;
    }
    return b.effect() == Rule.Effect.ALLOW
        && a.levels().compareTo(b.levels()) <= 0
        && tokens(a, b) <= 0
        && touches(a.touch(), b.touch()) <= 0
        && upgrades(a.upgrade(), b.upgrade()) <= 0;
  }

  /// What becomes of a request when `now` decides it where `then` did.
  static Direction of(Rule then, Rule now) {
    boolean up = atMost(then, now);
    boolean down = atMost(now, then);
    if (up) {
      return down ? Direction.NEITHER : Direction.WIDENS;
    }
    return down ? Direction.NARROWS : Direction.UNTOLD;
  }

  /// Where the source is enough, no token is asked for at all.
  private static int tokens(Rule a, Rule b) {
    return b.levels() == Rule.Levels.SOURCE ? 0 : a.token().compareTo(b.token());
  }

  /// No demand for a touch grants more than any demand.
  static int touches(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return Boolean.compare(a == null, b == null);
    }
    return a.compareTo(b);
  }

  /// No upgrade grants less than any.
  static int upgrades(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a.compareTo(b);
  }
}

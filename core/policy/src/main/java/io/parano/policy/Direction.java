package io.parano.policy;

import java.util.Locale;

/// What a change does to access, said only where it is certain.
public enum Direction {
  /// Nobody gets anything that was not to be had before.
  NARROWS,
  /// Nobody gets more, nobody less.
  NEITHER,
  /// Nobody loses anything, and somebody may get more.
  WIDENS,
  /// It can't be told from the rules alone; somebody may get more.
  UNTOLD;

  /// The stable kebab-case code.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What two changes do together.
  Direction and(Direction other) {
    if (this == other || other == NEITHER) {
      return this;
    }
    return this == NEITHER ? other : UNTOLD;
  }

  /// Up widens, down narrows.
  static Direction of(int comparison) {
    return comparison == 0 ? NEITHER : comparison > 0 ? WIDENS : NARROWS;
  }
}

package io.parano.kernel;

import java.util.Locale;

/// The languages in which everything a person reads exists.
public enum Language {
  EN,
  FR;

  /// The two-letter tag (BCP 47).
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.parano.demo;

import java.time.Duration;

/// How one attempt ended, as the one who made it saw it.
public sealed interface Verdict {
  Duration took();

  String code();

  /// @param told what the refusing side itself says of the reason; empty when it says nothing
  record Refused(Duration took, String told) implements Verdict {
    @Override
    public String code() {
      return "refused";
    }
  }

  record Granted(Duration took) implements Verdict {
    @Override
    public String code() {
      return "granted";
    }
  }

  static Verdict of(boolean granted, Duration took) {
    return granted ? new Granted(took) : new Refused(took, "");
  }
}

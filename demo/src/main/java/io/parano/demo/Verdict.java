package io.parano.demo;

import java.time.Duration;

/// How one attempt ended, as the one who made it saw it.
sealed interface Verdict {
  Duration took();

  String code();

  record Refused(Duration took) implements Verdict {
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
    return granted ? new Granted(took) : new Refused(took);
  }
}

package io.parano.audit;

import java.util.Locale;

/// How what an entry tells of ended (PCI DSS 10.2.2, success or failure).
public enum Outcome {
  REFUSED,
  FAILED,
  DONE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /// The stable code, as the log and the command line print it.
  public String code() {
    return code;
  }
}

package io.parano.app;

/// What the whole server adds to the web door's metrics, in the format of Prometheus.
final class Gauges {
  private Gauges() {}

  static String text(
      int sessions, long logEntries, long refusalsUnlisted, int oldPasswords, int frozen) {
    return """
    # HELP parano_sessions Sessions in memory.
    # TYPE parano_sessions gauge
    parano_sessions %d
    # HELP parano_log_entries Entries in the audit log.
    # TYPE parano_log_entries gauge
    parano_log_entries %d
    # HELP parano_refusals_unlisted_total Refusals that the log could not take.
    # TYPE parano_refusals_unlisted_total counter
    parano_refusals_unlisted_total %d
    # HELP parano_old_passwords Passwords that came as hashes from another system, unused since.
    # TYPE parano_old_passwords gauge
    parano_old_passwords %d
    # HELP parano_frozen_people People whose access is frozen, by officers or by themselves.
    # TYPE parano_frozen_people gauge
    parano_frozen_people %d
    """
        .formatted(sessions, logEntries, refusalsUnlisted, oldPasswords, frozen);
  }
}

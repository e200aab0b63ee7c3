package io.parano.app;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import java.time.InstantSource;
import java.util.List;

/// Records that a backup is about to be made, and signs the log as it stands then.
///
/// @param origin the log's name
record BackupDesk(OpenLog log, String origin, InstantSource clock) {

  /// Throws [io.parano.access.Ledger.Unavailable] when the log can't take it.
  ///
  /// @param recipient the fingerprint of the key that can open it
  /// @param operator who asked, as the kernel names them
  Json begin(String recipient, String operator) {
    if (!recipient.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("expected a key's SHA-256, found " + recipient);
    }
    var _ =
        log.ledger()
            .commit(
                Event.at(clock.instant(), EventType.BACKED_UP, Outcome.DONE)
                    .through("control")
                    .on("key:" + recipient)
                    .withPersonal("origin", operator),
                List.of());
    var _ = log.ledger().checkpoint(clock.instant());
    return Json.object(
        "outcome", "done", "origin", origin, "checkpoint", log.reader().checkpoint().orElseThrow());
  }
}

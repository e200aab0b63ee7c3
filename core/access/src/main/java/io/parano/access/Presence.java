package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.session.LiveSession;
import io.parano.session.Standing;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who is at an address now: somebody for whom all three levels held there, and hold still. What
/// can show none of them itself, such as a mail program, counts only beside this.
final class Presence {
  private Presence() {}

  /// What says that `person` is at `source`; null when nothing does. It is asked, and not used: a
  /// mail program that looks every minute keeps no session from falling idle.
  static @Nullable LiveSession at(Books books, PersonId person, IpAddress source, Instant now) {
    if (Sources.leased(books, source, person, now)) {
      return Objects.requireNonNull(books.leases().at(source)).tunnel();
    }
    for (LiveSession live : books.sessions().of(person)) {
      boolean shows =
          switch (live.kind()) {
            case PORTAL, HOST, COMMAND, VPN -> true;
            // An enrolled device is where its tunnel comes out, and that is a lease.
            case DEVICE -> false;
            // Its levels held when the certificate was signed, maybe hours ago.
            case SSH -> false;
          };
      if (shows
          && Standing.of(live, source, books.circumstances(live, source), now)
              instanceof Standing.Live) {
        return live;
      }
    }
    return null;
  }
}

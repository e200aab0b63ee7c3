package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.session.LiveSession;
import io.parano.session.Standing;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.SshSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Publishes what is revoked: every certificate whose session is over, by whatever ended it. As a
/// door of the lever it forgets what it said before, so that whoever asks after a cut hears of it.
final class Revocations implements Door {
  /// How old an answer may be that is given again, so that a thousand hosts cost one list.
  private static final Duration FRESH = Duration.ofMillis(200);

  private final Books books;
  private final SshSettings settings;
  private final InstantSource clock;
  private long version;
  private @Nullable Said last;

  Revocations(Books books, SshSettings settings, InstantSource clock) {
    this.books = books;
    this.settings = settings;
    this.clock = clock;
  }

  private record Said(Instant at, Certifying.Published published) {}

  @Override
  public String name() {
    return "ssh-revocations";
  }

  @Override
  public synchronized int closed(Taken taken) {
    last = null;
    return taken.ended().isEmpty()
        ? 0
        : (int)
            books.certificates().at(clock.instant()).stream()
                .filter(certificate -> taken.has(certificate.session()))
                .count();
  }

  /// The version is the clock's microsecond and never goes back while the server runs. A clock that
  /// was put back makes hosts refuse, which is their way out of hearing an old answer again.
  synchronized Certifying.Published publish() {
    Instant now = clock.instant();
    Said said = last;
    if (said != null && !now.isBefore(said.at()) && now.isBefore(said.at().plus(FRESH))) {
      return said.published();
    }
    version = Math.max(version + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    List<RevocationList.Range> serials =
        books.certificates().at(now).stream()
            .filter(certificate -> !stands(certificate, now))
            .map(IssuedCertificate::serial)
            .sorted()
            .map(RevocationList.Range::of)
            .toList();
    RevocationList list =
        new RevocationList(
            version, now, "parano", List.of(new RevocationList.Section(null, serials, List.of())));
    Bytes bytes = list.write();
    Certifying.Published published =
        new Certifying.Published(
            bytes,
            SshSignature.sign(settings.users().present(), Certifying.REVOCATIONS, bytes.copy()));
    last = new Said(now, published);
    return published;
  }

  private boolean stands(IssuedCertificate certificate, Instant now) {
    LiveSession live = books.sessions().with(certificate.session());
    if (live == null) {
      return false;
    }
    var source = live.session().source().first();
    return switch (Standing.of(live, source, books.circumstances(live, source), now)) {
      case Standing.Over over -> false;
      case Standing.Live holds -> !books.closures().everybody();
    };
  }
}

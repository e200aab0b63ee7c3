package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.policy.SourceStanding;
import io.parano.session.LiveSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The first of the three levels. An address inside the VPN is a source for the person alone whose
/// live lease it is.
final class Sources {
  private Sources() {}

  /// Why nothing may be granted at `source`, whoever asks; null when it is listed and not cut. No
  /// lease counts here: what two people do together has no address that is one person's.
  static @Nullable Reason refusal(Books books, IpAddress source) {
    if (books.closures().covers(source)) {
      return Reason.SOURCE_CUT;
    }
    return switch (books.policy().policy().standing(source)) {
      case SourceStanding.Unlisted unlisted -> Reason.SOURCE_UNLISTED;
      case SourceStanding.OnlyLeased leased -> Reason.LEASE_MISSING;
      case SourceStanding.Listed listed -> null;
    };
  }

  /// Why nothing may be granted to `who` at `source`; null when they may be there.
  ///
  /// @param who null for somebody whom we don't know
  static @Nullable Reason refusal(
      Books books, IpAddress source, @Nullable PersonId who, Instant now) {
    Reason forAnybody = refusal(books, source);
    return forAnybody == Reason.LEASE_MISSING
        ? leaseRefusal(books, source, who, Instant.MAX, now)
        : forAnybody;
  }

  /// Why what was granted as `session` counts no more at `source`; null while it does.
  static @Nullable Reason refusal(Books books, IpAddress source, LiveSession session, Instant now) {
    Reason forAnybody = refusal(books, source);
    return forAnybody == Reason.LEASE_MISSING
        ? leaseRefusal(books, source, session.person(), session.startedAt(), now)
        : forAnybody;
  }

  /// Whether a live lease ties `source` to whom `session` was granted, and did when it was.
  static boolean leased(Books books, IpAddress source, LiveSession session, Instant now) {
    return books.leases().at(source) != null
        && leaseRefusal(books, source, session.person(), session.startedAt(), now) == null;
  }

  /// Whether a live lease ties `source` to `who`.
  static boolean leased(Books books, IpAddress source, PersonId who, Instant now) {
    return leaseRefusal(books, source, who, Instant.MAX, now) == null;
  }

  /// Whether a live lease ties `source` to anybody: before we know who asks.
  static boolean leasedToSomebody(Books books, IpAddress source, Instant now) {
    Leases.Held held = books.leases().at(source);
    return held != null && Tunnels.over(books, held, now) == null;
  }

  private static @Nullable Reason leaseRefusal(
      Books books, IpAddress source, @Nullable PersonId who, Instant since, Instant now) {
    Leases.Held held = books.leases().at(source);
    if (held == null
        || since.isBefore(held.lease().startedAt())
        || Tunnels.over(books, held, now) != null) {
      return Reason.LEASE_MISSING;
    }
    return held.tunnel().person().equals(who) ? null : Reason.LEASE_OF_OTHER_PERSON;
  }
}

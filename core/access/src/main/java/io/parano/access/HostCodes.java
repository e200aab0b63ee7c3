package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One-time codes that carry a sign-in from the portal to one protected host. A code works once,
/// within a minute, from the address and for the host it was issued for.
final class HostCodes {
  private static final int AT_MOST = 10_000;

  private final Books books;
  private final Portals portals;
  private final Granting granting;
  private final Journal journal;
  private final GateSettings settings;
  private final Randomness randomness;
  private final InstantSource clock;
  private final Map<Digest, Issued> issued =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Issued> eldest) {
          return size() > AT_MOST;
        }
      };

  HostCodes(
      Books books,
      Portals portals,
      Granting granting,
      Journal journal,
      GateSettings settings,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.granting = granting;
    this.journal = journal;
    this.settings = settings;
    this.randomness = randomness;
    this.clock = clock;
  }

  private record Issued(SessionId portal, String host, IpPrefix source, Instant expiresAt) {}

  SigningIn.HostCode issue(String bearer, String host, IpAddress source) {
    Instant now = clock.instant();
    if (!settings.protectedHosts().contains(host)) {
      return new SigningIn.HostCode.Refused(Reason.PROXY_FOREIGN_HOST);
    }
    return switch (portals.findVisitorPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new SigningIn.HostCode.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> {
        if (books.closures().everybody()) {
          yield new SigningIn.HostCode.Refused(Reason.EVERYBODY_CUT);
        }
        String code = Portals.text(randomness.bytes(32));
        keep(
            Portals.digest(code),
            new Issued(live.id(), host, source.binding(), now.plus(GateSettings.HOST_CODE)));
        yield new SigningIn.HostCode.Issued(Secret.ofText(code));
      }
    };
  }

  SigningIn.Granted redeem(String code, String host, IpAddress source) {
    Instant now = clock.instant();
    Issued found = take(Portals.digest(code));
    LiveSession portal = found == null ? null : books.sessions().with(found.portal());
    Reason refusal = refusal(found, portal, host, source, now);
    if (refusal != null || portal == null) {
      Reason reason = refusal == null ? Reason.SESSION_CUT : refusal;
      journal.refused(
          Event.at(now, EventType.HOST_SESSION, Outcome.REFUSED)
              .from("web", source)
              .on(host)
              .because(reason),
          source);
      return new SigningIn.Granted.Refused(reason);
    }
    Granting.Grant grant = granting.host(portal, host, source, now);
    return new SigningIn.Granted.Session(grant.bearer(), grant.session().endsAt());
  }

  private @Nullable Reason refusal(
      @Nullable Issued found,
      @Nullable LiveSession portal,
      String host,
      IpAddress source,
      Instant now) {
    if (found == null) {
      return Reason.CODE_UNKNOWN;
    }
    if (!now.isBefore(found.expiresAt())) {
      return Reason.CODE_EXPIRED;
    }
    if (!found.host().equals(host)) {
      return Reason.SESSION_OF_OTHER_HOST;
    }
    if (!found.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    if (portal == null) {
      return Reason.SESSION_CUT;
    }
    Reason bySource = Sources.refusal(books, source, portal, now);
    if (bySource != null) {
      return bySource;
    }
    return switch (Standing.of(portal, source, books.circumstances(portal, source), now)) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live live -> books.closures().everybody() ? Reason.EVERYBODY_CUT : null;
    };
  }

  private void keep(Digest code, Issued what) {
    synchronized (issued) {
      issued.put(code, what);
    }
  }

  private @Nullable Issued take(Digest code) {
    synchronized (issued) {
      return issued.remove(code);
    }
  }
}

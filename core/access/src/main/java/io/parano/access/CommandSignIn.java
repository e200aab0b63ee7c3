package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.LiveSession;
import io.parano.session.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Commanding] in bounded memory. A waiting code is lost with a restart; the command line then
/// begins anew.
final class CommandSignIn implements Commanding {
  private static final int AT_MOST = 1_000;

  /// As many again for those who will be refused in the end: whether a network is listed is
  /// nobody's business outside. There, a further beginning displaces the oldest.
  private static final int ELSEWHERE = 1_000;

  /// So that one desk can't take every place.
  private static final int PER_SOURCE = 20;

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Books books;
  private final Portals portals;
  private final Granting granting;
  private final Randomness randomness;
  private final InstantSource clock;
  private final Map<Digest, Waiting> waiting = new LinkedHashMap<>();

  CommandSignIn(
      Books books, Portals portals, Granting granting, Randomness randomness, InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.granting = granting;
    this.randomness = randomness;
    this.clock = clock;
  }

  /// @param listed whether the source was, when it began
  private record Waiting(
      String code,
      IpAddress source,
      boolean listed,
      Instant expiresAt,
      @Nullable Confirmation confirmation) {}

  /// @param from where the person confirmed: the portal session must still hold there
  private record Confirmation(LiveSession portal, IpAddress from) {}

  @Override
  public synchronized Begun begin(IpAddress source) {
    Instant now = clock.instant();
    waiting.values().removeIf(one -> !now.isBefore(one.expiresAt()));
    boolean listed =
        Sources.refusal(books, source) == null || Sources.leasedToSomebody(books, source, now);
    if (waitingFrom(source) >= PER_SOURCE || !makeRoom(listed)) {
      return new Begun.Refused(Reason.RATE_LIMITED);
    }
    String code = new String(EnrolmentCode.random(randomness).copy(), StandardCharsets.US_ASCII);
    String ticket = Portals.text(randomness.bytes(32));
    waiting.put(
        Portals.digest(ticket), new Waiting(code, source, listed, now.plus(LIFETIME), null));
    return new Begun.Waiting(code, Secret.ofText(ticket), LIFETIME);
  }

  @Override
  public synchronized Reply<String> look(String bearer, String code, IpAddress source) {
    return switch (portals.findPortal(bearer, source, clock.instant())) {
      case Portals.Found.Nobody(var reason) -> new Reply.Refused<>(reason);
      case Portals.Found.Holder holder ->
          waitingFor(code)
              .<Reply<String>>map(entry -> new Reply.Done<>(entry.getValue().source().toString()))
              .orElseGet(() -> new Reply.Refused<>(Reason.CODE_UNKNOWN));
    };
  }

  @Override
  public synchronized Reply<Boolean> confirm(String bearer, String code, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Reply.Refused<>(reason);
      case Portals.Found.Holder(var live, var person) -> {
        if (live.touchedAt().plus(FRESH).isBefore(now)) {
          yield new Reply.Refused<>(Reason.TOUCH_STALE);
        }
        Optional<Map.Entry<Digest, Waiting>> found = waitingFor(code);
        found.ifPresent(entry ->
            waiting.put(
                entry.getKey(),
                new Waiting(
                    code,
                    entry.getValue().source(),
                    entry.getValue().listed(),
                    entry.getValue().expiresAt(),
                    new Confirmation(live, source))));
        yield found.isPresent() ? new Reply.Done<>(true) : new Reply.Refused<>(Reason.CODE_UNKNOWN);
      }
    };
  }

  @Override
  public synchronized Collected collect(String ticket, IpAddress source) {
    Instant now = clock.instant();
    Digest key = Portals.digest(ticket);
    Waiting found = waiting.get(key);
    if (found == null || !now.isBefore(found.expiresAt())) {
      return new Collected.Refused(Reason.CODE_UNKNOWN);
    }
    if (!found.source().equals(source)) {
      return new Collected.Refused(Reason.SOURCE_CHANGED);
    }
    if (found.confirmation() == null) {
      return new Collected.NotYet();
    }
    waiting.remove(key);
    return granted(found.confirmation(), source, now);
  }

  private Collected granted(Confirmation confirmation, IpAddress source, Instant now) {
    LiveSession portal = confirmation.portal();
    Person person = books.roster().person(portal.person());
    Reason refusal = refusal(confirmation, person, source, now);
    if (refusal != null || person == null) {
      return new Collected.Refused(refusal == null ? Reason.PERSON_UNKNOWN : refusal);
    }
    Granting.Grant grant = granting.command(portal, source, now);
    return new Collected.Session(grant.bearer(), grant.session().endsAt());
  }

  /// Everything that the confirming session is bound to must still hold, and the command line must
  /// still be somewhere that is listed.
  private @Nullable Reason refusal(
      Confirmation confirmation, @Nullable Person person, IpAddress source, Instant now) {
    LiveSession portal = confirmation.portal();
    Reason bySource = Sources.refusal(books, source, portal.person(), now);
    if (bySource != null) {
      return bySource;
    }
    if (person == null || books.sessions().with(portal.id()) == null) {
      return Reason.SESSION_CUT;
    }
    return switch (Standing.of(
        portal, confirmation.from(), books.circumstances(portal, confirmation.from()), now)) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live live -> People.refusal(books, person);
    };
  }

  private boolean makeRoom(boolean listed) {
    List<Digest> alike =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue().listed() == listed)
            .map(Map.Entry::getKey)
            .toList();
    if (!listed && alike.size() >= ELSEWHERE) {
      waiting.remove(alike.getFirst());
    }
    return !listed || alike.size() < AT_MOST;
  }

  private long waitingFrom(IpAddress source) {
    return waiting.values().stream()
        .filter(one -> one.source().binding().equals(source.binding()))
        .count();
  }

  private Optional<Map.Entry<Digest, Waiting>> waitingFor(String code) {
    Instant now = clock.instant();
    return waiting.entrySet().stream()
        .filter(entry ->
            entry.getValue().code().equals(code) && now.isBefore(entry.getValue().expiresAt()))
        .findFirst();
  }
}

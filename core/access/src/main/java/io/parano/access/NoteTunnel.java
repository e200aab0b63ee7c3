package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes of what VPN servers tell: a tunnel's beginning and end are recorded once, however
/// often they are told.
final class NoteTunnel {
  private final Books books;
  private final Leasing leasing;
  private final Journal journal;
  private final InstantSource clock;

  NoteTunnel(Books books, Leasing leasing, Journal journal, InstantSource clock) {
    this.books = books;
    this.leasing = leasing;
    this.journal = journal;
    this.clock = clock;
  }

  Admitting.Noted note(Admitting.Account account) {
    try {
      return switch (account.status()) {
        case STARTED -> started(account);
        case GOES_ON -> goesOn(account);
        case STOPPED -> stopped(account);
        case ALL_STOPPED -> allStopped(account);
      };
    } catch (Ledger.Unavailable e) {
      return new Admitting.Noted.Unavailable();
    }
  }

  @Nullable Reason over(SessionId tunnel) {
    LiveSession live = books.sessions().with(tunnel);
    return live == null ? Reason.SESSION_CUT : Tunnels.over(books, live, clock.instant());
  }

  long endings() {
    return books.endings();
  }

  List<Admitting.Tunnel> tunnels() {
    List<Admitting.Tunnel> all = new ArrayList<>();
    for (LiveSession live : books.sessions().where(one -> one.kind() == Session.Kind.VPN)) {
      Person person = books.roster().person(live.person());
      if (person != null) {
        Session session = live.session();
        all.add(
            new Admitting.Tunnel(
                session.id(), session.host(), person.name(), session.source(), session.endsAt()));
      }
    }
    books.untold().stream()
        .flatMap(cut -> cut.ended().stream().map(ended -> tunnel(ended, cut.at())))
        .filter(Objects::nonNull)
        .forEach(all::add);
    return all;
  }

  /// One that a cut ended, and whose server was perhaps not told before a restart.
  private Admitting.@Nullable Tunnel tunnel(Taken.Ended ended, Instant at) {
    Person person = books.roster().person(ended.person());
    return ended.kind() != Session.Kind.VPN || person == null
        ? null
        : new Admitting.Tunnel(ended.session(), ended.host(), person.name(), ended.source(), at);
  }

  private Admitting.Noted started(Admitting.Account account) {
    LiveSession live = find(account);
    Reason over = live == null ? Reason.SESSION_UNKNOWN : over(live);
    if (live == null || over != null) {
      return over(account, live, over == null ? Reason.SESSION_UNKNOWN : over);
    }
    if (unleased(account, live)) {
      return leased(account, live);
    }
    if (!live.used(use(account))) {
      books.commit(
          event(EventType.VPN_TUNNEL, Outcome.DONE, account, live).with("call", account.call()));
      live.recordUse(use(account));
    }
    return new Admitting.Noted.Heard(live.id());
  }

  private static String use(Admitting.Account account) {
    return "call " + account.call();
  }

  /// Whether the server names an address that is to be leased, and is not yet to this tunnel.
  private boolean unleased(Admitting.Account account, LiveSession live) {
    IpAddress framed = account.framed();
    if (framed == null || !leasing.matters(framed)) {
      return false;
    }
    Leases.Held held = books.leases().of(live.id());
    return held == null || !held.lease().address().equals(framed);
  }

  private Admitting.Noted leased(Admitting.Account account, LiveSession live) {
    IpAddress framed = Objects.requireNonNull(account.framed());
    return leasing.alone(framed, () -> leased(account, live, framed));
  }

  /// A server says whose an address is now. Where it was somebody else's, nobody can tell whose
  /// packets come from there: both tunnels end, and whoever comes again begins with a clean one.
  private Admitting.Noted leased(Admitting.Account account, LiveSession live, IpAddress framed) {
    Session session = live.session();
    Instant now = clock.instant();
    Reason taken = leasing.refusal(framed, session.person(), now);
    if (taken != null) {
      Leases.Held there = books.leases().at(framed);
      books.withdraw(
          event(EventType.VPN_TUNNEL, Outcome.REFUSED, account, live)
              .because(taken)
              .with("address", framed.toString()),
          Endings.of(
              books,
              one ->
                  one.id().equals(session.id())
                      || (there != null && one.id().equals(there.lease().tunnel()))));
      return new Admitting.Noted.Over(taken, session.id());
    }
    books.commit(
        event(EventType.VPN_TUNNEL, Outcome.DONE, account, live)
            .with("call", account.call())
            .with("address", framed.toString()),
        leasing.changes(session, framed, null, now));
    live.recordUse(use(account));
    Reason over = over(live);
    return over == null
        ? new Admitting.Noted.Heard(session.id())
        : new Admitting.Noted.Over(over, session.id());
  }

  private Admitting.Noted goesOn(Admitting.Account account) {
    LiveSession live = find(account);
    Reason over = live == null ? Reason.SESSION_UNKNOWN : over(live);
    if (live == null || over != null) {
      return over(account, live, over == null ? Reason.SESSION_UNKNOWN : over);
    }
    if (unleased(account, live)) {
      return leased(account, live);
    }
    live.seen(clock.instant());
    return new Admitting.Noted.Heard(live.id());
  }

  /// One that is over already is told by its end: nothing more is to be ended.
  private Admitting.Noted stopped(Admitting.Account account) {
    LiveSession live = find(account);
    if (live == null) {
      return new Admitting.Noted.Heard(account.tunnel());
    }
    // Without our mark it may be the end of the one before.
    if (account.tunnel() == null && live.isUsed() && !live.used(use(account))) {
      return new Admitting.Noted.Heard(null);
    }
    books.commit(
        event(EventType.SESSION_ENDED, Outcome.DONE, account, live)
            .with("call", account.call())
            .with("figures", account.figures()),
        Endings.of(books, live.session()));
    return new Admitting.Noted.Heard(live.id());
  }

  private Admitting.Noted allStopped(Admitting.Account account) {
    List<Change> ends = Endings.of(books, session -> of(session, account.server()));
    if (!ends.isEmpty()) {
      books.commit(
          Event.at(clock.instant(), EventType.SESSION_ENDED, Outcome.DONE)
              .from(AdmitToVpn.DOOR, account.at())
              .on("vpn:" + account.server())
              .with("sessions", Integer.toString(ends.size())),
          ends);
    }
    return new Admitting.Noted.Heard(null);
  }

  /// By our mark; a server that does not repeat it is believed when the person has one tunnel
  /// there.
  private @Nullable LiveSession find(Admitting.Account account) {
    SessionId tunnel = account.tunnel();
    if (tunnel != null) {
      LiveSession live = books.sessions().with(tunnel);
      return live == null || !of(live.session(), account.server()) ? null : live;
    }
    Person person =
        account.name() == null ? null : books.roster().named(account.name()).orElse(null);
    if (person == null) {
      return null;
    }
    List<LiveSession> found =
        books
            .sessions()
            .where(
                session -> of(session, account.server()) && session.person().equals(person.id()));
    return found.size() == 1 ? found.getFirst() : null;
  }

  private static boolean of(Session session, String server) {
    boolean tunnel =
        switch (session.kind()) {
          case VPN, DEVICE -> true;
          case PORTAL, HOST, COMMAND, SSH -> false;
        };
    return tunnel && session.host().equals(server);
  }

  private @Nullable Reason over(LiveSession live) {
    return books.sessions().with(live.id()) == null
        ? Reason.SESSION_CUT
        : Tunnels.over(books, live, clock.instant());
  }

  private Admitting.Noted over(
      Admitting.Account account, @Nullable LiveSession live, Reason reason) {
    Event event =
        Event.at(clock.instant(), EventType.VPN_TUNNEL, Outcome.REFUSED)
            .from(AdmitToVpn.DOOR, account.at())
            .on("vpn:" + account.server())
            .because(reason);
    journal.refused(live == null ? event : event.about(live.person()), account.at());
    return new Admitting.Noted.Over(reason, live == null ? null : live.id());
  }

  private Event event(
      EventType type, Outcome outcome, Admitting.Account account, LiveSession live) {
    return Event.at(clock.instant(), type, outcome)
        .about(live.person())
        .from(AdmitToVpn.DOOR, account.at())
        .on("session:" + live.id())
        .with("server", account.server());
  }
}

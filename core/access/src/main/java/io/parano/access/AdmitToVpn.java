package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.policy.VpnDecision;
import io.parano.policy.VpnRule;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.session.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether somebody may have a tunnel: one-time password, then password, then what the policy says
/// of them, the server and the place where their device is.
final class AdmitToVpn {
  static final String DOOR = "radius";

  private final Books books;
  private final VerifyOtp verifyOtp;
  private final AskedPassword passwords;
  private final Leasing leasing;
  private final HeldPasswords held;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  AdmitToVpn(
      Books books,
      VerifyOtp verifyOtp,
      AskedPassword passwords,
      Leasing leasing,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.verifyOtp = verifyOtp;
    this.passwords = passwords;
    this.leasing = leasing;
    this.held = new HeldPasswords(randomness);
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  Admitting.Answer admit(Admitting.Asked asked, Secret typed) {
    return switch (TypedFactors.of(typed)) {
      case TypedFactors.Password(var password) ->
          held.hold(asked, password, clock.instant())
              .<Admitting.Answer>map(
                  state -> new Admitting.Answer.Challenge(state, HeldPasswords.LIFE))
              .orElseGet(() -> refuse(asked, null, Reason.RATE_LIMITED));
      case TypedFactors.Both(var password, var otp) -> {
        try (password) {
          yield verified(asked, password, otp);
        }
      }
    };
  }

  Admitting.Answer resume(Admitting.Asked asked, String state, Secret typed) {
    return held.take(state, asked, clock.instant())
        .map(password -> {
          try (password) {
            return verified(asked, password, TypedFactors.otp(typed));
          }
        })
        .orElseGet(() -> refuse(asked, null, Reason.CEREMONY_UNKNOWN));
  }

  private Admitting.Answer verified(Admitting.Asked asked, Secret password, String otp) {
    IpAddress station = asked.station();
    if (station == null) {
      return refuse(asked, null, Reason.SOURCE_UNLISTED);
    }
    try {
      return switch (verifyOtp.verify(
          otp, new VerifyOtp.Asking(DOOR, "vpn:" + asked.server(), "", station))) {
        case VerifyOtp.Verified.Refused(var reason) -> new Admitting.Answer.Refused(reason);
        case VerifyOtp.Verified.Accepted(var person, var token, var counters) ->
            person.name().equals(asked.name())
                ? tried(asked, person, token, station, password)
                : refuse(asked, person, Reason.TOKEN_OF_OTHER_PERSON);
      };
    } catch (Ledger.Unavailable e) {
      return new Admitting.Answer.Unavailable();
    }
  }

  private Admitting.Answer tried(
      Admitting.Asked asked, Person person, OtpToken token, IpAddress station, Secret password) {
    return switch (passwords.give(person, password, station, clock.instant())) {
      case AskedPassword.Verdict.Refused(var reason) -> refuse(asked, person, reason);
      case AskedPassword.Verdict.Taken taken -> decided(asked, person.id(), token.id(), station);
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private Admitting.Answer decided(
      Admitting.Asked asked, PersonId id, AuthenticatorId tokenId, IpAddress station) {
    long epoch = books.closures().epoch();
    Person person = books.roster().person(id);
    Reason objection = objection(person, books.roster().otpToken(tokenId), station);
    if (objection != null || person == null) {
      return refuse(asked, person, objection == null ? Reason.PERSON_UNKNOWN : objection);
    }
    return switch (books.policy().policy().decideVpn(asked.server(), person.groups(), station)) {
      case VpnDecision.Refused(var reason, var rule) -> refuse(asked, person, reason);
      case VpnDecision.Allowed(var rule) -> granted(asked, person, tokenId, station, epoch, rule);
    };
  }

  private @Nullable Reason objection(
      @Nullable Person person, @Nullable OtpToken token, IpAddress station) {
    Reason bySource = Sources.refusal(books, station);
    if (bySource != null) {
      return bySource;
    }
    if (person == null) {
      return Reason.PERSON_UNKNOWN;
    }
    if (token == null) {
      return Reason.TOKEN_UNKNOWN;
    }
    Reason byToken =
        switch (token.state()) {
          case CUT -> Reason.TOKEN_CUT;
          case SUSPENDED -> Reason.TOKEN_SUSPENDED;
          case ACTIVE -> null;
        };
    if (byToken != null) {
      return byToken;
    }
    // While everybody is cut, officers come in by the web alone, for their acts.
    return books.closures().everybody() ? Reason.EVERYBODY_CUT : People.refusal(books, person);
  }

  /// An address that the policy gives is theirs with the tunnel, before the server tells of it.
  private Admitting.Answer granted(
      Admitting.Asked asked,
      Person person,
      AuthenticatorId token,
      IpAddress station,
      long epoch,
      VpnRule rule) {
    IpAddress framed = rule.framed().get(person.name());
    if (framed == null || !leasing.matters(framed)) {
      return granted(asked, person, token, station, epoch, rule, null);
    }
    return leasing.alone(
        framed,
        () -> {
          Reason taken = leasing.refusal(framed, person.id(), clock.instant());
          return taken == null
              ? granted(asked, person, token, station, epoch, rule, framed)
              : refuse(asked, person, taken);
        });
  }

  private Admitting.Answer granted(
      Admitting.Asked asked,
      Person person,
      AuthenticatorId token,
      IpAddress station,
      long epoch,
      VpnRule rule,
      @Nullable IpAddress leased) {
    Instant now = clock.instant();
    Session session = session(asked, person, token, station, epoch, rule, now);
    Event event =
        Event.at(now, EventType.VPN_ADMISSION, Outcome.DONE)
            .by(person.id())
            .from(DOOR, station)
            .on("vpn:" + asked.server())
            .with("rule", rule.name())
            .with("token", token.toString())
            .with("session", session.id().toString());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutSession(session));
    if (leased != null) {
      changes.addAll(leasing.changes(session, leased, null, now));
    }
    books.commit(leased == null ? event : event.with("address", leased.toString()), changes);
    Reason since = since(session, person.id(), token, station);
    if (since != null) {
      books.withdraw(
          Event.at(clock.instant(), EventType.SESSION_ENDED, Outcome.DONE)
              .about(person.id())
              .on("session:" + session.id())
              .because(since),
          Endings.of(books, session));
      return new Admitting.Answer.Refused(since);
    }
    return new Admitting.Answer.Admitted(
        new Admitting.Tunnel(
            session.id(), asked.server(), person.name(), session.source(), session.endsAt()),
        new Admitting.Terms(
            rule.category(),
            rule.filter(),
            rule.framed().get(person.name()),
            Duration.between(now, session.endsAt())));
  }

  /// The disk took its time too.
  private @Nullable Reason since(
      Session session, PersonId person, AuthenticatorId token, IpAddress station) {
    LiveSession live = books.sessions().with(session.id());
    if (live == null) {
      return Reason.SESSION_CUT;
    }
    return switch (Standing.of(
        live, station, books.circumstances(live, station), clock.instant())) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live holds ->
          objection(books.roster().person(person), books.roster().otpToken(token), station);
    };
  }

  private Session session(
      Admitting.Asked asked,
      Person person,
      AuthenticatorId token,
      IpAddress station,
      long epoch,
      VpnRule rule,
      Instant now) {
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    Duration life = rule.connection().compareTo(absolute) < 0 ? rule.connection() : absolute;
    return new Session(
        SessionId.next(now, randomness),
        Portals.digest(Portals.text(randomness.bytes(32))),
        Session.Kind.VPN,
        asked.server(),
        person.id(),
        token,
        station.binding(),
        person.generation(),
        epoch,
        now,
        now,
        now.plus(life),
        null);
  }

  private Admitting.Answer refuse(Admitting.Asked asked, @Nullable Person person, Reason reason) {
    IpAddress source = asked.station() == null ? asked.at() : asked.station();
    Event event =
        Event.at(clock.instant(), EventType.VPN_ADMISSION, Outcome.REFUSED)
            .from(DOOR, source)
            .on("vpn:" + asked.server())
            .because(reason)
            .with("station", asked.station() == null ? "none" : source.toString());
    journal.refused(person == null ? event : event.about(person.id()), source);
    return new Admitting.Answer.Refused(reason);
  }
}

package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Device;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.policy.Policy;
import io.parano.policy.VpnDecision;
import io.parano.policy.VpnRule;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether somebody may have a tunnel: one-time password or touch, then password, then what the
/// policy says of them, the server and the place where their device is, or the device itself.
final class AdmitToVpn {
  static final String DOOR = "vpn";

  private final Books books;
  private final VerifyOtp verifyOtp;
  private final AskedPassword passwords;
  private final Leasing leasing;
  private final HeldLogins held;
  private final Touches touches;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  AdmitToVpn(
      Books books,
      VerifyOtp verifyOtp,
      AskedPassword passwords,
      Leasing leasing,
      HeldLogins held,
      Touches touches,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.verifyOtp = verifyOtp;
    this.passwords = passwords;
    this.leasing = leasing;
    this.held = held;
    this.touches = touches;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  Admitting.Answer admit(Admitting.Asked asked, Secret typed) {
    return switch (TypedFactors.of(typed)) {
      case TypedFactors.Password(var password) ->
          held.hold(asked, password, clock.instant())
              .<Admitting.Answer>map(kept ->
                  new Admitting.Answer.Challenge(
                      kept.state(), asksForTouch(asked) ? kept.code() : null, HeldLogins.LIFE))
              .orElseGet(() -> refuse(asked, null, Reason.RATE_LIMITED));
      case TypedFactors.Both(var password, var otp) -> {
        try (password) {
          yield verified(asked, password, otp);
        }
      }
    };
  }

  Admitting.Answer resume(Admitting.Asked asked, String state, Secret typed) {
    String otp = TypedFactors.otp(typed);
    if (asksForTouch(asked) && !TypedFactors.looksLikeOtp(otp)) {
      return switch (held.look(state, asked, clock.instant())) {
        case HeldLogins.Standing.Gone gone -> refuse(asked, null, Reason.CEREMONY_UNKNOWN);
        case HeldLogins.Standing.Waiting waiting -> new Admitting.Answer.Held();
        case HeldLogins.Standing.Ready(var password, var touched) -> {
          try (password) {
            yield touched(asked, password, touched);
          }
        }
      };
    }
    return held.take(state, asked, clock.instant())
        .map(password -> {
          try (password) {
            return verified(asked, password, otp);
          }
        })
        .orElseGet(() -> refuse(asked, null, Reason.CEREMONY_UNKNOWN));
  }

  private boolean asksForTouch(Admitting.Asked asked) {
    return books.policy().policy().asksForTouch(asked.server());
  }

  /// What showed the token, and which it was.
  ///
  /// @param otp what is used up with what is granted on it; null after a touch
  private record Showing(AuthenticatorId token, VpnRule.Token how, VerifyOtp.@Nullable Held otp) {}

  /// The touch was verified where it was made; the password comes after it, as ever.
  private Admitting.Answer touched(
      Admitting.Asked asked, Secret password, HeldLogins.Touched touched) {
    IpAddress station = asked.station();
    Person person = books.roster().person(touched.person());
    if (station == null) {
      return refuse(asked, person, Reason.SOURCE_UNLISTED);
    }
    if (person == null || !person.name().equals(asked.name())) {
      return refuse(asked, person, Reason.TOKEN_OF_OTHER_PERSON);
    }
    try {
      return tried(
          asked,
          person,
          new Showing(touched.token(), VpnRule.Token.TOUCH, null),
          station,
          password);
    } catch (Ledger.Unavailable e) {
      return new Admitting.Answer.Unavailable();
    }
  }

  private Admitting.Answer verified(Admitting.Asked asked, Secret password, String otp) {
    IpAddress station = asked.station();
    if (station == null) {
      return refuse(asked, null, Reason.SOURCE_UNLISTED);
    }
    VerifyOtp.Asking asking =
        new VerifyOtp.Asking(
            DOOR,
            "vpn:" + asked.server(),
            "",
            station,
            VerifyOtp.Terms.NONE,
            ShownDevice.firstLevel(books, asked));
    try (VerifyOtp.Held held = verifyOtp.hold(otp, asking)) {
      return switch (held.verified()) {
        case VerifyOtp.Verified.Refused(var reason) -> new Admitting.Answer.Refused(reason);
        case VerifyOtp.Verified.Accepted(var person, var token, var counters) ->
            person.name().equals(asked.name())
                ? tried(
                    asked,
                    person,
                    new Showing(token.id(), VpnRule.Token.OTP, held),
                    station,
                    password)
                : refuse(asked, person, Reason.TOKEN_OF_OTHER_PERSON);
      };
    } catch (Ledger.Unavailable e) {
      return new Admitting.Answer.Unavailable();
    }
  }

  private Admitting.Answer tried(
      Admitting.Asked asked, Person person, Showing shown, IpAddress station, Secret password) {
    return switch (passwords.give(person, password, station, clock.instant())) {
      case AskedPassword.Verdict.Refused(var reason) -> refuse(asked, person, reason);
      case AskedPassword.Verdict.Taken taken -> decided(asked, person, shown, station);
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private Admitting.Answer decided(
      Admitting.Asked asked, Person before, Showing shown, IpAddress station) {
    long epoch = books.closures().epoch();
    Person person = books.roster().person(before.id());
    Reason objection = objection(asked, before, person, shown, station);
    if (objection != null || person == null) {
      return refuse(asked, person, objection == null ? Reason.PERSON_UNKNOWN : objection);
    }
    Device device = ShownDevice.of(books, asked, person.id());
    Policy policy = books.policy().policy();
    VpnDecision decision =
        device == null
            ? policy.decideVpn(asked.server(), person.groups(), station)
            : policy.decideDevice(asked.server(), person.groups(), station);
    return switch (decision) {
      case VpnDecision.Refused(var reason, var rule) ->
          refuse(
              asked,
              person,
              reason == Reason.DEVICE_MISSING && asked.certificate() != null
                  ? Reason.DEVICE_UNKNOWN
                  : reason);
      case VpnDecision.Allowed(var rule) ->
          rule.token() == VpnRule.Token.TOUCH && shown.how() != VpnRule.Token.TOUCH
              ? refuse(asked, person, Reason.TOUCH_MISSING)
              : granted(
                  new Grant(asked, person, shown.token(), station, epoch, rule, device), shown);
    };
  }

  private @Nullable Reason objection(
      Admitting.Asked asked,
      Person before,
      @Nullable Person person,
      Showing shown,
      IpAddress station) {
    Reason bySource =
        ShownDevice.firstLevel(books, asked).refusal(person, station, clock.instant());
    if (bySource != null) {
      return bySource;
    }
    if (person == null) {
      return Reason.PERSON_UNKNOWN;
    }
    Reason byToken =
        switch (shown.how()) {
          case TOUCH ->
              touches.standing(person, books.roster().token(shown.token()), clock.instant());
          case OTP -> standing(books.roster().otpToken(shown.token()));
        };
    if (byToken != null) {
      return byToken;
    }
    // While everybody is cut, officers come in by the web alone, for their acts.
    return books.closures().everybody()
        ? Reason.EVERYBODY_CUT
        : People.refusal(books, before, person);
  }

  private static @Nullable Reason standing(@Nullable OtpToken token) {
    if (token == null) {
      return Reason.TOKEN_UNKNOWN;
    }
    return switch (token.state()) {
      case CUT -> Reason.TOKEN_CUT;
      case SUSPENDED -> Reason.TOKEN_SUSPENDED;
      case ACTIVE -> null;
    };
  }

  /// What is granted, to whom and why.
  ///
  /// @param device the enrolled one that showed itself; null when none did
  private record Grant(
      Admitting.Asked asked,
      Person person,
      AuthenticatorId token,
      IpAddress station,
      long epoch,
      VpnRule rule,
      @Nullable Device device) {
    /// The address inside that is always theirs; null when they get any.
    @Nullable IpAddress framed() {
      return device == null ? rule.framed().get(person.name()) : device.address();
    }
  }

  /// An address that is always theirs, by their device or by the policy, is so with the tunnel,
  /// before the server tells of it.
  private Admitting.Answer granted(Grant grant, Showing shown) {
    IpAddress framed = grant.framed();
    boolean matters = framed != null && leasing.matters(framed);
    if (grant.device() != null && !matters) {
      return refuse(grant.asked(), grant.person(), Reason.ADDRESS_NOT_ALLOWED);
    }
    if (framed == null || !matters) {
      return granted(grant, shown, null);
    }
    return leasing.alone(
        framed,
        () -> {
          Reason taken = leasing.refusal(framed, grant.person().id(), clock.instant());
          return taken == null
              ? granted(grant, shown, framed)
              : refuse(grant.asked(), grant.person(), taken);
        });
  }

  private Admitting.Answer granted(Grant grant, Showing shown, @Nullable IpAddress leased) {
    Instant now = clock.instant();
    Session session = session(grant, now);
    Device device = grant.device();
    Event event =
        Event.at(now, EventType.VPN_ADMISSION, Outcome.DONE)
            .by(grant.person().id())
            .from(DOOR, grant.station())
            .on("vpn:" + grant.asked().server())
            .with("rule", grant.rule().name())
            .with("token", grant.token().toString())
            .with("session", session.id().toString());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutSession(session));
    if (device != null) {
      event = event.with("device", device.id().toString());
    }
    if (leased != null) {
      event = event.with("address", leased.toString());
      changes.addAll(leasing.changes(session, leased, device == null ? null : device.id(), now));
    }
    commit(event, changes, shown.otp());
    Reason since = since(session, grant, shown);
    if (since != null) {
      books.withdraw(
          Event.at(clock.instant(), EventType.SESSION_ENDED, Outcome.DONE)
              .about(grant.person().id())
              .on("session:" + session.id())
              .because(since),
          Endings.of(books, session));
      return new Admitting.Answer.Refused(since);
    }
    return new Admitting.Answer.Admitted(
        new Admitting.Tunnel(
            session.id(),
            grant.asked().server(),
            grant.person().name(),
            session.source(),
            session.endsAt()),
        new Admitting.Terms(
            grant.rule().category(),
            grant.rule().filter(),
            grant.framed(),
            Duration.between(now, session.endsAt())));
  }

  /// One entry tells of the tunnel and of the one-time password that is used up for it.
  private void commit(Event event, List<Change> changes, VerifyOtp.@Nullable Held otp) {
    if (otp == null) {
      books.commit(event, changes);
    } else {
      otp.commit(event, changes);
    }
  }

  /// The disk took its time too.
  private @Nullable Reason since(Session session, Grant grant, Showing shown) {
    LiveSession live = books.sessions().with(session.id());
    if (live == null) {
      return Reason.SESSION_CUT;
    }
    Reason over = Tunnels.over(books, live, clock.instant());
    return over == null
        ? objection(
            grant.asked(),
            grant.person(),
            books.roster().person(grant.person().id()),
            shown,
            grant.station())
        : over;
  }

  private Session session(Grant grant, Instant now) {
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    Duration connection = grant.rule().connection();
    Duration life = connection.compareTo(absolute) < 0 ? connection : absolute;
    return new Session(
        SessionId.next(now, randomness),
        Portals.digest(Portals.text(randomness.bytes(32))),
        grant.device() == null ? Session.Kind.VPN : Session.Kind.DEVICE,
        grant.asked().server(),
        grant.person().id(),
        grant.token(),
        grant.station().binding(),
        grant.person().generation(),
        grant.epoch(),
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

package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.OtpOutcome;
import io.parano.authn.OtpSeed;
import io.parano.authn.OtpText;
import io.parano.authn.OtpUse;
import io.parano.authn.YubicoOtp;
import io.parano.identity.OtpCounters;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One of Yubico's one-time passwords, through whatever door: it counts once, from a listed source,
/// the person's own tunnel or enrolled device, for somebody who may come in.
///
/// The counters are durable before the answer: by themselves, or in one with what is granted on
/// them. One that the token made but that does not count (held back, or its holder frozen) is used
/// up all the same, so that it can't be kept for later.
final class VerifyOtp {
  private final Books books;
  private final OtpSeeds seeds;
  private final GuessLimits limits;
  private final Journal journal;
  private final InstantSource clock;

  /// One for each token that was ever used: what is decided from its counters still holds when they
  /// are written.
  private final Map<AuthenticatorId, ReentrantLock> deciding = new ConcurrentHashMap<>();

  VerifyOtp(Books books, OtpSeeds seeds, GuessLimits limits, Journal journal, InstantSource clock) {
    this.books = books;
    this.seeds = seeds;
    this.limits = limits;
    this.journal = journal;
    this.clock = clock;
  }

  sealed interface Verified {
    record Refused(Reason reason) implements Verified {}

    /// @param counters as the token said them
    record Accepted(Person person, OtpToken token, OtpCounters counters) implements Verified {}
  }

  /// A one-time password that was looked at. While one that counts is held no other of its token is
  /// looked at; it is used up with what is granted on it, or else when this is closed.
  final class Held implements AutoCloseable {
    private final Verified verified;
    private final @Nullable ReentrantLock alone;
    private @Nullable Counting counting;

    private Held(Verified refused) {
      this(refused, null, null);
    }

    private Held(Verified verified, @Nullable ReentrantLock alone, @Nullable Counting counting) {
      this.verified = verified;
      this.alone = alone;
      this.counting = counting;
    }

    Verified verified() {
      return verified;
    }

    /// Makes durable what is granted on it, and with that its counters. Throws [Ledger.Unavailable]
    /// when it can't be recorded; then nothing was granted and nothing used up.
    ///
    /// @param event of the grant, which then says as well which one-time password it took
    void commit(Event event, List<Change> granted) {
      OtpCounters counters = Objects.requireNonNull(counting).change().counters();
      used(
          event
              .with("otp-usage", Integer.toString(counters.usage()))
              .with("otp-session", Integer.toString(counters.session())),
          granted);
    }

    private void used(Event event, List<Change> granted) {
      Counting used = Objects.requireNonNull(counting);
      counting = null;
      List<Change> changes = new ArrayList<>(granted);
      changes.add(used.change());
      books.commit(event, changes);
    }

    @Override
    public void close() {
      try {
        if (counting != null) {
          books.withdraw(counting.event(), List.of(counting.change()));
        }
      } finally {
        if (alone != null) {
          alone.unlock();
        }
      }
    }
  }

  /// How one that counts is used up.
  ///
  /// @param event that it was
  private record Counting(Event event, Change.CountOtp change) {}

  /// What the asking door wants besides.
  interface Terms {
    Terms NONE = (person, token) -> null;

    /// Why the one-time password does not count at that door; null when it does.
    @Nullable Reason refusal(Person person, OtpToken token);
  }

  /// Who asks, and where from.
  ///
  /// @param nonce what the asking party calls its request; empty where the protocol has none
  /// @param asker what the log calls the asking party
  /// @param place what stands for the first level there; null for a listed source, or the person's
  ///   own tunnel
  record Asking(
      String door,
      String asker,
      String nonce,
      IpAddress source,
      Terms terms,
      @Nullable FirstLevel place) {
    Asking(String door, String asker, String nonce, IpAddress source) {
      this(door, asker, nonce, source, Terms.NONE);
    }

    Asking(String door, String asker, String nonce, IpAddress source, Terms terms) {
      this(door, asker, nonce, source, terms, null);
    }
  }

  /// Throws [Ledger.Unavailable] when it can't be recorded; then nothing was granted and nothing
  /// used up.
  Verified verify(String typed, Asking asking) {
    try (Held held = hold(typed, asking)) {
      return switch (held.verified()) {
        case Verified.Refused refused -> refused;
        case Verified.Accepted accepted -> {
          held.used(Objects.requireNonNull(held.counting).event(), List.of());
          yield still(accepted, asking);
        }
      };
    }
  }

  /// As [#verify], for a door that wants more than a one-time password: one that counts is not used
  /// up yet.
  Held hold(String typed, Asking asking) {
    return switch (OtpText.read(typed)) {
      case OtpText.Reading.Malformed() ->
          new Held(refuse(null, null, Reason.OTP_MALFORMED, asking));
      case OtpText.Reading.Read(OtpText otp) -> {
        OtpToken token = books.roster().otpTokenWith(otp.publicId()).orElse(null);
        Person person = token == null ? null : books.roster().person(token.person());
        yield token == null || person == null
            ? new Held(nobody(otp, asking))
            : limited(otp, token, person, asking);
      }
    };
  }

  /// A public id that nobody has costs the same.
  private Verified nobody(OtpText otp, Asking asking) {
    Instant now = clock.instant();
    return switch (limits.askNobody(otp.publicId(), asking.source(), now)) {
      case GuessOutcome.Shut shut -> refuse(null, null, Reason.TOUCH_LIMITED, asking);
      case GuessOutcome.Wait wait -> refuse(null, null, Reason.TOUCH_LIMITED, asking);
      case GuessOutcome.Go go -> {
        try (OtpSeed seed = seeds.nobodys()) {
          var _ = YubicoOtp.verify(otp, seed, OtpUse.NEVER, asking.nonce(), now);
        }
        yield refuse(null, null, Reason.TOKEN_UNKNOWN, asking);
      }
    };
  }

  private Held limited(OtpText otp, OtpToken token, Person person, Asking asking) {
    return switch (limits.ask(person.id(), asking.source(), clock.instant())) {
      case GuessOutcome.Shut shut -> new Held(refuse(person, token, Reason.TOUCH_LIMITED, asking));
      case GuessOutcome.Wait wait -> new Held(refuse(person, token, Reason.TOUCH_LIMITED, asking));
      case GuessOutcome.Go go -> {
        ReentrantLock alone = deciding.computeIfAbsent(token.id(), id -> new ReentrantLock());
        alone.lock();
        Held held = null;
        try {
          held = decided(otp, token.id(), go, asking, alone);
          yield held;
        } finally {
          if (held == null || held.counting == null) {
            alone.unlock();
          }
        }
      }
    };
  }

  private Held decided(
      OtpText otp, AuthenticatorId id, GuessOutcome.Go go, Asking asking, ReentrantLock alone) {
    OtpToken token = books.roster().otpToken(id);
    Person person = token == null ? null : books.roster().person(token.person());
    if (token == null || person == null) {
      return new Held(refuse(person, null, Reason.TOKEN_UNKNOWN, asking));
    }
    Instant now = clock.instant();
    OtpOutcome outcome;
    try (OtpSeed seed = seeds.open(token)) {
      outcome =
          YubicoOtp.verify(otp, seed, use(books.roster().otpCounters(id)), asking.nonce(), now);
    }
    return switch (outcome) {
      case OtpOutcome.Refused(var reason) -> {
        if (reason == Reason.OTP_REQUEST_REPLAYED) {
          limits.untried(go);
        }
        yield new Held(refuse(person, token, reason, asking));
      }
      case OtpOutcome.Delayed(var use, var late) -> {
        limits.untried(go);
        yield new Held(useUp(person, token, use, Reason.OTP_DELAYED, asking));
      }
      case OtpOutcome.Accepted accepted -> {
        limits.right(go);
        Reason reason = standing(person, token, asking);
        yield reason == null
            ? counts(person, token, counters(accepted.use()), asking, alone)
            : new Held(useUp(person, token, accepted.use(), reason, asking));
      }
    };
  }

  private Held counts(
      Person person, OtpToken token, OtpCounters counters, Asking asking, ReentrantLock alone) {
    return new Held(
        new Verified.Accepted(person, token, counters),
        alone,
        new Counting(
            event(Outcome.DONE, person, token, asking, counters.at())
                .with("usage", Integer.toString(counters.usage()))
                .with("session", Integer.toString(counters.session())),
            new Change.CountOtp(token.id(), counters)));
  }

  /// What held before the disk took its time must still hold.
  private Verified still(Verified.Accepted accepted, Asking asking) {
    Person person = books.roster().person(accepted.person().id());
    OtpToken token = books.roster().otpToken(accepted.token().id());
    Reason reason =
        person == null || token == null ? Reason.PERSON_UNKNOWN : standing(person, token, asking);
    return reason == null ? accepted : refuse(accepted.person(), accepted.token(), reason, asking);
  }

  /// It only takes away, so that a full disk is no reason to leave it usable.
  private Verified useUp(Person person, OtpToken token, OtpUse use, Reason reason, Asking asking) {
    books.withdraw(
        event(Outcome.REFUSED, person, token, asking, clock.instant()).because(reason),
        List.of(new Change.CountOtp(token.id(), counters(use))));
    return new Verified.Refused(reason);
  }

  /// Why a genuine one-time password of `person` does not count here and now; null when it does.
  private @Nullable Reason standing(Person person, OtpToken token, Asking asking) {
    Instant now = clock.instant();
    FirstLevel place = asking.place();
    Reason bySource =
        place == null
            ? Sources.refusal(books, asking.source(), person.id(), now)
            : place.refusal(person, asking.source(), now);
    if (bySource != null) {
      return bySource;
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
    // While everybody is cut officers come in by the web alone, for their acts.
    Reason byPerson =
        person.state() == PersonState.ACTIVE && books.closures().everybody()
            ? Reason.EVERYBODY_CUT
            : People.refusal(books, person);
    return byPerson == null ? asking.terms().refusal(person, token) : byPerson;
  }

  private Verified refuse(
      @Nullable Person person, @Nullable OtpToken token, Reason reason, Asking asking) {
    Event event = event(Outcome.REFUSED, person, token, asking, clock.instant()).because(reason);
    journal.refused(event, asking.source());
    return new Verified.Refused(reason);
  }

  private static Event event(
      Outcome outcome,
      @Nullable Person person,
      @Nullable OtpToken token,
      Asking asking,
      Instant now) {
    Event event =
        Event.at(now, EventType.OTP_USED, outcome)
            .from(asking.door(), asking.source())
            .with("asker", asking.asker());
    Event named = token == null ? event : event.on("token:" + token.id());
    if (person == null) {
      return named;
    }
    return outcome == Outcome.DONE ? named.by(person.id()) : named.about(person.id());
  }

  private static OtpUse use(@Nullable OtpCounters counters) {
    return counters == null
        ? OtpUse.NEVER
        : new OtpUse(
            counters.usage(),
            counters.session(),
            counters.timestamp(),
            counters.at(),
            counters.nonce());
  }

  private static OtpCounters counters(OtpUse use) {
    return new OtpCounters(use.usage(), use.session(), use.timestamp(), use.at(), use.nonce());
  }
}

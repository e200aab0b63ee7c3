package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.identity.Person;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.LiveSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [MailAdmitting]. The password is looked up by its digest before guesses are counted: 130 random
/// bits are not guessed, so that a flood of wrong ones shuts out nobody who has the right one.
final class AdmitToMail implements MailAdmitting {
  private static final String DOOR = "mail";

  /// Whoever is refused for something else than a guess may ask again soon: they may sign in
  /// meanwhile.
  private static final Duration SOON = Duration.ofSeconds(2);

  /// For whom waiting does not help.
  private static final Duration LONG = Duration.ofHours(1);

  private final Books books;
  private final GuessLimits limits;
  private final MailSettings settings;
  private final Journal journal;
  private final InstantSource clock;

  AdmitToMail(
      Books books,
      GuessLimits limits,
      MailSettings settings,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.limits = limits;
    this.settings = settings;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Answer admit(Asked asked, Secret typed) {
    Instant now = clock.instant();
    Person person = named(asked.name()).orElse(null);
    Reason bySource = Sources.refusal(books, asked.source());
    if (bySource != null) {
      return refuse(asked, person, bySource, SOON, now);
    }
    Digest digest = DevicePasswordText.digest(typed);
    DevicePassword device = digest == null ? null : books.devicePasswords().with(digest);
    if (device == null || person == null || !device.person().equals(person.id())) {
      return guessed(asked, person, reason(digest, device), now);
    }
    return decided(asked, person, device);
  }

  private static Reason reason(@Nullable Digest digest, @Nullable DevicePassword device) {
    if (digest == null) {
      return Reason.DEVICE_PASSWORD_MISTYPED;
    }
    return device == null ? Reason.PASSWORD_WRONG : Reason.DEVICE_PASSWORD_OF_OTHER_PERSON;
  }

  @Override
  public Answer admitPresent(Asked asked) {
    Instant now = clock.instant();
    Person person = named(asked.name()).orElse(null);
    return person == null
        ? refuse(asked, null, Reason.PERSON_UNKNOWN, SOON, now)
        : decided(asked, person, null);
  }

  @Override
  public void disbelieve(IpAddress peer, Reason reason, String detail) {
    journal.refused(
        Event.at(clock.instant(), EventType.PROXY_REFUSED, Outcome.REFUSED)
            .from(DOOR, peer)
            .because(reason)
            .with("detail", detail),
        peer);
  }

  @Override
  public @Nullable Reason over(Opened opened) {
    return objection(opened.person(), opened.device(), opened.source(), clock.instant());
  }

  /// By sign-in name or by address, as mail programs are set up; in lower case.
  private Optional<Person> named(String typed) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    Optional<Person> named = books.roster().named(name);
    int at = name.indexOf('@');
    return named.isPresent() || at < 0
        ? named
        : books.roster().everybody().stream()
            .filter(person -> person.email().equalsIgnoreCase(name))
            .findFirst();
  }

  private Answer decided(Asked asked, Person person, @Nullable DevicePassword device) {
    Instant now = clock.instant();
    DeviceId id = device == null ? null : device.id();
    Reason objection = objection(person.id(), id, asked.source(), now);
    LiveSession live = Presence.at(books, person.id(), asked.source(), now);
    if (objection != null || live == null) {
      return refuse(
          asked, person, objection == null ? Reason.SESSION_MISSING : objection, SOON, now);
    }
    String use = "mail " + (id == null ? "" : id);
    if (!live.used(use)) {
      try {
        books.commit(firstUse(asked, person, id, live, now));
      } catch (Ledger.Unavailable e) {
        return new Answer.Unavailable();
      }
      live.recordUse(use);
      // The disk took its time: what held before it must still hold.
      return decided(asked, person, device);
    }
    live.passed();
    return new Answer.Admitted(new Opened(person.id(), id, asked.source(), mailbox(person)));
  }

  private Event firstUse(
      Asked asked, Person person, @Nullable DeviceId device, LiveSession live, Instant now) {
    Event event =
        Event.at(now, EventType.MAIL_LOGIN, Outcome.DONE)
            .by(person.id())
            .from(DOOR, asked.source())
            .on("mail:" + asked.server())
            .with("protocol", asked.protocol().name().toLowerCase(Locale.ROOT))
            .with("session", live.id().toString());
    return device == null
        ? event.with("checked", "presence")
        : event.with("device", device.toString());
  }

  private @Nullable Reason objection(
      PersonId id, @Nullable DeviceId deviceId, IpAddress source, Instant now) {
    Reason bySource = Sources.refusal(books, source, id, now);
    if (bySource != null) {
      return bySource;
    }
    // While everybody is cut, officers come in by the web alone, for their acts.
    if (books.closures().everybody()) {
      return Reason.EVERYBODY_CUT;
    }
    if (deviceId != null) {
      DevicePassword device = books.devicePasswords().with(deviceId);
      Reason byDevice = device == null ? Reason.PASSWORD_WRONG : device.over(books, now);
      if (byDevice != null) {
        return byDevice;
      }
    }
    return Presence.at(books, id, source, now) == null ? Reason.SESSION_MISSING : null;
  }

  private String mailbox(Person person) {
    return switch (settings.mailbox()) {
      case NAME -> person.name();
      case ADDRESS -> person.email();
    };
  }

  private Answer guessed(Asked asked, @Nullable Person person, Reason reason, Instant now) {
    GuessOutcome outcome =
        person == null
            ? limits.askNobody(Beginnings.standing(asked.name()), asked.source(), now)
            : limits.ask(person.id(), asked.source(), now);
    return switch (outcome) {
      case GuessOutcome.Shut shut -> refuse(asked, person, Reason.RATE_LIMITED, LONG, now);
      case GuessOutcome.Wait(var delay, var why) ->
          refuse(asked, person, Reason.RATE_LIMITED, delay, now);
      case GuessOutcome.Go go -> refuse(asked, person, reason, SOON, now);
    };
  }

  private Answer refuse(
      Asked asked, @Nullable Person person, Reason reason, Duration delay, Instant now) {
    Event event =
        Event.at(now, EventType.MAIL_LOGIN, Outcome.REFUSED)
            .from(DOOR, asked.source())
            .on("mail:" + asked.server())
            .because(reason)
            .with("protocol", asked.protocol().name().toLowerCase(Locale.ROOT));
    journal.refused(person == null ? event : event.about(person.id()), asked.source());
    return new Answer.Refused(reason, delay);
  }
}

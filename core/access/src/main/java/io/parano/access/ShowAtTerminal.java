package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.policy.SshDecision;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// [Showing], by the same counters and the same limits on guessing as every other door.
final class ShowAtTerminal implements Showing {
  private static final String DOOR = "ssh";

  private final Books books;
  private final VerifyOtp verifyOtp;
  private final AskedPassword passwords;
  private final Journal journal;
  private final InstantSource clock;

  ShowAtTerminal(
      Books books,
      VerifyOtp verifyOtp,
      AskedPassword passwords,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.verifyOtp = verifyOtp;
    this.passwords = passwords;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Shown show(String name, String otp, Secret password, String hosts, IpAddress source) {
    Instant now = clock.instant();
    VerifyOtp.Asking asking =
        new VerifyOtp.Asking(
            DOOR,
            "ssh:" + hosts,
            "",
            source,
            (person, token) ->
                person.name().equals(name)
                    ? decided(person, hosts, source)
                    : Reason.TOKEN_OF_OTHER_PERSON);
    return switch (verifyOtp.verify(otp, asking)) {
      case VerifyOtp.Verified.Refused(var reason) -> new Shown.Refused(reason);
      case VerifyOtp.Verified.Accepted(var person, var token, var counters) ->
          switch (passwords.give(person, password, source, clock.instant())) {
            case AskedPassword.Verdict.Refused(var reason) -> refuse(person, hosts, reason, source);
            case AskedPassword.Verdict.Taken taken -> shown(person, token, hosts, source, now);
          };
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private Shown shown(
      Person before, OtpToken token, String hosts, IpAddress source, Instant typedAt) {
    long epoch = books.closures().epoch();
    Person person = books.roster().person(before.id());
    Reason reason = objection(before, person, token, hosts, source);
    return person == null || reason != null
        ? refuse(before, hosts, reason == null ? Reason.PERSON_UNKNOWN : reason, source)
        : new Shown.Three(
            new ShownAtTerminal(
                person.id(), token.id(), hosts, source, typedAt, person.generation(), epoch));
  }

  private @Nullable Reason objection(
      Person before, @Nullable Person person, OtpToken token, String hosts, IpAddress source) {
    if (person == null) {
      return Reason.PERSON_UNKNOWN;
    }
    if (!books.roster().usable(token.id(), clock.instant())) {
      return Reason.TOKEN_CUT;
    }
    if (books.closures().covers(source)) {
      return Reason.SOURCE_CUT;
    }
    // While everybody is cut officers come in by the web alone, for their acts.
    Reason byPerson =
        books.closures().everybody() ? Reason.EVERYBODY_CUT : People.refusal(books, before, person);
    return byPerson == null ? decided(person, hosts, source) : byPerson;
  }

  private @Nullable Reason decided(Person person, String hosts, IpAddress source) {
    return switch (books
        .policy()
        .policy()
        .decideSsh(hosts, person.groups(), source, false)
        .shownBy(Factor.OTP)) {
      case SshDecision.Refused(var reason, var rule) -> reason;
      case SshDecision.Allowed allowed -> null;
    };
  }

  private Shown refuse(Person person, String hosts, Reason reason, IpAddress source) {
    journal.refused(
        Event.at(clock.instant(), EventType.SSH_CERTIFICATE, Outcome.REFUSED)
            .about(person.id())
            .from(DOOR, source)
            .on("ssh:" + hosts)
            .because(reason),
        source);
    return new Shown.Refused(reason);
  }
}

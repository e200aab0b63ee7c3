package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.PasswordOutcome;
import io.parano.identity.Act;
import io.parano.identity.Enrolment;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// [BreakingGlass]. Both codes come before either password is tried: guessing a password here takes
/// two envelopes first, and so does using the limits on that up. A code can't be guessed.
final class BreakGlass implements BreakingGlass {
  private final Books books;
  private final Officers officers;
  private final SealedPasswords passwords;
  private final GuessLimits limits;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  BreakGlass(
      Books books,
      Officers officers,
      SealedPasswords passwords,
      GuessLimits limits,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.officers = officers;
    this.passwords = passwords;
    this.limits = limits;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  /// Somebody whose sealed code was shown.
  private record Shown(Person person, Enrolment sealed) {}

  @Override
  public Broken breakGlass(Holder first, Holder second, IpAddress source) {
    Instant now = clock.instant();
    Reason bySource = Sources.refusal(books, source);
    if (bySource != null) {
      return refuse(bySource, source);
    }
    Shown one = shown(first, now);
    Shown two = shown(second, now);
    if (one == null || two == null || one.person().id().equals(two.person().id())) {
      return refuse(Reason.CODE_UNKNOWN, source);
    }
    if (!(limits.ask(one.person().id(), source, now) instanceof GuessOutcome.Go left)) {
      return refuse(Reason.RATE_LIMITED, source);
    }
    if (!(limits.ask(two.person().id(), source, now) instanceof GuessOutcome.Go right)) {
      limits.untried(left);
      return refuse(Reason.RATE_LIMITED, source);
    }
    Reason byPasswords = both(one, first, two, second);
    if (byPasswords == Reason.RATE_LIMITED) {
      limits.untried(left);
      limits.untried(right);
    }
    if (byPasswords != null) {
      return refuse(byPasswords, source);
    }
    limits.right(left);
    limits.right(right);
    return officers.exclusively(() -> open(first, second, source));
  }

  private static String name(Holder holder) {
    return holder.name().strip().toLowerCase(Locale.ROOT);
  }

  /// Whose code it is, as the books stand; null when it is not this holder's, or worth nothing.
  private @Nullable Shown shown(Holder holder, Instant now) {
    Enrolment sealed = books.docket().enrolmentWith(holder.code().digest()).orElse(null);
    Person person = sealed == null ? null : books.roster().person(sealed.person());
    if (sealed == null || person == null || !GlassActs.sealed(sealed, books)) {
      return null;
    }
    boolean counts =
        person.name().equals(name(holder))
            && person.state() == PersonState.ACTIVE
            && now.isBefore(sealed.expiresAt())
            && officers.objection(sealed, now) == null;
    return counts ? new Shown(person, sealed) : null;
  }

  /// Both are tried, so that the time does not say which is wrong.
  private @Nullable Reason both(Shown one, Holder first, Shown two, Holder second) {
    PasswordOutcome left = passwords.verify(one.person(), first.password());
    PasswordOutcome right = passwords.verify(two.person(), second.password());
    if (left instanceof PasswordOutcome.Busy || right instanceof PasswordOutcome.Busy) {
      return Reason.RATE_LIMITED;
    }
    return left instanceof PasswordOutcome.Right && right instanceof PasswordOutcome.Right
        ? null
        : Reason.PASSWORD_WRONG;
  }

  /// Everything again from the books as they are now; recorded, then shown.
  private Broken open(Holder first, Holder second, IpAddress source) {
    Instant now = clock.instant();
    Shown one = shown(first, now);
    Shown two = shown(second, now);
    Reason bySource = Sources.refusal(books, source);
    if (one == null || two == null || bySource != null) {
      return refuse(bySource == null ? Reason.CODE_UNKNOWN : bySource, source);
    }
    Secret left = EnrolmentCode.random(randomness);
    Secret right = EnrolmentCode.random(randomness);
    Instant until = now.plus(GateSettings.BROKEN_GLASS);
    Proposal note = note(one.person(), two.person(), now);
    books.commit(
        Event.at(now, EventType.GLASS_BROKEN, Outcome.DONE)
            .by(one.person().id())
            .about(two.person().id())
            .from("web", source)
            .on("act:" + note.id())
            .with("holders", one.person().id() + " " + two.person().id())
            .with("until", until.toString()),
        new Change.PutEnrolment(GlassActs.opened(one.sealed(), left, until)),
        new Change.PutEnrolment(GlassActs.opened(two.sealed(), right, until)),
        new Change.PutProposal(note));
    return new Broken.Opened(left, right, until);
  }

  /// What lies on every officer's desk from now on, until two have signed that they saw it.
  private Proposal note(Person one, Person two, Instant now) {
    return new Proposal(
        ActId.next(now, randomness),
        new Act.NoteGlass(one.id(), two.id(), now),
        Bytes.of(randomness.bytes(32)),
        one.id(),
        now,
        now.plus(GateSettings.GLASS_NOTE),
        Proposal.State.OPEN);
  }

  private Broken refuse(Reason reason, IpAddress source) {
    journal.refused(
        Event.at(clock.instant(), EventType.GLASS_BROKEN, Outcome.REFUSED)
            .from("web", source)
            .because(reason),
        source);
    return new Broken.Refused(reason);
  }
}

package io.parano.access;

import io.parano.authn.Argon2;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.PasswordOutcome;
import io.parano.authn.PasswordRules;
import io.parano.authn.PasswordVerdict;
import io.parano.identity.Enrolment;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The password that an enrolment or a change asks for: one to choose, or the present one.
final class AskedPassword {
  private final SealedPasswords passwords;
  private final PasswordRules rules;
  private final GuessLimits limits;
  private final Set<String> companyWords;

  AskedPassword(
      SealedPasswords passwords, PasswordRules rules, GuessLimits limits, GateSettings settings) {
    this.passwords = passwords;
    this.rules = rules;
    this.limits = limits;
    this.companyWords = settings.companyWords();
  }

  sealed interface Verdict {
    record Refused(Reason reason) implements Verdict {}

    /// @param chosen what makes it the person's own; null when it was theirs before
    record Taken(Change.@Nullable PutPassword chosen) implements Verdict {}
  }

  Verdict judge(
      Enrolment enrolment, Person person, Secret password, IpAddress source, Instant now) {
    return enrolment.setsPassword()
        ? choose(person, password, now)
        : give(person, password, source, now);
  }

  PasswordRules.Settings rules() {
    return rules.settings();
  }

  /// Whether `password` may become the person's own.
  Verdict choose(Person person, Secret password, Instant now) {
    Set<String> words = new HashSet<>(companyWords);
    words.addAll(List.of(person.name(), person.displayName(), person.email()));
    return switch (rules.check(password, List.copyOf(words), passwords.earlier(person.id()))) {
      case PasswordVerdict.Refused refused -> new Verdict.Refused(refused.reason());
      case PasswordVerdict.Busy busy -> new Verdict.Refused(Reason.RATE_LIMITED);
      case PasswordVerdict.Accepted accepted -> hashed(person, password, now);
    };
  }

  private Verdict hashed(Person person, Secret password, Instant now) {
    try {
      return new Verdict.Taken(passwords.chosen(person.id(), password, now));
    } catch (Argon2.Busy busy) {
      return new Verdict.Refused(Reason.RATE_LIMITED);
    }
  }

  /// Whether `password` is the person's own.
  Verdict give(Person person, Secret password, IpAddress source, Instant now) {
    return switch (limits.ask(person.id(), source, now)) {
      case GuessOutcome.Shut(var reason) -> new Verdict.Refused(reason);
      case GuessOutcome.Wait(var delay, var reason) -> new Verdict.Refused(reason);
      case GuessOutcome.Go go ->
          switch (passwords.verify(person, password)) {
            case PasswordOutcome.Wrong wrong -> new Verdict.Refused(Reason.PASSWORD_WRONG);
            case PasswordOutcome.Busy busy -> {
              limits.untried(go);
              yield new Verdict.Refused(Reason.RATE_LIMITED);
            }
            case PasswordOutcome.Right right -> {
              limits.right(go);
              yield new Verdict.Taken(null);
            }
          };
    };
  }
}

package io.parano.authn;

import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new password must be: long enough, no common one, not quickly guessed by somebody who
/// knows the person, and none of the last ones (NIST SP 800-63B-4 section 3.1.1.2, PCI DSS 4.0.1
/// requirements 8.3.6 and 8.3.7).
///
/// While a candidate is judged, parts of it live as ordinary strings, in zxcvbn and here, until
/// they are collected.
public final class PasswordRules {
  /// PCI DSS 8.3.6; NIST asks for 8 beside another factor.
  public static final int LEAST_LENGTH = 12;

  /// NIST asks that 64 be taken; a bound keeps the work bounded.
  public static final int MOST_LENGTH = 256;

  /// How many earlier passwords may not come back (PCI DSS 8.3.7).
  public static final int REMEMBERED = 4;

  private final Settings settings;
  private final Blocklist blocklist;

  /// A hundred thousand words, wanted when somebody chooses a password: given back when the memory
  /// is wanted for something else.
  private SoftReference<@Nullable Guessability> guessability = new SoftReference<>(null);

  public PasswordRules(Settings settings, Blocklist blocklist) {
    this.settings = settings;
    this.blocklist = blocklist;
  }

  /// Whether a password must mix kinds of characters, from the more to the less refusing.
  public enum Composition {
    /// PCI DSS 8.3.6, for a company that is assessed against it.
    LETTER_AND_DIGIT,
    /// NIST SP 800-63B-4 section 3.1.1.2 and ASVS 6.2.5: no such rule.
    FREE
  }

  /// @param leastLength in Unicode code points, 12 to 64
  public record Settings(int leastLength, Composition composition) {
    public static final Settings DEFAULT = new Settings(LEAST_LENGTH, Composition.FREE);

    public Settings {
      if (leastLength < LEAST_LENGTH || leastLength > 64) {
        throw new IllegalArgumentException(
            "expected a least password length of 12 to 64, found " + leastLength);
      }
    }
  }

  public Settings settings() {
    return settings;
  }

  /// Judges a new password. The cheap rules come first; `earlier` costs a verification each and is
  /// asked last.
  ///
  /// @param contextWords the person's names, login name, mail address, company and service, as
  ///   written
  /// @param earlier the last [#REMEMBERED] passwords, the present one among them
  public PasswordVerdict check(Secret candidate, List<String> contextWords, Earlier earlier) {
    return switch (PasswordText.read(candidate)) {
      case PasswordText.Reading.NotText() ->
          new PasswordVerdict.Refused(Reason.PASSWORD_NOT_TEXT, PasswordAdvice.NOT_TEXT, 0);
      case PasswordText.Reading.Read(PasswordText text) -> {
        try (text) {
          Optional<PasswordVerdict> refused = refusal(text, new ContextWords(contextWords));
          yield refused.isPresent() ? refused.get() : usedBefore(candidate, earlier);
        }
      }
    };
  }

  private Optional<PasswordVerdict> refusal(PasswordText text, ContextWords context) {
    if (!text.assigned()) {
      return refused(Reason.PASSWORD_NOT_TEXT, PasswordAdvice.NOT_TEXT, 0);
    }
    if (text.codePoints() < settings.leastLength()) {
      return refused(Reason.PASSWORD_TOO_SHORT, PasswordAdvice.TOO_SHORT, settings.leastLength());
    }
    if (text.codePoints() > MOST_LENGTH) {
      return refused(Reason.PASSWORD_TOO_LONG, PasswordAdvice.TOO_LONG, MOST_LENGTH);
    }
    if (blocklist.holds(text.characters())) {
      return refused(Reason.PASSWORD_BLOCKLISTED, PasswordAdvice.COMMON, 0);
    }
    if (context.hold(text.characters())) {
      return refused(Reason.PASSWORD_BLOCKLISTED, PasswordAdvice.ABOUT_YOU, 0);
    }
    if (!composed(text)) {
      return refused(Reason.PASSWORD_GUESSABLE, PasswordAdvice.LETTER_AND_DIGIT, 0);
    }
    return guessability()
        .weakness(text.characters(), context)
        .flatMap(advice -> refused(Reason.PASSWORD_GUESSABLE, advice, 0));
  }

  private synchronized Guessability guessability() {
    Guessability kept = guessability.get();
    if (kept == null) {
      kept = new Guessability();
      guessability = new SoftReference<>(kept);
    }
    return kept;
  }

  private boolean composed(PasswordText text) {
    return switch (settings.composition()) {
      case LETTER_AND_DIGIT ->
          text.characters().codePoints().anyMatch(Character::isLetter)
              && text.characters().codePoints().anyMatch(Character::isDigit);
      case FREE -> true;
    };
  }

  private static PasswordVerdict usedBefore(Secret candidate, Earlier earlier) {
    return switch (earlier.verify(candidate)) {
      case PasswordOutcome.Right right ->
          new PasswordVerdict.Refused(Reason.PASSWORD_USED_BEFORE, PasswordAdvice.USED_BEFORE, 0);
      case PasswordOutcome.Busy busy -> new PasswordVerdict.Busy();
      case PasswordOutcome.Wrong wrong -> new PasswordVerdict.Accepted();
    };
  }

  private static Optional<PasswordVerdict> refused(
      Reason reason, PasswordAdvice advice, int limit) {
    return Optional.of(new PasswordVerdict.Refused(reason, advice, limit));
  }
}

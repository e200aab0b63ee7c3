package io.parano.policy;

import io.parano.kernel.Factor;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one rule can answer, made once so that deciding makes nothing.
final class Verdicts {
  private final Rule.Effect effect;
  private final Rule.Levels levels;
  private final Rule.Token token;
  private final @Nullable Duration touch;
  private final Decision refused;
  private final Decision signIn;
  private final Decision untouched;
  private final Decision stale;
  private final Decision allowed;
  private final Decision upgraded;
  private final boolean forGroups;

  Verdicts(Rule rule) {
    effect = rule.effect();
    levels = rule.levels();
    token = rule.token();
    touch = rule.touch();
    forGroups = !rule.groups().isEmpty();
    refused = new Decision.Refused(Reason.RULE_REFUSES, rule.name());
    signIn = new Decision.SignInNeeded(rule.name());
    untouched = new Decision.Refused(Reason.TOUCH_MISSING, rule.name());
    stale = touch == null ? refused : new Decision.TouchNeeded(rule.name(), touch);
    allowed = new Decision.Allowed(rule.name(), null);
    upgraded =
        rule.upgrade() == null
            ? new Decision.Refused(Reason.UPGRADE_REFUSED, rule.name())
            : new Decision.Allowed(rule.name(), rule.upgrade());
  }

  /// The answer to `question` once the rule is known to be the one that decides it.
  Decision to(Question question) {
    return switch (question.asker()) {
      case Asker.Outsider _ -> toOutsider(question);
      case Asker.Holder holder -> toHolder(question, holder);
    };
  }

  /// A rule that names groups can't be answered before it is known who asks, even if it refuses.
  private Decision toOutsider(Question question) {
    return switch (effect) {
      case REFUSE -> forGroups ? signIn : refused;
      case ALLOW ->
          switch (levels) {
            case THREE -> signIn;
            case SOURCE -> passed(question);
          };
    };
  }

  private Decision toHolder(Question question, Asker.Holder holder) {
    return switch (effect) {
      case REFUSE -> refused;
      case ALLOW -> {
        Decision passed = passed(question);
        if (passed instanceof Decision.Allowed && !shown(holder.factor())) {
          yield untouched;
        }
        yield passed instanceof Decision.Allowed && stale(holder.touchedAt(), question.now())
            ? stale
            : passed;
      }
    };
  }

  /// Whether the token was shown by what the rule wants.
  private boolean shown(Factor factor) {
    return switch (factor) {
      case OTP -> levels == Rule.Levels.SOURCE || token == Rule.Token.OTP_ALLOWED;
      case TOUCH -> true;
    };
  }

  private Decision passed(Question question) {
    return question.upgrade() ? upgraded : allowed;
  }

  /// A touch from the future proves nothing about now.
  private boolean stale(Instant touchedAt, Instant now) {
    if (touch == null) {
      return false;
    }
    Duration age = Duration.between(touchedAt, now);
    return age.isNegative() || age.compareTo(touch) >= 0;
  }
}

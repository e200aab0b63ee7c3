package io.parano.policy;

import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A decision with everything that led to it.
///
/// @param zones the zones that hold the source, counting or not
/// @param considered every rule that was looked at, in order; those after the deciding one were not
public record Explanation(Decision decision, Set<String> zones, List<Considered> considered) {
  public Explanation {
    zones = Set.copyOf(zones);
    considered = List.copyOf(considered);
  }

  /// The whole for a person, line by line, the decision last.
  public List<String> lines(Language language) {
    List<String> lines = new ArrayList<>();
    String names = String.join(", ", zones.stream().sorted().toList());
    lines.add(
        zones.isEmpty()
            ? Texts.say(language, "explanation.unlisted", List.of())
            : Texts.say(language, "explanation.zones", List.of(names)));
    considered.forEach(rule -> lines.add(rule.text(language)));
    lines.add(said(language));
    return lines;
  }

  private String said(Language language) {
    return switch (decision) {
      case Decision.Refused(var reason, var rule) when rule == null ->
          Texts.say(language, "decision.refused", List.of(reason.code()));
      case Decision.Refused(var reason, var rule) when reason == Reason.TOUCH_MISSING ->
          Texts.say(language, "decision.touch-missing", List.of(reason.code(), rule));
      case Decision.Refused(var reason, var rule) ->
          Texts.say(language, "decision.refused-by", List.of(reason.code(), rule));
      case Decision.SignInNeeded(var rule) ->
          Texts.say(language, "decision.sign-in-needed", List.of(rule));
      case Decision.TouchNeeded(var rule, var freshness) ->
          Texts.say(language, "decision.touch-needed", List.of(rule, Durations.write(freshness)));
      case Decision.Allowed(var rule, var life) when life == null ->
          Texts.say(language, "decision.allowed", List.of(rule));
      case Decision.Allowed(var rule, var life) ->
          Texts.say(language, "decision.upgraded", List.of(rule, Durations.write(life)));
    };
  }
}

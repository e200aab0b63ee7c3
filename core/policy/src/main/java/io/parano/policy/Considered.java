package io.parano.policy;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;

/// One rule that was looked at, and what came of it.
///
/// @param line where the document begins the rule
/// @param wanted what the rule asks for in the respect that `outcome` names
public record Considered(String rule, int line, Outcome outcome, List<String> wanted) {
  public Considered {
    wanted = List.copyOf(wanted);
  }

  /// The first respect in which the rule and the question differ, or that there is none.
  public enum Outcome {
    HOST_DIFFERS,
    PATH_DIFFERS,
    METHOD_DIFFERS,
    /// The source is in none of the rule's zones.
    SOURCE_ELSEWHERE,
    /// The only zones of the rule that hold the source want a lease, and there is none.
    LEASE_MISSING,
    GROUP_MISSING,
    /// The rule matches: it is the one that decides.
    DECIDES;

    /// The stable kebab-case code.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// One line for a person.
  public String text(Language language) {
    return Texts.say(
        language,
        "considered." + outcome.code(),
        List.of(rule, Integer.toString(line), String.join(", ", wanted)));
  }
}

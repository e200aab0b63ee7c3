package io.parano.policy;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;

/// One line of what changes from a policy to the next.
///
/// @param name the rule or zone; for the limits, which limit
/// @param arguments what the line mentions, in the order of its placeholders
public record Difference(
    Subject subject, Change change, String name, Direction direction, List<String> arguments) {
  public Difference {
    arguments = List.copyOf(arguments);
  }

  public enum Subject {
    ZONE,
    RULE,
    SSH,
    VPN,
    LIMITS
  }

  public enum Change {
    REMOVED,
    CHANGED,
    MOVED,
    ADDED
  }

  /// One line for an officer, with what it does to access.
  public String text(Language language) {
    String key =
        "difference."
            + subject.name().toLowerCase(Locale.ROOT)
            + "."
            + change.name().toLowerCase(Locale.ROOT);
    return Texts.say(language, key, arguments)
        + " ("
        + Texts.say(language, "direction." + direction.code(), List.of())
        + ")";
  }
}

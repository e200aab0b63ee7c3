package io.parano.policy;

import io.parano.kernel.Language;
import java.util.List;

/// One weakness of a policy, and where the document has it. Lines and columns count from one; they
/// are 1 where it has no one place.
///
/// @param arguments what the message mentions, in the order of its placeholders
public record Weakness(int line, int column, WeaknessKind kind, List<String> arguments) {
  public Weakness {
    arguments = List.copyOf(arguments);
  }

  /// The message for a person, without the place.
  public String text(Language language) {
    return Texts.say(language, "weakness." + kind.code(), arguments);
  }
}

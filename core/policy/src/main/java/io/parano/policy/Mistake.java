package io.parano.policy;

import io.parano.kernel.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing wrong with a policy document, and where. Lines and columns count from one, columns in
/// characters (code points).
///
/// @param arguments what the message mentions, in the order of its placeholders
/// @param nearest what was probably meant; null when nothing valid is near
public record Mistake(
    int line, int column, MistakeKind kind, List<String> arguments, @Nullable String nearest) {
  public Mistake {
    arguments = List.copyOf(arguments);
  }

  /// The message for a person, without the place.
  public String text(Language language) {
    String message = Texts.say(language, "mistake." + kind.code(), arguments);
    return nearest == null
        ? message
        : message + Texts.say(language, "mistake.nearest", List.of(nearest));
  }
}

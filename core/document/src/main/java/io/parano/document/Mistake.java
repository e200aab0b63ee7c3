package io.parano.document;

import io.parano.kernel.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing wrong with a document, and where. Lines and columns count from one, columns in
/// characters (code points).
///
/// @param arguments what the message mentions, in the order of its placeholders
/// @param nearest what was probably meant; null when nothing valid is near
public record Mistake(
    int line, int column, Kind kind, List<String> arguments, @Nullable String nearest) {
  public Mistake {
    arguments = List.copyOf(arguments);
  }

  /// What is wrong: a closed list in each room that reads documents, with a sentence
  /// `mistake.<code>` for each in every language.
  public interface Kind {
    /// The stable kebab-case code.
    String code();

    Sentences sentences();
  }

  /// The message for a person, without the place.
  public String text(Language language) {
    String message = kind.sentences().say(language, "mistake." + kind.code(), arguments);
    return nearest == null
        ? message
        : message + Flaw.SENTENCES.say(language, "mistake.nearest", nearest);
  }
}

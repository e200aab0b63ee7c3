package io.parano.document;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;

/// The sentences of one room in every language, from its `messages_*.properties`.
///
/// Placeholders are `{0}` to `{9}` and nothing else: `java.text.MessageFormat` would want every
/// French apostrophe doubled, and forgetting one is silent.
public final class Sentences {
  private final ResourceBundle english;
  private final ResourceBundle french;

  /// @param bundles finds the bundle of a locale. The room itself must do that, since bundles are
  ///   looked up in the module of whoever asks. Each language has its own file, so that the
  ///   language of the machine never steps in.
  public Sentences(Function<Locale, ResourceBundle> bundles) {
    this.english = bundles.apply(Locale.forLanguageTag(Language.EN.tag()));
    this.french = bundles.apply(Locale.forLanguageTag(Language.FR.tag()));
  }

  /// Throws [java.util.MissingResourceException] when there is no such sentence.
  public String say(Language language, String key, List<String> arguments) {
    ResourceBundle bundle =
        switch (language) {
          case EN -> english;
          case FR -> french;
        };
    String template = bundle.getString(key);
    StringBuilder out = new StringBuilder(template.length() + 64);
    for (int i = 0; i < template.length(); i++) {
      int digit = i + 2 < template.length() ? Character.digit(template.charAt(i + 1), 10) : -1;
      if (template.charAt(i) == '{' && digit >= 0 && template.charAt(i + 2) == '}') {
        out.append(arguments.get(digit));
        i += 2;
      } else {
        out.append(template.charAt(i));
      }
    }
    return out.toString();
  }

  /// As [#say(Language, String, List)].
  public String say(Language language, String key, String... arguments) {
    return say(language, key, List.of(arguments));
  }
}

package io.parano.policy;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// The sentences of this module in every language, from `messages_*.properties`.
///
/// Placeholders are `{0}` to `{9}` and nothing else: `java.text.MessageFormat` would want every
/// French apostrophe doubled, and forgetting one is silent.
final class Texts {
  private static final ResourceBundle ENGLISH = bundle(Language.EN);
  private static final ResourceBundle FRENCH = bundle(Language.FR);

  private Texts() {}

  static String say(Language language, String key, List<String> arguments) {
    ResourceBundle bundle =
        switch (language) {
          case EN -> ENGLISH;
          case FR -> FRENCH;
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

  /// Each language has its own file, so that the language of the machine never steps in.
  private static ResourceBundle bundle(Language language) {
    return ResourceBundle.getBundle(
        "io.parano.policy.messages", Locale.forLanguageTag(language.tag()));
  }
}

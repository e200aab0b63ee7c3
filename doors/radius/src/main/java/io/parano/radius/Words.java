package io.parano.radius;

import io.parano.kernel.Language;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// What somebody at a VPN prompt reads.
final class Words {
  private Words() {}

  static String question(Language language) {
    return words(language).getString("question");
  }

  /// Which code to confirm, and where.
  static String confirm(Language language, String code, String at) {
    return MessageFormat.format(words(language).getString("confirm"), code, at);
  }

  private static ResourceBundle words(Language language) {
    return ResourceBundle.getBundle(
        "io.parano.radius.words", Locale.of(language.name().toLowerCase(Locale.ROOT)));
  }
}

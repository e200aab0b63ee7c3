package io.parano.radius;

import io.parano.kernel.Language;
import java.util.Locale;
import java.util.ResourceBundle;

/// What somebody at a VPN prompt reads.
final class Words {
  private Words() {}

  static String question(Language language) {
    return ResourceBundle.getBundle(
            "io.parano.radius.words", Locale.of(language.name().toLowerCase(Locale.ROOT)))
        .getString("question");
  }
}

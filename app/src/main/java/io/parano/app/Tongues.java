package io.parano.app;

import io.parano.kernel.Language;
import java.util.Locale;
import java.util.Map;

/// In which language the command line speaks.
final class Tongues {
  private Tongues() {}

  /// POSIX order: `LC_ALL`, then `LC_MESSAGES`, then `LANG`; French when it begins with `fr`, else
  /// English.
  static Locale ofEnvironment(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.startsWith("fr") ? Locale.FRENCH : Locale.ENGLISH;
      }
    }
    return Locale.ENGLISH;
  }

  /// The language of the running command.
  static Language now() {
    return Locale.getDefault().getLanguage().equals("fr") ? Language.FR : Language.EN;
  }
}

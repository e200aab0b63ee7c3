package io.parano.app;

import io.parano.document.Sentences;
import java.util.ResourceBundle;

/// What commands say, beyond their help.
final class Texts {
  private static final Sentences SENTENCES =
      new Sentences(locale -> ResourceBundle.getBundle("io.parano.app.messages", locale));

  private Texts() {}

  /// In the language of the running command.
  static String say(String key, String... arguments) {
    return SENTENCES.say(Tongues.now(), key, arguments);
  }
}

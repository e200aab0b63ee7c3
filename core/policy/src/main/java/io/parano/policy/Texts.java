package io.parano.policy;

import io.parano.document.Sentences;
import io.parano.kernel.Language;
import java.util.List;
import java.util.ResourceBundle;

/// The sentences of this module.
final class Texts {
  static final Sentences SENTENCES =
      new Sentences(locale -> ResourceBundle.getBundle("io.parano.policy.messages", locale));

  private Texts() {}

  static String say(Language language, String key, List<String> arguments) {
    return SENTENCES.say(language, key, arguments);
  }
}

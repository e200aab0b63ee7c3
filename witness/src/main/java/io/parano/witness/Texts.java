package io.parano.witness;

import io.parano.document.Sentences;
import io.parano.kernel.Language;
import java.util.Locale;
import java.util.ResourceBundle;

/// The sentences of this room, and what may be shown of what outsiders sent.
final class Texts {
  static final Sentences SENTENCES =
      new Sentences(locale -> ResourceBundle.getBundle("io.parano.witness.messages", locale));

  private static final int LONGEST_EXCERPT = 80;

  private Texts() {}

  /// In the language of the running program.
  static String say(String key, String... arguments) {
    return SENTENCES.say(language(), key, arguments);
  }

  static Language language() {
    return Locale.getDefault().getLanguage().equals("fr") ? Language.FR : Language.EN;
  }

  /// Short, and on one line.
  static String excerpt(String text) {
    String line = printable(text.replace('\n', ' '));
    return line.codePointCount(0, line.length()) <= LONGEST_EXCERPT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_EXCERPT)) + "…";
  }

  /// Without what could steer a terminal.
  static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' ? '\ufffd' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

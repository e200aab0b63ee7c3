package io.parano.mail;

import io.parano.kernel.Language;
import java.util.Locale;
import java.util.ResourceBundle;

/// What the user of a mail program reads. In ASCII: it stands in a header, and goes on into
/// protocols that know nothing else.
record Words(String refused, String later) {
  static Words of(Language language) {
    ResourceBundle words =
        ResourceBundle.getBundle(
            "io.parano.mail.words", Locale.of(language.name().toLowerCase(Locale.ROOT)));
    return new Words(words.getString("refused"), words.getString("later"));
  }
}

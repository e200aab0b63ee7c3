package io.parano.config;

import io.parano.document.Sentences;
import java.util.ResourceBundle;

/// The sentences of this room.
final class Texts {
  static final Sentences SENTENCES =
      new Sentences(locale -> ResourceBundle.getBundle("io.parano.config.messages", locale));

  private Texts() {}
}

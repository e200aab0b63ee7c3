package io.parano.document;

import java.util.Locale;
import java.util.ResourceBundle;

/// What can be wrong with any document, whatever it means.
public enum Flaw implements Mistake.Kind {
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY_MISTAKES,
  EMPTY,
  SEVERAL_DOCUMENTS,
  YAML_MALFORMED,
  CHARACTER_REFUSED,
  ANCHOR,
  ALIAS,
  TAG,

  MAPPING_EXPECTED,
  LIST_EXPECTED,
  TEXT_EXPECTED,
  TRUTH_EXPECTED,
  NUMBER_EXPECTED,
  LIST_EMPTY,
  ENTRY_TWICE,

  KEY_UNKNOWN,
  KEY_TWICE,
  KEY_MISSING,
  KEY_POINTLESS,
  VALUE_UNKNOWN;

  static final Sentences SENTENCES =
      new Sentences(locale -> ResourceBundle.getBundle("io.parano.document.messages", locale));

  @Override
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Sentences sentences() {
    return SENTENCES;
  }
}

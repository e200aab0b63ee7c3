package io.parano.witness;

import io.parano.document.Mistake;
import io.parano.document.Sentences;
import java.util.Locale;

/// What can be wrong with a witness's configuration beyond what can be wrong with any document.
public enum WitnessMistake implements Mistake.Kind {
  VERSION_UNKNOWN,
  PATH_MALFORMED,
  ADDRESS_MALFORMED,
  KEY_MALFORMED,
  ORIGIN_MALFORMED,
  ORIGIN_TWICE,
  TLS_MISSING;

  @Override
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Sentences sentences() {
    return Texts.SENTENCES;
  }
}

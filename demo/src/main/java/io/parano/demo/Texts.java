package io.parano.demo;

import io.parano.kernel.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;

/// What the demo says, in one language. A text that is missing stops the demo: the tests see to it
/// that none is.
final class Texts {
  private final Properties texts;
  private final Locale locale;

  private Texts(Properties texts, Locale locale) {
    this.texts = texts;
    this.locale = locale;
  }

  static Texts in(Language language) {
    Properties texts = new Properties();
    String file = "demo_" + language.tag() + ".properties";
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Texts(texts, Locale.forLanguageTag(language.tag()));
  }

  /// The text with its `{0}`, `{1}`… filled in, as [MessageFormat] has it.
  String say(String key, Object... values) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("there is no text \"" + key + "\"");
    }
    return new MessageFormat(text, locale).format(values);
  }

  Iterable<String> keys() {
    return texts.stringPropertyNames();
  }
}

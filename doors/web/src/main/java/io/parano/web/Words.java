package io.parano.web;

import io.parano.kernel.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// The texts of one language.
final class Words {
  private static final Map<Language, Words> ALL = all();

  private final Language language;
  private final Map<Phrase, String> texts = new EnumMap<>(Phrase.class);

  private Words(Language language) {
    this.language = language;
    Properties read = properties(language);
    for (Phrase phrase : Phrase.values()) {
      String text = read.getProperty(phrase.key());
      if (text == null) {
        throw new IllegalStateException("no text for " + phrase.key() + " in " + language.tag());
      }
      texts.put(phrase, language == Language.FR ? unbroken(text) : text);
    }
  }

  /// French sets a space before high punctuation and inside its quotes, at which no line may break:
  /// a narrow one, but for the colon and the quotes (Lexique des règles typographiques en usage à
  /// l'Imprimerie nationale).
  static String unbroken(String text) {
    return text.replaceAll(" (?=[?!;])", "\u202f")
        .replaceAll(" (?=[:»])", "\u00a0")
        .replace("« ", "«\u00a0");
  }

  static Words of(Language language) {
    Words words = ALL.get(language);
    if (words == null) {
      throw new IllegalStateException("no texts in " + language);
    }
    return words;
  }

  Language language() {
    return language;
  }

  String say(Phrase phrase) {
    String text = texts.get(phrase);
    if (text == null) {
      throw new IllegalStateException("no text for " + phrase);
    }
    return text;
  }

  String say(Phrase phrase, Object first) {
    return say(phrase).replace("{0}", String.valueOf(first));
  }

  String say(Phrase phrase, Object first, Object second) {
    return say(phrase, first).replace("{1}", String.valueOf(second));
  }

  static String kebab(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Properties properties(Language language) {
    String file = "words_" + language.tag() + ".properties";
    Properties read = new Properties();
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  private static Map<Language, Words> all() {
    Map<Language, Words> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, new Words(language));
    }
    return all;
  }
}

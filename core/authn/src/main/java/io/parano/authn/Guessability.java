package io.parano.authn;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import com.nulabinc.zxcvbn.matchers.Dictionary;
import com.nulabinc.zxcvbn.matchers.Match;
import com.nulabinc.zxcvbn.matchers.SlantedKeyboardLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many guesses a password withstands from somebody who knows words, names, keyboards and
/// dates: zxcvbn (Wheeler, USENIX Security 2016), which also learns French words and the AZERTY
/// keyboard here.
///
/// Two measures bound the estimate. Accents are dropped first: a guesser tries with and without, so
/// that they count for nothing. And only a beginning is weighed: zxcvbn's work explodes with the
/// number of characters that can stand for letters (seven seconds were seen for 100), while whoever
/// cannot guess a beginning cannot guess the whole. Beginnings grow until one is strong enough.
final class Guessability {
  /// zxcvbn's third of four: more than 10^8 guesses.
  private static final int LEAST_SCORE = 3;

  private static final int FIRST_LENGTH = 16;
  private static final int STEP = 8;
  static final int MOST_LENGTH = 40;

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  private final Zxcvbn zxcvbn;

  Guessability() {
    try {
      var dictionaries = StandardDictionaries.loadAllDictionaries();
      dictionaries.add(new Dictionary("french", lines("french-words.txt")));
      var keyboards = StandardKeyboards.loadAllKeyboards();
      keyboards.add(new SlantedKeyboardLoader("azerty", () -> resource("azerty.txt")).load());
      this.zxcvbn = new ZxcvbnBuilder().dictionaries(dictionaries).keyboards(keyboards).build();
    } catch (IOException e) {
      throw new UncheckedIOException("the word lists are missing from the build", e);
    }
  }

  /// Empty when the candidate is strong enough, else what is wrong with it. Facts about the person
  /// count for nothing: what is left without them must be strong.
  Optional<PasswordAdvice> weakness(CharSequence candidate, ContextWords context) {
    String plain = plain(candidate);
    String rest = context.removedFrom(plain);
    return weakness(rest, context.pieces())
        .map(advice -> rest.length() < plain.length() ? PasswordAdvice.ABOUT_YOU : advice);
  }

  private Optional<PasswordAdvice> weakness(String plain, List<String> known) {
    int most = Math.min(MOST_LENGTH, plain.codePointCount(0, plain.length()));
    for (int length = Math.min(FIRST_LENGTH, most); ; length = Math.min(length + STEP, most)) {
      String beginning = plain.substring(0, plain.offsetByCodePoints(0, length));
      Strength strength = zxcvbn.measure(beginning, known);
      try {
        if (strength.getScore() >= LEAST_SCORE) {
          return Optional.empty();
        }
        if (length == most) {
          return Optional.of(advice(strength));
        }
      } finally {
        strength.wipe();
      }
    }
  }

  /// Without accents and compatibility forms.
  static String plain(CharSequence text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return Normalizer.normalize(ACCENTS.matcher(apart).replaceAll(""), Normalizer.Form.NFC);
  }

  /// From the longest part in which zxcvbn saw a pattern.
  private static PasswordAdvice advice(Strength strength) {
    return strength.getSequence().stream()
        .max(Comparator.comparingInt(Match::tokenLength))
        .map(Guessability::advice)
        .orElse(PasswordAdvice.GUESSABLE);
  }

  private static PasswordAdvice advice(Match match) {
    return switch (match.pattern) {
      case Dictionary ->
          switch (match.dictionaryName) {
            case "user_inputs" -> PasswordAdvice.ABOUT_YOU;
            case "passwords" -> PasswordAdvice.COMMON;
            default -> PasswordAdvice.FEW_WORDS;
          };
      case Spatial -> PasswordAdvice.KEYBOARD_ROWS;
      case Repeat -> PasswordAdvice.REPEATS;
      case Sequence -> PasswordAdvice.SEQUENCES;
      case Regex, Date -> PasswordAdvice.DATES;
      case Bruteforce -> PasswordAdvice.GUESSABLE;
    };
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = resource(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Guessability.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no resource named " + name);
    }
    return in;
  }
}

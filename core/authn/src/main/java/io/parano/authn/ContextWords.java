package io.parano.authn;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a guesser who knows the person would try: the person's names, address and company, whole
/// and in pieces.
final class ContextWords {
  private static final int LEAST_LETTERS = 3;

  /// A shorter piece is in too many words by accident.
  private static final int LEAST_LETTERS_REMOVED = 4;

  private static final int MOST_LETTERS = 64;
  private static final int MOST_WORDS = 64;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Set<String> whole;
  private final List<String> pieces;
  private final List<Pattern> removable;

  /// @param facts as they are written: `Hélène Dupont`, `helene@example.com`, `Example SA`
  ContextWords(List<String> facts) {
    this.whole = new LinkedHashSet<>();
    Set<String> found = new LinkedHashSet<>();
    for (String fact : facts) {
      whole.add(Blocklist.fold(fact));
      String plain = Guessability.plain(fact).toLowerCase(Locale.ROOT);
      List<String> words = List.of(BETWEEN_WORDS.split(plain));
      found.add(plain);
      found.add(String.join("", words));
      found.addAll(words);
    }
    this.pieces =
        found.stream()
            .filter(word -> word.length() >= LEAST_LETTERS && word.length() <= MOST_LETTERS)
            .limit(MOST_WORDS)
            .toList();
    this.removable =
        pieces.stream()
            .filter(word -> word.length() >= LEAST_LETTERS_REMOVED)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(word -> Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE))
            .toList();
  }

  /// Whether the whole candidate is one of the facts, or all the words of one run together.
  boolean hold(CharSequence candidate) {
    return whole.contains(Blocklist.fold(candidate))
        || pieces.contains(Guessability.plain(candidate).toLowerCase(Locale.ROOT));
  }

  /// What a guesser who knows the facts has left to guess of `plain`.
  String removedFrom(String plain) {
    String rest = plain;
    for (Pattern piece : removable) {
      rest = piece.matcher(rest).replaceAll("");
    }
    return rest;
  }

  /// In lower case and without accents.
  List<String> pieces() {
    return pieces;
  }
}

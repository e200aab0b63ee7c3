package io.parano.verifier;

import io.parano.audit.CosignatureKey;
import io.parano.audit.NoteKey;
import io.parano.kernel.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the command line says.
sealed interface Arguments {
  Language language();

  /// Not a command that can be run.
  record Wrong(Language language, String what) implements Arguments {}

  record Help(Language language) implements Arguments {}

  /// @param witnesses each of which must have cosigned
  record Verify(
      Language language,
      Path folder,
      List<Path> checkpoints,
      NoteKey key,
      List<CosignatureKey> witnesses,
      boolean json)
      implements Arguments {}

  static Arguments parse(String[] arguments, Map<String, String> environment) {
    return new Reading(arguments, environment).result();
  }

  /// One pass over the words, each option taking the next.
  final class Reading {
    private final String[] words;
    private final List<Path> checkpoints = new ArrayList<>();
    private final List<CosignatureKey> witnesses = new ArrayList<>();
    private Language language;
    private @Nullable Path folder;
    private @Nullable NoteKey key;
    private @Nullable String wrong;
    private boolean json;
    private boolean help;
    private int next;

    Reading(String[] words, Map<String, String> environment) {
      this.words = words;
      this.language = language(environment);
    }

    Arguments result() {
      while (next < words.length && wrong == null) {
        take(words[next++]);
      }
      if (wrong != null) {
        return new Wrong(language, wrong);
      }
      if (help) {
        return new Help(language);
      }
      if (folder == null) {
        return new Wrong(language, Wording.of(language).folderMissing());
      }
      return key == null
          ? new Wrong(language, Wording.of(language).keyMissing())
          : new Verify(
              language, folder, List.copyOf(checkpoints), key, List.copyOf(witnesses), json);
    }

    private void take(String word) {
      switch (word) {
        case "--help", "-h" -> help = true;
        case "--json" -> json = true;
        case "--lang" -> takeLanguage(value(word));
        case "--key" -> takeKey(value(word));
        case "--witness" -> takeWitness(value(word));
        case "--checkpoint" -> checkpoints.add(Path.of(value(word)));
        default -> {
          if (word.startsWith("-") || folder != null) {
            wrong = Wording.of(language).unknownWord(word);
          } else {
            folder = Path.of(word);
          }
        }
      }
    }

    private String value(String option) {
      if (next == words.length) {
        wrong = Wording.of(language).valueMissing(option);
        return "";
      }
      return words[next++];
    }

    private void takeLanguage(String value) {
      switch (value) {
        case "en" -> language = Language.EN;
        case "fr" -> language = Language.FR;
        default -> wrong = wrong == null ? Wording.of(language).unknownLanguage(value) : wrong;
      }
    }

    private void takeKey(String value) {
      try {
        key = wrong == null ? NoteKey.parse(value) : key;
      } catch (IllegalArgumentException e) {
        wrong = Wording.of(language).keyWrong(String.valueOf(e.getMessage()));
      }
    }

    private void takeWitness(String value) {
      if (wrong == null) {
        try {
          witnesses.add(CosignatureKey.parse(value));
        } catch (IllegalArgumentException e) {
          wrong = Wording.of(language).witnessWrong(String.valueOf(e.getMessage()));
        }
      }
    }

    // As POSIX orders them: the first that is set decides.
    private static Language language(Map<String, String> environment) {
      for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
        String value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
          return value.startsWith("fr") ? Language.FR : Language.EN;
        }
      }
      return Language.EN;
    }
  }
}

package io.parano.authn;

import io.parano.kernel.Language;

/// What to tell a person whose password was refused (NIST SP 800-63B-4 section 3.1.1.2: say why,
/// and help to find a better one).
public enum PasswordAdvice {
  NOT_TEXT(
      "This contains a character that cannot be used in a password.",
      "Ceci contient un caractère qui ne peut pas servir dans un mot de passe."),
  TOO_SHORT(
      "Too short: use at least %d characters. Several unusual words are easy to remember.",
      "Trop court : au moins %d caractères. Plusieurs mots inhabituels se retiennent facilement."),
  TOO_LONG("Too long: use at most %d characters.", "Trop long : au plus %d caractères."),
  LETTER_AND_DIGIT(
      "Use at least one letter and one digit.", "Employez au moins une lettre et un chiffre."),
  COMMON(
      "This is, or resembles, a password that intruders try first.",
      "C'est, ou presque, un mot de passe que les intrus essaient en premier."),
  ABOUT_YOU(
      "Too close to your name, address or company.",
      "Trop proche de votre nom, de votre adresse ou de votre société."),
  FEW_WORDS(
      "A few common words are quickly guessed. Add one or two unusual ones.",
      "Quelques mots courants se devinent vite. Ajoutez-en un ou deux d'inhabituels."),
  KEYBOARD_ROWS(
      "Rows of neighbouring keys are quickly guessed.",
      "Les suites de touches voisines se devinent vite."),
  REPEATS(
      "Repeating letters or words adds nothing.",
      "Répéter des lettres ou des mots n'apporte rien."),
  SEQUENCES(
      "Sequences such as abc or 6543 are quickly guessed.",
      "Les suites comme abc ou 6543 se devinent vite."),
  DATES("Dates and years are quickly guessed.", "Les dates et les années se devinent vite."),
  GUESSABLE(
      "Too easy to guess. Add one or two unusual words.",
      "Trop facile à deviner. Ajoutez un ou deux mots inhabituels."),
  USED_BEFORE(
      "This is one of your last passwords. Choose another.",
      "C'est l'un de vos derniers mots de passe. Choisissez-en un autre.");

  private final String english;
  private final String french;

  PasswordAdvice(String english, String french) {
    this.english = english;
    this.french = french;
  }

  String text(Language language, int limit) {
    String form =
        switch (language) {
          case EN -> english;
          case FR -> french;
        };
    return form.formatted(limit);
  }
}

package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.furtherPassword;
import static io.parano.web.Ceremonial.password;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;

import io.parano.access.SettingPassword;
import io.parano.authn.PasswordRules;
import java.util.List;

/// Where a password is changed by whoever is signed in, and chosen by whose officers reset it.
final class PasswordPages {
  private final EntrancePages entrance;
  private final SettingPassword passwords;

  PasswordPages(EntrancePages entrance, SettingPassword passwords) {
    this.entrance = entrance;
    this.passwords = passwords;
  }

  /// With the code that officers handed over.
  Response reset(Visit visit) {
    return entrance.page(
        visit,
        "reset",
        Phrase.RESET_TITLE,
        Phrase.RESET_LEAD,
        rungs(visit, Phrase.ENROL_STEP_CODE),
        EntrancePages.codeForm(visit, Phrase.RESET_CODE_LABEL),
        EntrancePages.touchPart(visit, Phrase.TOUCH_TEXT),
        form(visit, false),
        done(visit));
  }

  /// Of one's own accord.
  Response change(Visit visit) {
    return entrance.page(
        visit,
        "change",
        Phrase.CHANGE_TITLE,
        Phrase.CHANGE_LEAD,
        rungs(visit, Phrase.LEVEL_SOURCE),
        touch(visit),
        form(visit, true),
        done(visit));
  }

  /// What a new password must be, as it is configured.
  static Html.Element hint(Visit visit, PasswordRules.Settings rules) {
    Phrase phrase =
        switch (rules.composition()) {
          case LETTER_AND_DIGIT -> Phrase.NEW_PASSWORD_MIXED_HINT;
          case FREE -> Phrase.ENROL_NEW_PASSWORD_HINT;
        };
    return tag("p", "hint").id("password-hint").with(visit.say(phrase, rules.leastLength()));
  }

  private static List<Html.Element> rungs(Visit visit, Phrase first) {
    return List.of(
        rung(visit.say(first), address(visit)),
        rung(visit.say(Phrase.ENROL_STEP_KEY), tag("small")),
        rung(visit.say(Phrase.ENROL_STEP_PASSWORD), tag("small")));
  }

  private static Html.Element touch(Visit visit) {
    return tag("section", "stack")
        .set("data-part", "touch")
        .with(
            tag("div", "touch")
                .with(Ceremonial.key(), tag("p", "soft").with(visit.say(Phrase.CHANGE_TOUCH_TEXT))),
            button("main wide", "button", visit.say(Phrase.STEP_UP_SUBMIT))
                .set("data-do", "touch")
                .set("data-focus"));
  }

  /// @param change whether the present password is asked for
  private Html.Element form(Visit visit, boolean change) {
    String label = visit.say(Phrase.ENROL_NEW_PASSWORD);
    return tag("form", "stack")
        .set("data-part", "password")
        .set("hidden")
        .with(
            EntrancePages.hiddenName(),
            change
                ? password(
                    visit, "present", visit.say(Phrase.ENROL_PRESENT_PASSWORD), "current-password")
                : none(),
            change
                ? furtherPassword(visit, "password", label, "new-password")
                : password(visit, "password", label, "new-password"),
            hint(visit, passwords.rules()),
            button("main wide", "submit", visit.say(Phrase.CHANGE_SUBMIT)));
  }

  private static Html.Element done(Visit visit) {
    return EntrancePages.done(
        visit,
        Phrase.CHANGE_DONE_TITLE,
        tag("p").with(visit.say(Phrase.CHANGE_DONE_TEXT)),
        EntrancePages.toSignIn(visit));
  }
}

package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.ladder;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Ceremonial.password;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.Html.all;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;
import static io.parano.web.Html.text;

import io.parano.access.SettingPassword;
import io.parano.access.SigningIn.OtpOffer;
import io.parano.authn.PasswordRules;
import java.util.List;

/// The pages by which people come in: sign-in, step-up, enrolment, and the farewell.
final class EntrancePages {
  private final Frame frame;
  private final SettingPassword passwords;
  private final Tunnels tunnels;

  EntrancePages(Frame frame, SettingPassword passwords, Tunnels tunnels) {
    this.frame = frame;
    this.passwords = passwords;
    this.tunnels = tunnels;
  }

  /// Whether somebody outside can open their device's tunnel here.
  enum Tunnels {
    NONE,
    OPENED
  }

  Response signIn(Visit visit, Destination destination, OtpOffer otp) {
    return page(
        visit,
        "sign-in",
        destination,
        Phrase.SIGN_IN_TITLE,
        lead(visit, destination, Phrase.SIGN_IN_LEAD),
        List.of(
            rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
            rung(visit.say(Phrase.LEVEL_KEY), hint(visit, Phrase.LEVEL_KEY_HINT)),
            rung(visit.say(Phrase.LEVEL_PASSWORD), hint(visit, Phrase.LEVEL_PASSWORD_HINT))),
        nameForm(visit),
        switch (otp) {
          case NONE -> touchPart(visit, Phrase.TOUCH_TEXT);
          case OFFERED -> touchPart(visit, Phrase.TOUCH_TEXT).with(otpForm(visit));
        },
        passwordForm(visit),
        tag("div", "aside")
            .with(
                switch (tunnels) {
                  case NONE -> none();
                  case OPENED -> toTunnel(visit);
                },
                tag("p")
                    .with(
                        text(visit.say(Phrase.HOLD_CODE) + " "),
                        tag("a").set("href", "/enrol").with(visit.say(Phrase.HOLD_CODE_LINK))),
                tag("p")
                    .with(
                        text(visit.say(Phrase.FORGOTTEN) + " "),
                        tag("a").set("href", "/reset").with(visit.say(Phrase.FORGOTTEN_LINK))),
                tag("p")
                    .with(
                        text(visit.say(Phrase.LOST_KEY) + " "),
                        tag("a").set("href", "/freeze").with(visit.say(Phrase.LOST_KEY_LINK)))));
  }

  private static Html toTunnel(Visit visit) {
    return tag("p")
        .with(
            text(visit.say(Phrase.OUTSIDE) + " "),
            tag("a").set("href", "/vpn").with(visit.say(Phrase.OUTSIDE_LINK)));
  }

  Response stepUp(Visit visit, Destination destination) {
    Html.Element main =
        tag("main", "middle short")
            .with(
                tag("section", "card stack")
                    .with(
                        tag("h1").with(visit.say(Phrase.STEP_UP_TITLE)),
                        lead(visit, destination, Phrase.STEP_UP_LEAD),
                        Ceremonial.noScript(visit),
                        notice(),
                        tag("div", "touch").with(Ceremonial.key()),
                        button("main wide", "button", visit.say(Phrase.STEP_UP_SUBMIT))
                            .set("data-do", "touch")
                            .set("data-focus")));
    return frame.page(200, visit, Phrase.STEP_UP_TITLE, flow(main, visit, "step-up", destination));
  }

  Response enrol(Visit visit) {
    return page(
        visit,
        "enrol",
        Phrase.ENROL_TITLE,
        Phrase.ENROL_LEAD,
        List.of(
            rung(visit.say(Phrase.ENROL_STEP_CODE), address(visit)),
            rung(visit.say(Phrase.ENROL_STEP_KEY), tag("small")),
            rung(visit.say(Phrase.ENROL_STEP_PASSWORD), tag("small"))),
        codeForm(visit, Phrase.ENROL_CODE_LABEL),
        touchPart(visit, Phrase.ENROL_TOUCH_TEXT),
        choiceForm(visit, passwords.rules()),
        done(
            visit,
            Phrase.ENROL_DONE_TITLE,
            tag("p").set("data-model", visit.say(Phrase.ENROL_DONE_TEXT)).set("role", "status"),
            toSignIn(visit)));
  }

  Response signedOut(Visit visit) {
    return frame.page(
        200,
        visit,
        Phrase.SIGNED_OUT_TITLE,
        tag("main", "middle short")
            .with(
                tag("section", "card stack")
                    .with(
                        tag("h1").with(visit.say(Phrase.SIGNED_OUT_TITLE)),
                        tag("p", "lead").with(visit.say(Phrase.SIGNED_OUT_TEXT)),
                        tag("a", "button main")
                            .set("href", "/sign-in")
                            .with(visit.say(Phrase.SIGN_IN_AGAIN)))));
  }

  /// A page with the levels on one side and what is to be done on the other, part by part.
  ///
  /// @param flow which of the script's it is
  Response page(
      Visit visit,
      String flow,
      Phrase title,
      Phrase lead,
      List<Html.Element> rungs,
      Html... parts) {
    return page(
        visit, flow, Destination.HOME, title, tag("p", "lead").with(visit.say(lead)), rungs, parts);
  }

  private Response page(
      Visit visit,
      String flow,
      Destination destination,
      Phrase title,
      Html lead,
      List<Html.Element> rungs,
      Html... parts) {
    Html.Element side =
        tag("div", "side").with(tag("h1").with(visit.say(title)), lead, ladder(rungs));
    Html.Element desk = tag("div", "desk").with(Ceremonial.noScript(visit), notice()).with(parts);
    Html.Element main = tag("main", "middle").with(tag("div", "card entrance").with(side, desk));
    return frame.page(200, visit, title, flow(main, visit, flow, destination));
  }

  /// What is left when all is done.
  static Html.Element done(Visit visit, Phrase title, Html... rest) {
    return tag("section", "stack")
        .set("data-part", "done")
        .set("hidden")
        .set("tabindex", "-1")
        .set("aria-labelledby", "done-title")
        .with(tag("h2").id("done-title").with(visit.say(title)))
        .with(rest);
  }

  static Html.Element told(Visit visit, Phrase text) {
    return tag("p").set("role", "status").with(visit.say(text));
  }

  static Html.Element toSignIn(Visit visit) {
    return tag("a", "button main wide")
        .set("href", "/sign-in")
        .set("data-focus")
        .with(visit.say(Phrase.SIGN_IN_SUBMIT));
  }

  private static Html.Element flow(
      Html.Element main, Visit visit, String flow, Destination destination) {
    String asked =
        switch (destination) {
          case Destination.Here(String path) -> path;
          case Destination.There there -> there.url();
        };
    return Frame.speaking(
        main.set("data-flow", flow).set("data-rd", asked), visit, Ceremonial.words());
  }

  /// Says where the person will go, so that a link from nowhere shows its face.
  private static Html lead(Visit visit, Destination destination, Phrase lead) {
    Html first = tag("p", "lead").with(visit.say(lead));
    return switch (destination) {
      case Destination.Here here -> first;
      case Destination.There there ->
          all(
              first,
              tag("p", "toward")
                  .with(
                      text(visit.say(Phrase.SIGN_IN_TOWARD) + " "),
                      tag("strong").with(there.host().title()),
                      tag("code").with(there.host().site().authority())));
    };
  }

  static Html.Element address(Visit visit) {
    return tag("small", "address").with(visit.call().source().toString());
  }

  static Html.Element hint(Visit visit, Phrase phrase) {
    return tag("small").with(visit.say(phrase));
  }

  private static Html.Element nameField(Visit visit, String id) {
    return field(
        id,
        visit.say(Phrase.NAME_LABEL),
        input("text", "name")
            .set("autocomplete", "username")
            .set("autocapitalize", "none")
            .set("spellcheck", "false")
            .set("required")
            .set("maxlength", "64")
            .set("data-focus"));
  }

  static Html.Element nameForm(Visit visit) {
    return tag("form", "stack")
        .set("data-part", "name")
        .with(nameField(visit, "name"), button("main wide", "submit", visit.say(Phrase.GO_ON)));
  }

  /// For a key that the browser asks for by itself.
  static Html.Element touchPart(Visit visit, Phrase text) {
    return touchPart(visit, text, Phrase.TOUCH_AGAIN);
  }

  /// @param submit what asks for the key
  static Html.Element touchPart(Visit visit, Phrase text, Phrase submit, Html... before) {
    return tag("section", "stack")
        .set("data-part", "touch")
        .set("hidden")
        .set("tabindex", "-1")
        .set("aria-labelledby", "touch-title")
        .with(before)
        .with(
            tag("div", "touch")
                .with(
                    Ceremonial.key(),
                    tag("h2").id("touch-title").with(visit.say(Phrase.TOUCH_TITLE)),
                    tag("p", "soft").with(visit.say(text))),
            tag("div", "row")
                .with(
                    button("main", "button", visit.say(submit)).set("data-do", "touch"),
                    button("", "button", visit.say(Phrase.START_OVER)).set("data-do", "again")));
  }

  private static Html.Element otpForm(Visit visit) {
    return tag("form", "stack")
        .set("data-do", "otp")
        .with(
            tag("p", "soft").with(visit.say(Phrase.OTP_INSTEAD)),
            Ceremonial.hinted(
                field(
                    "otp",
                    visit.say(Phrase.OTP_LABEL),
                    input("text", "otp")
                        .as("spelt")
                        .set("autocomplete", "off")
                        .set("autocapitalize", "none")
                        .set("spellcheck", "false")
                        .set("required")
                        .set("maxlength", "64")
                        .set("aria-describedby", "otp-hint")),
                "otp",
                visit.say(Phrase.OTP_HINT)),
            button("wide", "submit", visit.say(Phrase.GO_ON)));
  }

  private static Html.Element passwordForm(Visit visit) {
    return tag("form", "stack")
        .set("data-part", "password")
        .set("hidden")
        .with(
            hiddenName(),
            password(visit, "password", visit.say(Phrase.PASSWORD_LABEL), "current-password"),
            button("main wide", "submit", visit.say(Phrase.SIGN_IN_SUBMIT)),
            button("quiet wide", "button", visit.say(Phrase.START_OVER)).set("data-do", "again"));
  }

  /// Tells password managers whose password it is.
  static Html.Element hiddenName() {
    return input("text", "username")
        .set("autocomplete", "username")
        .set("hidden")
        .set("readonly")
        .set("aria-hidden", "true")
        .set("tabindex", "-1");
  }

  static Html.Element codeForm(Visit visit, Phrase label) {
    return tag("form", "stack")
        .set("data-part", "code")
        .with(
            nameField(visit, "name"),
            field(
                "code",
                visit.say(label),
                input("text", "code")
                    .as("spelt")
                    .set("autocomplete", "one-time-code")
                    .set("autocapitalize", "none")
                    .set("spellcheck", "false")
                    .set("required")
                    .set("maxlength", "64")),
            button("main wide", "submit", visit.say(Phrase.GO_ON)));
  }

  private static Html.Element choiceForm(Visit visit, PasswordRules.Settings rules) {
    return tag("form", "stack")
        .set("data-part", "password")
        .set("hidden")
        .with(
            hiddenName(),
            tag("h2").set("data-when", "new").with(visit.say(Phrase.ENROL_NEW_PASSWORD)),
            tag("h2").set("data-when", "present").with(visit.say(Phrase.ENROL_PRESENT_PASSWORD)),
            password(visit, "password", visit.say(Phrase.PASSWORD_LABEL), "new-password"),
            PasswordPages.hint(visit, rules).set("data-when", "new"),
            Ceremonial.hinted(
                field(
                    "label",
                    visit.say(Phrase.ENROL_LABEL_LABEL),
                    input("text", "label")
                        .set("value", visit.say(Phrase.ENROL_LABEL_DEFAULT))
                        .set("required")
                        .set("maxlength", "64")
                        .set("aria-describedby", "label-hint")),
                "label",
                visit.say(Phrase.ENROL_LABEL_HINT)),
            button("main wide", "submit", visit.say(Phrase.ENROL_SUBMIT)));
  }
}

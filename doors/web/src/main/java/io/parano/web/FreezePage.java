package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.ladder;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Ceremonial.password;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.EntrancePages.hint;
import static io.parano.web.Html.tag;

import java.util.List;

/// Where somebody who has lost their token freezes their own access, and reads first what that ends
/// and who undoes it.
final class FreezePage {
  private final EntrancePages entrance;

  FreezePage(EntrancePages entrance) {
    this.entrance = entrance;
  }

  Response page(Visit visit) {
    Html.Element side =
        tag("div", "side")
            .with(
                tag("h1").with(visit.say(Phrase.FREEZE_TITLE)),
                tag("p", "lead").with(visit.say(Phrase.FREEZE_LEAD)),
                ladder(
                    List.of(
                        rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
                        rung(
                            visit.say(Phrase.LEVEL_PASSWORD),
                            hint(visit, Phrase.LEVEL_PASSWORD_HINT)))));
    Html.Element desk =
        tag("div", "desk").with(Ceremonial.noScript(visit), notice(), form(visit), done(visit));
    return entrance.page(visit, Phrase.FREEZE_TITLE, "freeze", Destination.HOME, side, desk);
  }

  private static Html.Element form(Visit visit) {
    return tag("form", "stack")
        .set("data-part", "freeze")
        .with(
            tag("p").with(visit.say(Phrase.FREEZE_ENDS)),
            tag("p").with(visit.say(Phrase.FREEZE_UNDONE)),
            field(
                "name",
                visit.say(Phrase.NAME_LABEL),
                input("text", "name")
                    .set("autocomplete", "username")
                    .set("autocapitalize", "none")
                    .set("spellcheck", "false")
                    .set("required")
                    .set("maxlength", "64")),
            password(visit, "password", visit.say(Phrase.PASSWORD_LABEL), "current-password"),
            button("main wide", "submit", visit.say(Phrase.FREEZE_SUBMIT)),
            tag("p", "hint")
                .with(tag("a").set("href", "/sign-in").with(visit.say(Phrase.SIGN_IN_SUBMIT))));
  }

  private static Html.Element done(Visit visit) {
    return tag("section", "stack")
        .set("data-part", "done")
        .set("hidden")
        .set("tabindex", "-1")
        .with(
            tag("h2").with(visit.say(Phrase.FREEZE_DONE_TITLE)),
            tag("p").set("role", "status").with(visit.say(Phrase.FREEZE_DONE_TEXT)));
  }
}

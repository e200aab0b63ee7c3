package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.password;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.EntrancePages.done;
import static io.parano.web.EntrancePages.hint;
import static io.parano.web.EntrancePages.told;
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
    return entrance.page(
        visit,
        "freeze",
        Phrase.FREEZE_TITLE,
        Phrase.FREEZE_LEAD,
        List.of(
            rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
            rung(visit.say(Phrase.LEVEL_PASSWORD), hint(visit, Phrase.LEVEL_PASSWORD_HINT))),
        form(visit),
        done(visit, Phrase.FREEZE_DONE_TITLE, told(visit, Phrase.FREEZE_DONE_TEXT)));
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
}

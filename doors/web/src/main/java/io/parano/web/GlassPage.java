package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.EntrancePages.done;
import static io.parano.web.EntrancePages.hint;
import static io.parano.web.EntrancePages.told;
import static io.parano.web.Html.tag;

import java.util.List;

/// Where two holders break the glass, together.
final class GlassPage {
  private final EntrancePages entrance;

  GlassPage(EntrancePages entrance) {
    this.entrance = entrance;
  }

  Response page(Visit visit) {
    return entrance.page(
        visit,
        "glass",
        Phrase.GLASS_TITLE,
        Phrase.GLASS_LEAD,
        List.of(
            rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
            rung(visit.say(Phrase.GLASS_CODES), hint(visit, Phrase.GLASS_CODES_HINT)),
            rung(visit.say(Phrase.GLASS_PASSWORDS), hint(visit, Phrase.GLASS_PASSWORDS_HINT))),
        form(visit),
        done(
            visit,
            Phrase.GLASS_DONE_TITLE,
            told(visit, Phrase.GLASS_DONE_TEXT),
            codes(visit),
            tag("a", "button main wide")
                .set("href", "/enrol")
                .with(visit.say(Phrase.HOLD_CODE_LINK))));
  }

  private static Html.Element form(Visit visit) {
    return tag("form", "stack")
        .set("data-part", "glass")
        .with(
            tag("p").with(visit.say(Phrase.GLASS_TEXT)),
            tag("h2").with(visit.say(Phrase.GLASS_FIRST)),
            name(visit, "name"),
            code(visit, "code"),
            secret(visit, "password"),
            tag("h2").with(visit.say(Phrase.GLASS_SECOND)),
            name(visit, "otherName"),
            code(visit, "otherCode"),
            secret(visit, "otherPassword"),
            button("main wide", "submit", visit.say(Phrase.GLASS_SUBMIT)));
  }

  private static Html.Element name(Visit visit, String id) {
    return field(id, visit.say(Phrase.NAME_LABEL), plain("text", id, "64"));
  }

  private static Html.Element code(Visit visit, String id) {
    return field(id, visit.say(Phrase.GLASS_CODE_LABEL), plain("text", id, "64").as("spelt"));
  }

  private static Html.Element secret(Visit visit, String id) {
    return Ceremonial.furtherPassword(visit, id, visit.say(Phrase.PASSWORD_LABEL), "off");
  }

  private static Html.Element plain(String type, String id, String longest) {
    return input(type, id)
        .set("autocomplete", "off")
        .set("autocapitalize", "none")
        .set("spellcheck", "false")
        .set("required")
        .set("maxlength", longest);
  }

  private static Html.Element codes(Visit visit) {
    return tag("dl", "facts")
        .with(
            tag("dt").set("data-first").with(visit.say(Phrase.GLASS_FIRST)),
            tag("dd").with(tag("code").set("data-code")),
            tag("dt").set("data-second").with(visit.say(Phrase.GLASS_SECOND)),
            tag("dd").with(tag("code").set("data-other-code")));
  }
}

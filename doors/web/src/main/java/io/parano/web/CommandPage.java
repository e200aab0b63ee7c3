package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Html.tag;

/// Where a signed-in person confirms, after a touch, that the command line asking is theirs.
final class CommandPage {
  private final Frame frame;

  CommandPage(Frame frame) {
    this.frame = frame;
  }

  Response page(Visit visit) {
    String code = visit.call().query().getOrDefault("code", "");
    Html.Element main =
        tag("main", "middle short")
            .set("data-flow", "command")
            .set("data-rd", "/command?code=" + Percent.encode(code))
            .with(
                tag("section", "card stack")
                    .with(
                        tag("h1").with(visit.say(Phrase.COMMAND_TITLE)),
                        tag("p", "lead").with(visit.say(Phrase.COMMAND_LEAD)),
                        Ceremonial.noScript(visit),
                        notice(),
                        look(visit, code),
                        confirm(visit),
                        tag("section")
                            .set("data-part", "done")
                            .set("hidden")
                            .set("tabindex", "-1")
                            .with(
                                tag("p", "notice")
                                    .set("role", "status")
                                    .with(visit.say(Phrase.COMMAND_DONE)))));
    return frame.page(
        200, visit, Phrase.COMMAND_TITLE, Frame.speaking(main, visit, Ceremonial.words()));
  }

  private static Html look(Visit visit, String code) {
    return tag("form", "stack")
        .set("data-part", "look")
        .with(
            field(
                "code",
                visit.say(Phrase.COMMAND_CODE_LABEL),
                input("text", "code")
                    .as("spelt")
                    .set("value", code)
                    .set("autocomplete", "off")
                    .set("autocapitalize", "none")
                    .set("spellcheck", "false")
                    .set("required")
                    .set("maxlength", "64")
                    .set("data-focus")),
            button("main wide", "submit", visit.say(Phrase.COMMAND_LOOK)));
  }

  private static Html confirm(Visit visit) {
    return tag("section", "stack")
        .set("data-part", "confirm")
        .set("hidden")
        .set("tabindex", "-1")
        .with(
            tag("div", "handover")
                .with(
                    tag("output").set("data-code"),
                    tag("p")
                        .with(
                            Html.text(visit.say(Phrase.COMMAND_ASKED_FROM) + " "),
                            tag("span", "address").set("data-source"))),
            tag("p", "notice wrong")
                .set("data-elsewhere")
                .set("hidden")
                .with(visit.say(Phrase.COMMAND_ELSEWHERE)),
            tag("div", "touch").with(Ceremonial.key()),
            button("main wide", "button", visit.say(Phrase.COMMAND_CONFIRM))
                .set("data-do", "confirm")
                .set("data-focus"),
            button("wide", "button", visit.say(Phrase.COMMAND_AGAIN)).set("data-do", "again"));
  }
}

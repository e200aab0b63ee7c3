package io.parano.web;

import static io.parano.web.Ceremonial.ladder;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.EntrancePages.codeForm;
import static io.parano.web.EntrancePages.touchPart;
import static io.parano.web.Html.tag;

import java.util.List;

/// Where somebody confirms a VPN login that waits for a touch, and reads who asks for what device
/// before they touch.
final class ConfirmPage {
  private final EntrancePages entrance;

  ConfirmPage(EntrancePages entrance) {
    this.entrance = entrance;
  }

  Response page(Visit visit) {
    Html.Element side =
        tag("div", "side")
            .with(
                tag("h1").with(visit.say(Phrase.CONFIRM_TITLE)),
                tag("p", "lead").with(visit.say(Phrase.CONFIRM_LEAD)),
                ladder(
                    List.of(
                        rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
                        rung(visit.say(Phrase.CONFIRM_STEP_CODE), tag("small")),
                        rung(visit.say(Phrase.LEVEL_KEY), tag("small")))));
    Html.Element desk =
        tag("div", "desk")
            .with(
                Ceremonial.noScript(visit),
                notice(),
                codeForm(visit, Phrase.CONFIRM_CODE_LABEL),
                touchPart(visit, Phrase.CONFIRM_TOUCH_TEXT)
                    .with(
                        tag("p", "notice")
                            .set("data-asks", visit.say(Phrase.CONFIRM_ASKS))
                            .set("role", "status")),
                done(visit));
    return entrance.page(visit, Phrase.CONFIRM_TITLE, "confirm", Destination.HOME, side, desk);
  }

  private static Html.Element done(Visit visit) {
    return tag("section", "stack")
        .set("data-part", "done")
        .set("hidden")
        .set("tabindex", "-1")
        .with(
            tag("h2").with(visit.say(Phrase.CONFIRM_DONE_TITLE)),
            tag("p").set("role", "status").with(visit.say(Phrase.CONFIRM_DONE_TEXT)));
  }
}

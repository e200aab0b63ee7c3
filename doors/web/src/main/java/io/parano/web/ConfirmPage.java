package io.parano.web;

import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.address;
import static io.parano.web.EntrancePages.codeForm;
import static io.parano.web.EntrancePages.done;
import static io.parano.web.EntrancePages.told;
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
    return entrance.page(
        visit,
        "confirm",
        Phrase.CONFIRM_TITLE,
        Phrase.CONFIRM_LEAD,
        List.of(
            rung(visit.say(Phrase.LEVEL_SOURCE), address(visit)),
            rung(visit.say(Phrase.CONFIRM_STEP_CODE), tag("small")),
            rung(visit.say(Phrase.LEVEL_KEY), tag("small"))),
        codeForm(visit, Phrase.CONFIRM_CODE_LABEL),
        touchPart(
            visit,
            Phrase.CONFIRM_TOUCH_TEXT,
            Phrase.COMMAND_CONFIRM,
            tag("p", "notice")
                .set("data-asks", visit.say(Phrase.CONFIRM_ASKS))
                .set("role", "status")),
        done(visit, Phrase.CONFIRM_DONE_TITLE, told(visit, Phrase.CONFIRM_DONE_TEXT)));
  }
}

package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.hinted;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.password;
import static io.parano.web.Ceremonial.rung;
import static io.parano.web.EntrancePages.done;
import static io.parano.web.EntrancePages.hint;
import static io.parano.web.EntrancePages.told;
import static io.parano.web.Html.tag;

import java.util.List;

/// Where somebody outside opens the tunnel of their enrolled device, and is shown once what the
/// device needs for it.
final class TunnelPage {
  private final EntrancePages entrance;

  TunnelPage(EntrancePages entrance) {
    this.entrance = entrance;
  }

  Response page(Visit visit) {
    return entrance.page(
        visit,
        "vpn",
        Phrase.VPN_TITLE,
        Phrase.VPN_LEAD,
        List.of(
            rung(visit.say(Phrase.VPN_DEVICE), hint(visit, Phrase.VPN_DEVICE_HINT)),
            rung(visit.say(Phrase.LEVEL_KEY), hint(visit, Phrase.LEVEL_KEY_HINT)),
            rung(visit.say(Phrase.LEVEL_PASSWORD), hint(visit, Phrase.LEVEL_PASSWORD_HINT))),
        EntrancePages.nameForm(visit),
        EntrancePages.touchPart(visit, Phrase.TOUCH_TEXT),
        form(visit),
        done(
            visit,
            Phrase.VPN_DONE_TITLE,
            told(visit, Phrase.VPN_DONE_TEXT),
            handover(visit),
            facts(visit)));
  }

  private static Html.Element form(Visit visit) {
    return tag("form", "stack")
        .set("data-part", "password")
        .set("hidden")
        .with(
            EntrancePages.hiddenName(),
            password(visit, "password", visit.say(Phrase.PASSWORD_LABEL), "current-password"),
            hinted(
                field(
                    "device",
                    visit.say(Phrase.VPN_WHICH_LABEL),
                    input("text", "device")
                        .set("autocomplete", "off")
                        .set("maxlength", "64")
                        .set("aria-describedby", "device-hint")),
                "device",
                visit.say(Phrase.VPN_WHICH_HINT)),
            button("main wide", "submit", visit.say(Phrase.VPN_SUBMIT)),
            button("quiet wide", "button", visit.say(Phrase.START_OVER)).set("data-do", "again"));
  }

  private static Html.Element handover(Visit visit) {
    return tag("div", "handover text")
        .with(
            tag("pre").set("data-configuration"),
            button("wide", "button", visit.say(Phrase.VPN_COPY))
                .set("data-do", "copy")
                .set("data-copied", visit.say(Phrase.VPN_COPIED)),
            tag("p", "soft").with(visit.say(Phrase.VPN_ONCE)));
  }

  private static Html.Element facts(Visit visit) {
    return tag("dl", "facts")
        .with(PortalPage.fact(visit, Phrase.VPN_DEVICE, tag("span").set("data-device")))
        .with(PortalPage.fact(visit, Phrase.PORTAL_ENDS, tag("time").set("data-until")));
  }
}

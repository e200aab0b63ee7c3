package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Html.tag;
import static io.parano.web.PortalPage.cell;
import static io.parano.web.PortalPage.column;
import static io.parano.web.PortalPage.time;

import io.parano.access.DeviceKeeping;
import io.parano.access.DeviceKeeping.Row;
import java.util.List;

/// Where a signed-in person makes the password of a device by a touch, sees it once, and cuts those
/// that there are.
final class DevicesPage {
  private final Frame frame;

  DevicesPage(Frame frame) {
    this.frame = frame;
  }

  /// @param devices the person's own
  Response page(Visit visit, List<Row> devices, long days) {
    Html.Element main =
        tag("main")
            .set("data-flow", "devices")
            .with(
                tag("h1").with(visit.say(Phrase.DEVICES_TITLE)),
                tag("p", "lead").with(visit.say(Phrase.DEVICES_LEAD)),
                Ceremonial.noScript(visit),
                notice(),
                tag("div", "hall")
                    .with(
                        devices.size() < DeviceKeeping.MOST ? form(visit, days) : full(visit),
                        help(visit),
                        list(visit, devices)));
    return frame.page(
        200, visit, Phrase.DEVICES_TITLE, Frame.speaking(main, visit, Ceremonial.words()));
  }

  private static Html form(Visit visit, long days) {
    return tag("section", "card")
        .with(
            tag("h2").with(visit.say(Phrase.DEVICES_NEW)),
            tag("form", "stack")
                .set("data-part", "device")
                .with(
                    Ceremonial.hinted(
                        field(
                            "label",
                            visit.say(Phrase.DEVICES_LABEL),
                            input("text", "label")
                                .set("required")
                                .set("maxlength", "64")
                                .set("autocomplete", "off")
                                .set("aria-describedby", "label-hint")),
                        "label",
                        visit.say(Phrase.DEVICES_LABEL_HINT, days)),
                    tag("div", "touch").with(Ceremonial.key()),
                    button("main wide", "submit", visit.say(Phrase.DEVICES_SUBMIT))),
            tag("div", "handover")
                .set("data-handover")
                .set("hidden")
                .set("tabindex", "-1")
                .with(
                    tag("p").with(visit.say(Phrase.DEVICES_ONCE)),
                    tag("output"),
                    tag("p", "soft")
                        .with(Html.text(visit.say(Phrase.DEVICES_UNTIL) + " "), tag("time")),
                    tag("a", "button")
                        .set("href", "/devices")
                        .with(visit.say(Phrase.DEVICES_TYPED))));
  }

  private static Html full(Visit visit) {
    return tag("section", "card")
        .with(
            tag("h2").with(visit.say(Phrase.DEVICES_NEW)),
            tag("p").with(visit.say(Phrase.DEVICES_FULL, DeviceKeeping.MOST)));
  }

  private static Html help(Visit visit) {
    return tag("section", "card stack")
        .with(
            tag("h2").with(visit.say(Phrase.DEVICES_HOW)),
            tag("p").with(visit.say(Phrase.DEVICES_HOW_NAME)),
            tag("p").with(visit.say(Phrase.DEVICES_HOW_HERE)),
            tag("p").with(visit.say(Phrase.DEVICES_HOW_LOST)));
  }

  private static Html list(Visit visit, List<Row> devices) {
    Html.Element body = tag("tbody").set("role", "rowgroup");
    for (Row device : devices) {
      body = body.with(row(visit, device));
    }
    Html.Element card =
        tag("section", "card full")
            .with(tag("h2").id("devices").with(visit.say(Phrase.DEVICES_OWN)));
    return devices.isEmpty()
        ? card.with(tag("p", "soft").with(visit.say(Phrase.DEVICES_NONE)))
        : card.with(
            tag("div", "scroll")
                .with(
                    tag("table")
                        .set("role", "table")
                        .set("aria-labelledby", "devices")
                        .with(head(visit), body)));
  }

  private static Html.Element head(Visit visit) {
    return tag("thead")
        .set("role", "rowgroup")
        .with(
            tag("tr")
                .set("role", "row")
                .with(
                    column(visit, Phrase.DEVICES_LABEL),
                    column(visit, Phrase.DEVICES_MADE),
                    column(visit, Phrase.PORTAL_ENDS),
                    tag("td").set("role", "cell")));
  }

  private static Html row(Visit visit, Row device) {
    String cut = visit.say(Phrase.DEVICES_CUT);
    return tag("tr")
        .set("role", "row")
        .with(
            tag("th").set("scope", "row").set("role", "rowheader").with(device.label()),
            cell(visit, Phrase.DEVICES_MADE, time(device.madeAt())),
            cell(visit, Phrase.PORTAL_ENDS, time(device.endsAt())),
            tag("td")
                .set("role", "cell")
                .with(
                    button("small alarm", "button", cut)
                        .set("aria-label", cut + " · " + device.label())
                        .set("data-do", "cut")
                        .set("data-device", device.id().toString())));
  }
}

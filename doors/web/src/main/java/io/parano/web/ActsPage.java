package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.field;
import static io.parano.web.Ceremonial.input;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Html.tag;

import io.parano.access.Approving.Pending;
import io.parano.access.Operating.StaffRow;
import java.util.List;
import java.util.Map;

/// The officers' desk: what waits for signatures ([ActCard]), what can be proposed, and the lever.
final class ActsPage {
  private final Frame frame;

  ActsPage(Frame frame) {
    this.frame = frame;
  }

  Response page(Visit visit, List<Pending> pending, List<StaffRow> staff) {
    Html.Element acts = tag("div", "acts");
    for (Pending one : pending) {
      acts = acts.with(ActCard.of(visit, one));
    }
    Html.Element main =
        tag("main")
            .set("data-flow", "acts")
            .with(
                tag("h1").with(visit.say(Phrase.ACTS_TITLE)),
                tag("p", "lead").with(visit.say(Phrase.ACTS_LEAD)),
                Ceremonial.noScript(visit),
                notice(),
                tag("section")
                    .set("aria-labelledby", "open")
                    .with(
                        tag("h2").id("open").with(visit.say(Phrase.ACTS_OPEN)),
                        pending.isEmpty()
                            ? tag("p", "soft").with(visit.say(Phrase.ACTS_NONE))
                            : acts),
                people(staff),
                proposal(visit),
                lever(visit));
    Html.Element speaking = Frame.speaking(main, visit, Ceremonial.words());
    return frame.page(200, visit, Phrase.ACTS_TITLE, Frame.speaking(speaking, visit, OWN_WORDS));
  }

  private static final Map<String, Phrase> OWN_WORDS =
      Map.of(
          "act-done", Phrase.ACT_DONE,
          "act-waiting", Phrase.ACT_WAITING,
          "act-rejected", Phrase.ACT_REJECTED,
          "proposed", Phrase.PROPOSE_DONE,
          "cut-sure", Phrase.CUT_SURE,
          "cut-done", Phrase.CUT_DONE,
          "cut-silent", Phrase.CUT_SILENT);

  private static Html people(List<StaffRow> staff) {
    Html.Element list = tag("datalist").id("people");
    for (StaffRow row : staff) {
      list = list.with(tag("option").set("value", row.name()).with(row.displayName()));
    }
    return list;
  }

  private static Html.Element kinds(Visit visit, List<String> kinds, List<Phrase> names) {
    Html.Element select = tag("select").set("name", "kind");
    for (int i = 0; i < kinds.size(); i++) {
      select = select.with(tag("option").set("value", kinds.get(i)).with(visit.say(names.get(i))));
    }
    return select;
  }

  private static Html.Element when(String kinds, Html.Element field) {
    return field.set("data-for", kinds);
  }

  private static Html.Element personField(Visit visit, String id) {
    return field(
        id,
        visit.say(Phrase.PROPOSE_PERSON),
        input("text", "person")
            .set("list", "people")
            .set("autocomplete", "off")
            .set("autocapitalize", "none")
            .set("spellcheck", "false")
            .set("maxlength", "64")
            .set("required"));
  }

  private static Html.Element tokenField(Visit visit, String id) {
    return tag("div", "field")
        .with(
            tag("label").set("for", id).with(visit.say(Phrase.PROPOSE_TOKEN)),
            tag("div", "pair")
                .with(
                    tag("select").id(id).set("name", "token").set("required"),
                    button("", "button", visit.say(Phrase.FIND)).set("data-do", "find")));
  }

  private static Html.Element networkField(Visit visit, String id) {
    return field(
        id,
        visit.say(Phrase.PROPOSE_NETWORK),
        input("text", "network")
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("maxlength", "64")
            .set("required"));
  }

  private static Html proposal(Visit visit) {
    Html.Element kind =
        kinds(
            visit,
            List.of(
                "enrol-token",
                "replace-token",
                "reset-password",
                "seal-code",
                "admit-staff",
                "change-groups",
                "appoint-officer",
                "dismiss-officer",
                "dismiss-staff",
                "erase-staff",
                "reopen-person",
                "reopen-token",
                "reopen-network",
                "reopen-zone",
                "reopen-everybody"),
            List.of(
                Phrase.ACT_ENROL_TOKEN,
                Phrase.ACT_REPLACE_TOKEN,
                Phrase.ACT_RESET_PASSWORD,
                Phrase.ACT_SEAL_CODE,
                Phrase.ACT_ADMIT_STAFF,
                Phrase.ACT_CHANGE_GROUPS,
                Phrase.ACT_APPOINT_OFFICER,
                Phrase.ACT_DISMISS_OFFICER,
                Phrase.ACT_DISMISS_STAFF,
                Phrase.ACT_ERASE_STAFF,
                Phrase.ACT_REOPEN_PERSON,
                Phrase.ACT_REOPEN_TOKEN,
                Phrase.ACT_REOPEN_NETWORK,
                Phrase.ACT_REOPEN_ZONE,
                Phrase.ACT_REOPEN_EVERYBODY));
    return tag("section", "card below")
        .set("aria-labelledby", "propose")
        .with(
            tag("h2").id("propose").with(visit.say(Phrase.PROPOSE_TITLE)),
            tag("form", "grid")
                .set("data-do", "propose")
                .with(field("propose-kind", visit.say(Phrase.PROPOSE_KIND), kind))
                .with(proposalFields(visit))
                .with(
                    tag("div", "full")
                        .with(button("main", "submit", visit.say(Phrase.PROPOSE_SUBMIT)))));
  }

  private static List<Html.Element> proposalFields(Visit visit) {
    String aboutSomebody =
        "enrol-token replace-token reset-password seal-code change-groups appoint-officer"
            + " dismiss-officer dismiss-staff erase-staff reopen-person reopen-token";
    return List.of(
        when(aboutSomebody, personField(visit, "propose-person")),
        when("reopen-token", tokenField(visit, "propose-token")),
        when(
            "enrol-token replace-token",
            Ceremonial.hinted(
                field(
                    "propose-until",
                    visit.say(Phrase.PROPOSE_UNTIL),
                    input("datetime-local", "until")),
                "propose-until",
                visit.say(Phrase.PROPOSE_UNTIL_HINT))),
        when("admit-staff", newcomer(visit, Phrase.PROPOSE_NEW_NAME, "text", "newName")),
        when("admit-staff", newcomer(visit, Phrase.PROPOSE_DISPLAY_NAME, "text", "displayName")),
        when("admit-staff", newcomer(visit, Phrase.PROPOSE_EMAIL, "email", "email")),
        when(
            "admit-staff change-groups",
            field("propose-groups", visit.say(Phrase.PROPOSE_GROUPS), input("text", "groups"))),
        when(
            "admit-staff",
            field(
                "propose-language",
                visit.say(Phrase.PROPOSE_LANGUAGE),
                tag("select")
                    .set("name", "language")
                    .with(
                        tag("option").set("value", "fr").with("Français"),
                        tag("option").set("value", "en").with("English")))),
        when("reopen-network", networkField(visit, "propose-network")),
        when("reopen-zone", zoneField(visit, "propose-zone")));
  }

  private static Html.Element zoneField(Visit visit, String id) {
    return field(
        id,
        visit.say(Phrase.PROPOSE_ZONE),
        input("text", "zone")
            .set("autocomplete", "off")
            .set("maxlength", "64")
            .set("pattern", "[a-z0-9][a-z0-9._\\-]*")
            .set("required"));
  }

  private static Html.Element newcomer(Visit visit, Phrase label, String type, String name) {
    return field(
        "propose-" + name,
        visit.say(label),
        input(type, name).set("autocomplete", "off").set("maxlength", "128").set("required"));
  }

  private static Html lever(Visit visit) {
    Html.Element kind =
        kinds(
            visit,
            List.of("person", "token", "network", "zone", "everybody"),
            List.of(
                Phrase.CUT_PERSON,
                Phrase.CUT_TOKEN,
                Phrase.CUT_NETWORK,
                Phrase.CUT_ZONE,
                Phrase.CUT_EVERYBODY));
    return tag("section", "card lever")
        .set("aria-labelledby", "lever")
        .with(
            tag("h2").id("lever").with(visit.say(Phrase.CUT_TITLE)),
            tag("p", "lead").with(visit.say(Phrase.CUT_LEAD)),
            tag("form", "grid below")
                .set("data-do", "cut")
                .with(
                    field("cut-kind", visit.say(Phrase.PROPOSE_KIND), kind),
                    when("person token", personField(visit, "cut-person")),
                    when("token", tokenField(visit, "cut-token")),
                    when("network", networkField(visit, "cut-network")),
                    when("zone", zoneField(visit, "cut-zone")),
                    field(
                        "cut-because",
                        visit.say(Phrase.CUT_BECAUSE),
                        input("text", "because")
                            .set("autocomplete", "off")
                            .set("maxlength", "200")
                            .set("required")),
                    tag("div", "full")
                        .with(button("alarm", "submit", visit.say(Phrase.CUT_SUBMIT)))));
  }
}

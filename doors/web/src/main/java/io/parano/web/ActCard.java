package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;
import static io.parano.web.Html.text;
import static io.parano.web.PortalPage.fact;
import static io.parano.web.PortalPage.time;

import io.parano.access.Approving.Pending;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import java.util.List;
import java.util.stream.Collectors;

/// One act that waits for signatures, with everything that is signed and what it changes.
final class ActCard {
  private ActCard() {}

  static Html of(Visit visit, Pending one) {
    String id = one.proposal().id().toString();
    return tag("article", "card act")
        .set("data-act", id)
        .set("aria-labelledby", "act-" + id)
        .with(
            tag("header")
                .with(
                    tag("h3").id("act-" + id).with(title(visit, one)),
                    tag("span", "count")
                        .with(visit.say(Phrase.ACT_SIGNED, one.approvedBy().size(), one.needed()))),
            facts(visit, one),
            difference(visit, one.difference()),
            tag("details")
                .with(
                    tag("summary").with(visit.say(Phrase.ACT_DETAILS)),
                    tag("pre").with(one.proposal().act().canonical().text()),
                    tag("span", "digest")
                        .with(
                            text(visit.say(Phrase.ACT_DIGEST) + " "),
                            tag("code").with(one.proposal().challenge().hex()))),
            tag("div", "row act-buttons")
                .set("data-buttons")
                .with(
                    button("main", "button", visit.say(Phrase.ACT_APPROVE))
                        .set("data-do", "approve"),
                    button("", "button", visit.say(Phrase.ACT_REJECT)).set("data-do", "reject")),
            tag("p", "soft").set("data-outcome").set("role", "status"),
            handover(visit));
  }

  private static String title(Visit visit, Pending one) {
    String kind = visit.say(named(one.proposal().act()));
    return one.subject() == null ? kind : kind + " · " + one.subject();
  }

  private static Html facts(Visit visit, Pending one) {
    Html.Element facts = tag("dl", "facts");
    switch (one.proposal().act()) {
      case Act.AdmitStaff(List<Newcomer> newcomers, var passwords) -> {
        for (Newcomer newcomer : newcomers) {
          facts =
              facts.with(
                  tag("dt").with(tag("code").with(newcomer.name())),
                  tag("dd")
                      .with(
                          tag("span").with(newcomer.displayName()),
                          tag("span").with(newcomer.email()),
                          tag("span").with(said(visit, Phrase.ACT_GROUPS, groups(newcomer))),
                          tag("span")
                              .with(said(visit, Phrase.LANGUAGE, newcomer.language().tag()))));
        }
        if (passwords != null) {
          facts =
              facts.with(
                  fact(visit, Phrase.ACT_PASSWORDS, text(visit.say(Phrase.ACT_PASSWORDS_BROUGHT))));
        }
      }
      case Act.ChangeGroups(var person, var groups) ->
          facts = facts.with(fact(visit, Phrase.ACT_GROUPS, text(String.join(", ", groups))));
      case Act.ReopenNetwork(var network) ->
          facts =
              facts.with(
                  fact(visit, Phrase.CUT_NETWORK, tag("span", "address").with(network.toString())));
      case Act.EnrolToken(var person, var until) when until != null ->
          facts = facts.with(fact(visit, Phrase.PROPOSE_UNTIL, time(until)));
      case Act.ReplaceToken(var person, var until) when until != null ->
          facts = facts.with(fact(visit, Phrase.PROPOSE_UNTIL, time(until)));
      case Act.ReopenToken(var token, var person) ->
          facts = facts.with(fact(visit, Phrase.CUT_TOKEN, tag("code").with(token.toString())));
      case Act.EnrolOtp(var person, var label, var publicId, var seed) ->
          facts =
              facts
                  .with(fact(visit, Phrase.ACT_LABEL, text(label)))
                  .with(fact(visit, Phrase.ACT_PUBLIC_ID, tag("code").with(publicId)));
      case Act.EnrolDevice(var person, var label, var kind, var key, var address) ->
          facts =
              facts
                  .with(fact(visit, Phrase.ACT_LABEL, text(label)))
                  .with(fact(visit, Phrase.ACT_DEVICE_KIND, text(named(kind))))
                  .with(fact(visit, Phrase.ACT_DEVICE_KEY, tag("code").with(kind.write(key))))
                  .with(
                      fact(
                          visit,
                          Phrase.ACT_DEVICE_ADDRESS,
                          tag("span", "address").with(address.toString())));
      case Act.AdmitClient(var number, var label, var addresses) ->
          facts =
              facts
                  .with(fact(visit, Phrase.ACT_NUMBER, text(Long.toString(number))))
                  .with(fact(visit, Phrase.ACT_LABEL, text(label)))
                  .with(
                      fact(
                          visit,
                          Phrase.ACT_ADDRESSES,
                          tag("span", "address")
                              .with(
                                  addresses.stream()
                                      .map(Object::toString)
                                      .collect(Collectors.joining(" ")))));
      case Act.DismissClient(var number) ->
          facts = facts.with(fact(visit, Phrase.ACT_NUMBER, text(Long.toString(number))));
      case Act.EnrolToken plain -> {}
      case Act.ReplaceToken plain -> {}
      case Act.ResetPassword plain -> {}
      case Act.SealCode plain -> {}
      case Act.NoteGlass(var first, var second, var at) ->
          facts = facts.with(fact(visit, Phrase.ACT_GLASS_AT, time(at)));
      case Act.AppointOfficer plain -> {}
      case Act.DismissOfficer plain -> {}
      case Act.DismissStaff plain -> {}
      case Act.EraseStaff plain -> {}
      case Act.ApplyPolicy plain -> {}
      case Act.ReopenPerson plain -> {}
      case Act.ReopenEverybody plain -> {}
    }
    facts =
        facts
            .with(fact(visit, Phrase.ACT_PROPOSED_BY, tag("code").with(one.proposer())))
            .with(fact(visit, Phrase.ACT_EXPIRES, time(one.proposal().expiresAt())));
    return one.approvedBy().isEmpty()
        ? facts
        : facts.with(
            fact(
                visit,
                Phrase.ACT_SIGNED_BY,
                tag("code").with(String.join(", ", one.approvedBy()))));
  }

  private static String named(Device.Kind kind) {
    return switch (kind) {
      case WIREGUARD -> "WireGuard";
      case OPENVPN -> "OpenVPN";
    };
  }

  private static String said(Visit visit, Phrase what, String value) {
    return visit.say(what) + (visit.words().language() == Language.FR ? "\u00a0: " : ": ") + value;
  }

  private static String groups(Newcomer newcomer) {
    return String.join(", ", newcomer.groups());
  }

  private static Html difference(Visit visit, List<String> lines) {
    if (lines.isEmpty()) {
      return none();
    }
    Html.Element list = tag("ul", "difference").set("aria-label", visit.say(Phrase.ACT_DIFFERENCE));
    for (String line : lines) {
      String kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
      list = list.with(tag("li", kind).with(line));
    }
    return list;
  }

  /// Where the one-time code appears once it exists.
  private static Html handover(Visit visit) {
    return tag("div", "handover")
        .set("data-handover")
        .set("hidden")
        .set("tabindex", "-1")
        .with(
            tag("p").with(visit.say(Phrase.ACT_CODE)),
            tag("output"),
            tag("p", "soft").with(text(visit.say(Phrase.ACT_CODE_UNTIL) + " "), tag("time")));
  }

  private static Phrase named(Act act) {
    return switch (act) {
      case Act.AdmitStaff some -> Phrase.ACT_ADMIT_STAFF;
      case Act.EnrolToken some -> Phrase.ACT_ENROL_TOKEN;
      case Act.ReplaceToken some -> Phrase.ACT_REPLACE_TOKEN;
      case Act.SealCode some -> Phrase.ACT_SEAL_CODE;
      case Act.NoteGlass some -> Phrase.ACT_NOTE_GLASS;
      case Act.ResetPassword some -> Phrase.ACT_RESET_PASSWORD;
      case Act.ChangeGroups some -> Phrase.ACT_CHANGE_GROUPS;
      case Act.AppointOfficer some -> Phrase.ACT_APPOINT_OFFICER;
      case Act.DismissOfficer some -> Phrase.ACT_DISMISS_OFFICER;
      case Act.DismissStaff some -> Phrase.ACT_DISMISS_STAFF;
      case Act.EraseStaff some -> Phrase.ACT_ERASE_STAFF;
      case Act.ApplyPolicy some -> Phrase.ACT_APPLY_POLICY;
      case Act.ReopenPerson some -> Phrase.ACT_REOPEN_PERSON;
      case Act.ReopenToken some -> Phrase.ACT_REOPEN_TOKEN;
      case Act.ReopenNetwork some -> Phrase.ACT_REOPEN_NETWORK;
      case Act.ReopenEverybody some -> Phrase.ACT_REOPEN_EVERYBODY;
      case Act.EnrolOtp some -> Phrase.ACT_ENROL_OTP;
      case Act.EnrolDevice some -> Phrase.ACT_ENROL_DEVICE;
      case Act.AdmitClient some -> Phrase.ACT_ADMIT_CLIENT;
      case Act.DismissClient some -> Phrase.ACT_DISMISS_CLIENT;
    };
  }
}

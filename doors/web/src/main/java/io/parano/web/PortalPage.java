package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Html.all;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;
import static io.parano.web.Html.text;

import io.parano.access.Operating.SessionRow;
import io.parano.access.SigningIn.Who.Somebody;
import io.parano.kernel.Factor;
import io.parano.session.Session;
import io.parano.web.WebConfig.ProtectedHost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A signed-in person's own page: who I am here, where I can go, how to leave.
final class PortalPage {
  private final Frame frame;
  private final List<ProtectedHost> hosts;
  private final boolean devices;

  /// @param devices whether devices have passwords, for mail
  PortalPage(Frame frame, List<ProtectedHost> hosts, boolean devices) {
    this.frame = frame;
    this.hosts = hosts;
    this.devices = devices;
  }

  /// @param waiting how many acts wait for officers; asked for officers alone
  /// @param frozen the sign-in names of whose access is frozen; asked for officers alone
  /// @param sessions the person's own
  Response page(
      Visit visit, Somebody somebody, List<SessionRow> sessions, int waiting, List<String> frozen) {
    Html.Element main =
        tag("main")
            .set("data-flow", "portal")
            .with(
                tag("h1").with(somebody.displayName()),
                tag("p", "lead").with(visit.say(Phrase.PORTAL_LEAD)),
                notice(),
                tag("div", "hall")
                    .with(
                        session(visit, somebody),
                        applications(visit),
                        somebody.officer() && somebody.factor() == Factor.TOUCH
                            ? desk(visit, waiting, frozen)
                            : none(),
                        somebody.factor() == Factor.TOUCH
                            ? others(visit, somebody, sessions)
                            : none()));
    return frame.page(
        200, visit, Phrase.PORTAL_TITLE, Frame.speaking(main, visit, Ceremonial.words()));
  }

  private Html session(Visit visit, Somebody somebody) {
    return tag("section", "card")
        .with(
            tag("h2").with(visit.say(Phrase.PORTAL_SESSION)),
            tag("dl", "facts")
                .with(fact(visit, Phrase.PORTAL_NAME, tag("code").with(somebody.name())))
                .with(
                    fact(
                        visit,
                        Phrase.PORTAL_SOURCE,
                        tag("span", "address").with(visit.call().source().toString())))
                .with(fact(visit, Phrase.PORTAL_TOUCHED, time(somebody.touchedAt())))
                .with(fact(visit, Phrase.PORTAL_ENDS, time(somebody.endsAt()))),
            whatNext(visit, somebody.factor()));
  }

  private Html whatNext(Visit visit, Factor factor) {
    Html.Element leave =
        button("main", "button", visit.say(Phrase.SIGN_OUT)).set("data-do", "sign-out");
    Html bound = tag("p", "hint").with(visit.say(Phrase.PORTAL_BOUND));
    return switch (factor) {
      case OTP ->
          all(
              tag("div", "row").with(leave),
              tag("p", "notice").with(visit.say(Phrase.PORTAL_BY_OTP)),
              bound);
      case TOUCH ->
          all(
              tag("div", "row")
                  .with(
                      leave,
                      tag("a", "button")
                          .set("href", "/step-up")
                          .with(visit.say(Phrase.PORTAL_TOUCH)),
                      tag("a", "button")
                          .set("href", "/vpn/confirm")
                          .with(visit.say(Phrase.CONFIRM_LINK))),
              bound,
              tag("p", "hint")
                  .with(tag("a").set("href", "/password").with(visit.say(Phrase.PORTAL_PASSWORD))),
              devices
                  ? tag("p", "hint")
                      .with(tag("a").set("href", "/devices").with(visit.say(Phrase.PORTAL_DEVICES)))
                  : none());
    };
  }

  private Html applications(Visit visit) {
    Html.Element list = tag("ul", "doors");
    for (ProtectedHost host : hosts) {
      list =
          list.with(
              tag("li")
                  .with(
                      tag("a")
                          .set("href", host.site() + "/")
                          .with(text(host.title()), tag("span").with(host.site().authority()))));
    }
    return tag("section", "card")
        .with(
            tag("h2").with(visit.say(Phrase.PORTAL_APPLICATIONS)),
            hosts.isEmpty()
                ? tag("p", "soft").with(visit.say(Phrase.PORTAL_NO_APPLICATIONS))
                : list);
  }

  private static Html desk(Visit visit, int waiting, List<String> frozen) {
    String told =
        switch (waiting) {
          case 0 -> visit.say(Phrase.PORTAL_ACTS_NONE);
          case 1 -> visit.say(Phrase.PORTAL_ACTS_ONE);
          default -> visit.say(Phrase.PORTAL_ACTS_MANY, waiting);
        };
    return tag("section", "card full stack")
        .with(
            tag("h2").with(visit.say(Phrase.PORTAL_OFFICER)),
            tag("p").with(told),
            frozen.isEmpty()
                ? none()
                : tag("p", "notice wrong")
                    .with(visit.say(Phrase.PORTAL_FROZEN, String.join(", ", frozen))),
            tag("div", "row")
                .with(
                    tag("a", waiting > 0 ? "button main" : "button")
                        .set("href", "/acts")
                        .with(visit.say(Phrase.PORTAL_ACTS_LINK))));
  }

  private static Html others(Visit visit, Somebody somebody, List<SessionRow> sessions) {
    Html.Element body = tag("tbody").set("role", "rowgroup");
    for (SessionRow row : sessions) {
      if (row.person().equals(somebody.name())) {
        body = body.with(row(visit, somebody, row));
      }
    }
    return tag("section", "card full")
        .with(
            tag("h2").id("sessions").with(visit.say(Phrase.PORTAL_SESSIONS)),
            tag("div", "scroll")
                .with(
                    tag("table")
                        .set("role", "table")
                        .set("aria-labelledby", "sessions")
                        .with(
                            tag("thead")
                                .set("role", "rowgroup")
                                .with(
                                    tag("tr")
                                        .set("role", "row")
                                        .with(
                                            column(visit, Phrase.SESSION_FOR),
                                            column(visit, Phrase.PORTAL_SOURCE),
                                            column(visit, Phrase.SESSION_SEEN),
                                            column(visit, Phrase.PORTAL_ENDS),
                                            tag("td").set("role", "cell"))),
                            body)));
  }

  private static Html row(Visit visit, Somebody somebody, SessionRow row) {
    boolean own = row.id().equals(somebody.session());
    String purpose = purpose(visit, row);
    String end = visit.say(Phrase.SESSION_END);
    return tag("tr")
        .set("role", "row")
        .with(
            tag("th").set("scope", "row").set("role", "rowheader").with(purpose),
            cell(visit, Phrase.PORTAL_SOURCE, tag("span", "address").with(address(row.source()))),
            cell(visit, Phrase.SESSION_SEEN, time(row.lastSeen())),
            cell(visit, Phrase.PORTAL_ENDS, time(row.endsAt())),
            tag("td")
                .set("role", "cell")
                .with(
                    own
                        ? tag("span", "soft").with(visit.say(Phrase.SESSION_OWN))
                        : button("small", "button", end)
                            .set("aria-label", end + " · " + purpose)
                            .set("data-do", "end")
                            .set("data-session", row.id().toString())));
  }

  /// A cell that says what it is where narrow windows set rows as blocks; then they are no table to
  /// a browser, unless their roles say so.
  static Html cell(Visit visit, Phrase column, Html value) {
    return tag("td").set("role", "cell").set("data-label", visit.say(column)).with(value);
  }

  /// A whole IPv4 address needs no length.
  private static String address(String source) {
    return source.endsWith("/32") && source.indexOf(':') < 0
        ? source.substring(0, source.length() - 3)
        : source;
  }

  private static String purpose(Visit visit, SessionRow row) {
    return switch (row.kind()) {
      case Session.Kind.PORTAL -> visit.say(Phrase.SESSION_PORTAL);
      case Session.Kind.HOST -> row.host();
      case Session.Kind.COMMAND -> visit.say(Phrase.SESSION_COMMAND);
      case Session.Kind.SSH -> "SSH " + row.host();
      case Session.Kind.VPN, Session.Kind.DEVICE -> "VPN " + row.host();
    };
  }

  static Html column(Visit visit, Phrase phrase) {
    return tag("th").set("scope", "col").set("role", "columnheader").with(visit.say(phrase));
  }

  static List<Html> fact(Visit visit, Phrase name, Html value) {
    return List.of(tag("dt").with(visit.say(name)), tag("dd").with(value));
  }

  /// UTC, which the script turns into the reader's own time.
  static Html time(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return tag("time")
        .set("datetime", second.toString())
        .with(second.toString().replace('T', ' ').replace("Z", " UTC"));
  }
}

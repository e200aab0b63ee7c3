package io.parano.web;

import static io.parano.web.Ceremonial.button;
import static io.parano.web.Ceremonial.notice;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;
import static io.parano.web.Html.text;

import io.parano.access.Operating.SessionRow;
import io.parano.access.SigningIn.Who.Somebody;
import io.parano.session.Session;
import io.parano.web.WebConfig.ProtectedHost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A signed-in person's own page: who I am here, where I can go, how to leave.
final class PortalPage {
  private final Frame frame;
  private final List<ProtectedHost> hosts;

  PortalPage(Frame frame, List<ProtectedHost> hosts) {
    this.frame = frame;
    this.hosts = hosts;
  }

  /// @param waiting how many acts wait for officers; asked for officers alone
  /// @param sessions the person's own
  Response page(Visit visit, Somebody somebody, List<SessionRow> sessions, int waiting) {
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
                        somebody.officer() ? desk(visit, waiting) : none(),
                        others(visit, somebody, sessions)));
    return frame.page(
        200, visit, Phrase.PORTAL_TITLE, Frame.speaking(main, visit, Ceremonial.words()));
  }

  private static Html session(Visit visit, Somebody somebody) {
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
            tag("div", "row")
                .with(
                    button("main", "button", visit.say(Phrase.SIGN_OUT)).set("data-do", "sign-out"),
                    tag("a", "button").set("href", "/step-up").with(visit.say(Phrase.PORTAL_TOUCH)),
                    tag("a", "button")
                        .set("href", "/password")
                        .with(visit.say(Phrase.PORTAL_PASSWORD))),
            tag("p", "hint").with(visit.say(Phrase.PORTAL_BOUND)));
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

  private static Html desk(Visit visit, int waiting) {
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
            tag("div", "row")
                .with(
                    tag("a", waiting > 0 ? "button main" : "button")
                        .set("href", "/acts")
                        .with(visit.say(Phrase.PORTAL_ACTS_LINK))));
  }

  private static Html others(Visit visit, Somebody somebody, List<SessionRow> sessions) {
    Html.Element body = tag("tbody");
    for (SessionRow row : sessions) {
      if (row.person().equals(somebody.name())) {
        body = body.with(row(visit, somebody, row));
      }
    }
    return tag("section", "card full")
        .with(
            tag("h2").with(visit.say(Phrase.PORTAL_SESSIONS)),
            tag("div", "scroll")
                .with(
                    tag("table")
                        .with(
                            tag("thead")
                                .with(
                                    tag("tr")
                                        .with(
                                            column(visit, Phrase.SESSION_FOR),
                                            column(visit, Phrase.PORTAL_SOURCE),
                                            column(visit, Phrase.SESSION_SEEN),
                                            column(visit, Phrase.PORTAL_ENDS),
                                            tag("td"))),
                            body)));
  }

  private static Html row(Visit visit, Somebody somebody, SessionRow row) {
    boolean own = row.id().equals(somebody.session());
    return tag("tr")
        .with(
            tag("th").set("scope", "row").with(purpose(visit, row)),
            tag("td").with(tag("span", "address").with(row.source())),
            tag("td").with(time(row.lastSeen())),
            tag("td").with(time(row.endsAt())),
            tag("td")
                .with(
                    own
                        ? tag("span", "soft").with(visit.say(Phrase.SESSION_OWN))
                        : button("small", "button", visit.say(Phrase.SESSION_END))
                            .set("data-do", "end")
                            .set("data-session", row.id().toString())));
  }

  private static String purpose(Visit visit, SessionRow row) {
    return switch (row.kind()) {
      case Session.Kind.PORTAL -> visit.say(Phrase.SESSION_PORTAL);
      case Session.Kind.HOST -> row.host();
      case Session.Kind.COMMAND -> visit.say(Phrase.SESSION_COMMAND);
    };
  }

  private static Html column(Visit visit, Phrase phrase) {
    return tag("th").set("scope", "col").with(visit.say(phrase));
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

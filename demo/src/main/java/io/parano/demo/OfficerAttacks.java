package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What can be tried around the officers: going round them by mail, bribing one, outliving a cut.
final class OfficerAttacks {
  /// Where products have their way to a new password. Parano has none.
  private static final List<String> RESETS =
      List.of(
          "/forgot-password",
          "/reset-password",
          "/password/reset",
          "/password/forgot",
          "/account/recover",
          "/recover",
          "/magic-link",
          "/users/password/new",
          "/api/password/reset",
          "/api/reset-password",
          "/api/sign-in/reset",
          "/api/enrol/resend",
          "/api/recovery/code");

  private final Cast cast;

  OfficerAttacks(Cast cast) {
    this.cast = cast;
  }

  /// Comes first: it is what 2013 began with.
  Step mailboxReset() {
    Employee tom = cast.employee("tom.baker");
    return Step.of(
        "mailbox-reset",
        Reason.CODE_UNKNOWN,
        tom.desk(),
        () -> resetByMail(tom),
        tom.desk(),
        () -> replaceInPerson(tom));
  }

  /// Every usual address with what the mailbox holds, and the mail's code as an enrolment code.
  private Verdict resetByMail(Employee victim) throws IOException {
    long start = System.nanoTime();
    Visitor thief = cast.at(victim.desk());
    String token = "9b1d7c52e0f84a6c";
    Json mail =
        Json.object("name", victim.name(), "email", victim.newcomer().email(), "token", token);
    for (String path : RESETS) {
      Reply page = thief.browser().get(cast.places().signIn(), path + "?token=" + token);
      if (Visitor.went(page) || Visitor.went(thief.call(path, mail))) {
        return new Verdict.Granted(Cast.since(start));
      }
    }
    Reply code = thief.beginEnrolment(victim.name(), "k7mfp2wq9x");
    return Verdict.of(Visitor.went(code), Cast.since(start));
  }

  /// Two officers who know the person sign; the code is handed over in person.
  private Verdict replaceInPerson(Employee person) throws IOException {
    long start = System.nanoTime();
    String act =
        cast.firstOfficer().propose(Json.object("kind", "replace-token", "person", person.name()));
    Visitor.good(cast.signFirst(act));
    String code = Visitor.good(cast.signSecond(act)).text("code");
    return Verdict.of(enrolledAnew(person, code), Cast.since(start));
  }

  private boolean enrolledAnew(Employee person, String code) throws IOException {
    Visitor visitor = cast.at(person.desk());
    Reply begun = visitor.beginEnrolment(person.name(), code);
    return Visitor.went(begun)
        && Visitor.went(
            visitor.finishEnrolment(
                begun,
                cast.ring().make(person.name() + ".2", person.displayName() + " (2)"),
                person.password(),
                "demo"));
  }

  /// A bribed officer signs alone, twice.
  Step oneOfficer() {
    Employee sofia = cast.employee("sofia.rossi");
    Employee bribed = cast.company().officers().get(1);
    String[] act = new String[1];
    return Step.of(
        "one-officer",
        Reason.ALREADY_APPROVED,
        bribed.desk(),
        () -> {
          act[0] =
              cast.secondOfficer()
                  .propose(Json.object("kind", "replace-token", "person", sofia.name()));
          Reply signed = cast.secondOfficer().signTwice(act[0], cast.keyOf(bribed));
          return Verdict.of(Visitor.went(signed), signed.took());
        },
        bribed.desk(),
        () -> {
          Reply signed = cast.signFirst(act[0]);
          boolean opened = Visitor.went(signed) && Visitor.good(signed).find("code").isPresent();
          return Verdict.of(opened, signed.took());
        });
  }

  /// A live session, right in everything, the moment after the lever is pulled. The time counts
  /// from the pull.
  Step cut() {
    Employee nadia = cast.employee("nadia.haddad");
    return Step.of(
        "cut-session",
        Reason.SESSION_CUT,
        nadia.desk(),
        () -> {
          Visitor live = cast.signedIn(nadia, nadia.desk());
          if (!BackOfficePages.shown(live.enter(cast.places().backOffice(), "/"))) {
            throw new IOException("the session to cut did not live");
          }
          long start = System.nanoTime();
          Visitor.good(
              cast.firstOfficer()
                  .call(
                      "/api/cut",
                      Json.object("kind", "person", "person", nadia.name(), "because", "demo")));
          Reply page = live.browser().get(cast.places().backOffice(), "/");
          Duration took = Cast.since(start);
          return Verdict.of(BackOfficePages.shown(page), took);
        },
        nadia.desk(),
        () -> {
          String act =
              cast.firstOfficer()
                  .propose(Json.object("kind", "reopen-person", "person", nadia.name()));
          Visitor.good(cast.signFirst(act));
          return cast.reachBackOffice(nadia, cast.keyOf(nadia), nadia.desk());
        });
  }
}

package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What can be tried with what was granted to somebody else: their cookie.
final class SessionAttacks {
  private final Cast cast;
  private final Visitor lea;
  private final long touchedAt;

  /// Léa signs in at once, so that her touch grows old while the others are tried.
  SessionAttacks(Cast cast) throws IOException {
    this.cast = cast;
    Employee employee = cast.employee("lea.fontaine");
    this.lea = cast.signedIn(employee, employee.desk());
    this.touchedAt = System.nanoTime();
  }

  List<Step> steps() {
    return List.of(cookieOutside(), cookieNextDesk(), cookieOfOtherHost());
  }

  private Step cookieOutside() {
    return stolen("cookie-from-outside", Reason.SOURCE_UNLISTED, Networks.OUTSIDE);
  }

  private Step cookieNextDesk() {
    return stolen("cookie-from-next-desk", Reason.SOURCE_CHANGED, Networks.MEETING_ROOM);
  }

  /// The cookie itself is right, and still warm.
  private Step stolen(String id, Reason expected, InetAddress thiefAt) {
    Employee nadia = cast.employee("nadia.haddad");
    return Step.of(
        id,
        expected,
        thiefAt,
        () -> show(entered(nadia).stolenTo(thiefAt)),
        nadia.desk(),
        () -> show(entered(nadia).stolenTo(nadia.desk())));
  }

  private Visitor entered(Employee employee) throws IOException {
    Visitor visitor = cast.signedIn(employee, employee.desk());
    Reply page = visitor.enter(cast.places().backOffice(), "/");
    if (!BackOfficePages.shown(page)) {
      throw new IOException("answered " + page.status() + " to " + employee.name());
    }
    return visitor;
  }

  private Verdict show(Visitor holder) throws IOException {
    Reply page = holder.browser().get(cast.places().backOffice(), "/");
    return Verdict.of(BackOfficePages.shown(page), page.took());
  }

  /// Both applications are Léa's to use; but what one of them sees of her opens nothing at the
  /// other.
  private Step cookieOfOtherHost() {
    InetAddress desk = cast.employee("lea.fontaine").desk();
    Site wages = cast.places().wages();
    return Step.of(
        "cookie-of-other-host",
        Reason.SESSION_OF_OTHER_HOST,
        desk,
        () -> {
          lea.enter(cast.places().backOffice(), "/");
          Browser thief =
              lea.browser().stolenTo(desk).presentingCookiesOf(cast.places().backOffice(), wages);
          Reply page = thief.get(wages, "/");
          return Verdict.of(BackOfficePages.shown(page), page.took());
        },
        desk,
        () -> {
          lea.enter(wages, "/");
          Reply page = lea.browser().stolenTo(desk).get(wages, "/");
          return Verdict.of(BackOfficePages.shown(page), page.took());
        });
  }

  /// Whoever finds the desk empty has the session, but no finger on the key. Comes late, so that
  /// the touch has grown old by itself.
  Step staleTouch() {
    Employee employee = cast.employee("lea.fontaine");
    Site wages = cast.places().wages();
    return Step.of(
            "stale-touch",
            Reason.TOUCH_STALE,
            employee.desk(),
            () -> {
              lea.enter(wages, "/");
              growOld();
              Reply page = lea.browser().get(wages, "/payslips/");
              return Verdict.of(BackOfficePages.shown(page), page.took());
            },
            employee.desk(),
            () -> {
              Visitor.good(lea.stepUp(cast.keyOf(employee)));
              Reply page = lea.browser().get(wages, "/payslips/");
              return Verdict.of(BackOfficePages.shown(page), page.took());
            })
        .provenBy(Step.Proof.COUNTED);
  }

  private void growOld() throws IOException {
    Duration left = Company.FRESH.minusNanos(System.nanoTime() - touchedAt).plusMillis(100);
    if (left.isPositive()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}

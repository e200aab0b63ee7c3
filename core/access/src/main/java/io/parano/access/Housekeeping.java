package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Proposal;
import io.parano.kernel.Reason;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.session.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Puts away what is over: sessions that ended by themselves, with the number of requests that
/// passed under each, enrolments that nobody used, passwords of devices that count no more, acts
/// that nobody signed, and secrets beside them.
public final class Housekeeping {
  /// How much one round writes at most; the rest waits for the next.
  private static final int A_ROUND = 1_000;

  /// No longer than this after an act's time is over does it take to execute it.
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private final Books books;
  private final InstantSource clock;

  public Housekeeping(Books books, InstantSource clock) {
    this.books = books;
    this.clock = clock;
  }

  /// One round, called every minute or so. Nothing depends on it: what is over is refused all the
  /// same. So while the log can't be written it waits, and leaves the reserve to those who take
  /// away what still counts.
  public void round() {
    try {
      round(clock.instant());
    } catch (Ledger.Unavailable e) {
      // The next round finds the same things over.
    }
  }

  private void round(Instant now) {
    books.sessions().where(session -> true).stream()
        .filter(live -> over(live, now) != null)
        .limit(A_ROUND)
        .forEach(live -> end(live, now));
    books.docket().enrolments().stream()
        .filter(enrolment -> !now.isBefore(enrolment.expiresAt()))
        .limit(A_ROUND)
        .forEach(enrolment ->
            books.commit(
                Event.at(now, EventType.ENROLMENT_OPENED, Outcome.FAILED)
                    .about(enrolment.person())
                    .on("act:" + enrolment.act())
                    .because(Reason.CODE_EXPIRED),
                new Change.CloseEnrolment(enrolment.act())));
    books.devicePasswords().all().stream()
        .filter(device -> device.over(books, now) != null)
        .limit(A_ROUND)
        .forEach(device -> drop(device, now));
    books.docket().enclosing().stream()
        .filter(act -> expired(books.docket().proposal(act), now))
        .limit(A_ROUND)
        .forEach(act ->
            books.commit(
                Event.at(now, EventType.ACT_PROPOSED, Outcome.FAILED)
                    .on("act:" + act)
                    .because(Reason.ACT_EXPIRED),
                new Change.DropEnclosure(act)));
    books.docket().proposals().stream()
        .filter(proposal -> proposal.state() == Proposal.State.OPEN)
        .filter(proposal -> expired(proposal, now.minus(UNDER_WAY)))
        .filter(proposal -> books.docket().enrolment(proposal.id()) == null)
        .limit(A_ROUND)
        .forEach(proposal -> close(proposal, now));
    books.forgetActs(now);
  }

  private void close(Proposal proposal, Instant now) {
    books.commit(
        Event.at(now, EventType.ACT_REJECTED, Outcome.DONE)
            .on("act:" + proposal.id())
            .because(Reason.ACT_EXPIRED),
        new Change.PutProposal(proposal.as(Proposal.State.REJECTED)));
  }

  private static boolean expired(@Nullable Proposal proposal, Instant now) {
    return proposal == null || !now.isBefore(proposal.expiresAt());
  }

  private void drop(DevicePassword device, Instant now) {
    Reason reason = device.over(books, now);
    Event event =
        Event.at(now, EventType.DEVICE_PASSWORD_ENDED, Outcome.DONE)
            .about(device.person())
            .on("device:" + device.id());
    books.commit(
        reason == null ? event : event.because(reason), new Change.DropDevicePassword(device.id()));
  }

  private void end(LiveSession live, Instant now) {
    var session = live.session();
    var reason = over(live, now);
    Event event =
        Event.at(now, EventType.SESSION_ENDED, Outcome.DONE)
            .about(session.person())
            .on("session:" + session.id())
            .with("passes", Long.toString(live.passes()));
    books.commit(reason == null ? event : event.because(reason), Endings.of(books, session));
  }

  private @Nullable Reason over(LiveSession live, Instant now) {
    boolean tunnel = live.kind() == Session.Kind.VPN || live.kind() == Session.Kind.DEVICE;
    if (tunnel) {
      return Tunnels.over(books, live, now);
    }
    var source = live.session().source().first();
    return switch (Standing.of(live, source, books.circumstances(live, source), now)) {
      case Standing.Live holds -> null;
      case Standing.Over(var reason) -> reason;
    };
  }
}

package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Known;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.Asker;
import io.parano.policy.Decision;
import io.parano.session.LiveSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// May this request pass? Finds the session, asks the policy, records a first use before it
/// answers, counts the rest.
final class PassRequest implements Passing {
  private final Books books;
  private final Portals portals;
  private final Fetching fetching;
  private final Journal journal;
  private final GateSettings settings;
  private final InstantSource clock;

  PassRequest(
      Books books, Portals portals, Journal journal, GateSettings settings, InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.fetching = new Fetching(books.sessions());
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Sought seek(Question question) {
    String bearer = question.bearer();
    return new Sought(question, bearer == null ? null : Portals.token(bearer));
  }

  @Override
  public void fetch(List<Sought> sought) {
    fetching.fetch(sought);
  }

  @Override
  public Answer pass(Sought sought) {
    return answer(sought, Recording.FROM_MEMORY);
  }

  @Override
  public Answer passRecorded(Question question) {
    return answer(seek(question), Recording.MAY_BLOCK);
  }

  @Override
  public void disbelieve(IpAddress peer, Reason reason, String detail) {
    journal.refused(
        Event.at(clock.instant(), EventType.PROXY_REFUSED, Outcome.REFUSED)
            .from("web", peer)
            .because(reason)
            .with("detail", detail),
        peer);
  }

  private enum Recording {
    FROM_MEMORY,
    MAY_BLOCK
  }

  private Answer answer(Sought sought, Recording recording) {
    Question question = sought.question();
    Instant now = clock.instant();
    if (books.closures().covers(question.source())) {
      return refused(question, null, Reason.SOURCE_CUT, recording, now);
    }
    if (books.closures().everybody()) {
      return refused(question, null, Reason.EVERYBODY_CUT, recording, now);
    }
    if (question.bearer() == null) {
      return decided(question, null, null, Reason.SESSION_MISSING, recording, now);
    }
    return switch (portals.find(sought.token(), question.source(), now)) {
      case Portals.Found.Nobody(var reason) -> outsider(question, reason, recording, now);
      case Portals.Found.Holder(var live, var person) ->
          belongs(live, question.host())
              ? decided(question, live, person, Reason.SESSION_MISSING, recording, now)
              : outsider(question, Reason.SESSION_OF_OTHER_HOST, recording, now);
    };
  }

  private boolean belongs(LiveSession live, String host) {
    return switch (live.kind()) {
      case HOST -> live.host().equals(host);
      case PORTAL -> settings.sharedCookie() && settings.protectedHosts().contains(host);
      case COMMAND, SSH, VPN, DEVICE -> false;
    };
  }

  /// A bearer that opens nothing is an outsider whose failure is worth recording; then it is as if
  /// none had come.
  private Answer outsider(Question question, Reason reason, Recording recording, Instant now) {
    return decided(question, null, null, reason, recording, now);
  }

  private Answer decided(
      Question question,
      @Nullable LiveSession live,
      @Nullable Person person,
      Reason withoutSession,
      Recording recording,
      Instant now) {
    Decision decision =
        books
            .policy()
            .policy()
            .decide(
                new io.parano.policy.Question(
                    question.host(),
                    question.path(),
                    question.method(),
                    question.upgrade(),
                    question.source(),
                    asker(live, person, question.source(), now),
                    now));
    return switch (decision) {
      case Decision.Refused(var reason, var rule)
          when reason == Reason.LEASE_MISSING
              && live == null
              && Sources.leasedToSomebody(books, question.source(), now) ->
          // Whose tunnel it is can't be said of somebody who is not signed in: they may be.
          signIn(question, withoutSession, recording, now);
      case Decision.Refused(var reason, var rule) ->
          refused(question, person, reason, recording, now);
      case Decision.SignInNeeded(var rule) -> signIn(question, withoutSession, recording, now);
      case Decision.TouchNeeded(var rule, var freshness) -> new Answer.StepUp(freshness);
      case Decision.Allowed allowed -> allowed(question, allowed, live, person, recording, now);
    };
  }

  private Asker asker(
      @Nullable LiveSession live, @Nullable Person person, IpAddress source, Instant now) {
    return live == null || person == null
        ? OUTSIDER
        : new Asker.Holder(
            known(live).groups(),
            live.heldToken().factor(),
            live.touchedAt(),
            Sources.leased(books, source, live, now));
  }

  /// As they stand now: whoever was known stays known.
  private static Known known(LiveSession live) {
    return Objects.requireNonNull(live.member().known());
  }

  private static final Asker OUTSIDER = new Asker.Outsider();

  private Answer allowed(
      Question question,
      Decision.Allowed decision,
      @Nullable LiveSession live,
      @Nullable Person person,
      Recording recording,
      Instant now) {
    if (live == null || person == null) {
      return new Answer.Allowed(null, decision.upgradeLife());
    }
    if (!live.used(decision.rule())) {
      if (recording == Recording.FROM_MEMORY) {
        return new Answer.RecordFirst();
      }
      try {
        books.commit(firstUse(question, decision, live, person, now));
      } catch (Ledger.Unavailable e) {
        return new Answer.Unavailable();
      }
      live.recordUse(decision.rule());
      // The disk took its time: what held before it must still hold.
      return answer(seek(question), recording);
    }
    live.seen(now);
    live.passed();
    return new Answer.Allowed(known(live).identity(), decision.upgradeLife());
  }

  private static Event firstUse(
      Question question, Decision.Allowed decision, LiveSession live, Person person, Instant now) {
    return Event.at(now, EventType.PASS, Outcome.DONE)
        .by(person.id())
        .from("web", question.source())
        .on(question.host() + question.path())
        .with("rule", decision.rule())
        .with("method", question.method())
        .with("proxy", question.proxy())
        .with("session", live.id().toString());
  }

  /// A visitor without any cookie is asked to sign in and leaves no trace; a cookie that no longer
  /// opens anything does.
  private Answer signIn(Question question, Reason reason, Recording recording, Instant now) {
    if (reason == Reason.SESSION_MISSING) {
      return new Answer.SignIn(reason);
    }
    Event event = refusal(question, null, reason, now);
    return recorded(event, question, recording)
        ? new Answer.SignIn(reason)
        : new Answer.RecordFirst();
  }

  private Answer refused(
      Question question, @Nullable Person person, Reason reason, Recording recording, Instant now) {
    Event event = refusal(question, person, reason, now);
    return recorded(event, question, recording)
        ? new Answer.Refused(reason)
        : new Answer.RecordFirst();
  }

  /// Whether the refusal is dealt with; if not, it must be listed by a caller that may block.
  /// Asking counts it once.
  private boolean recorded(Event event, Question question, Recording recording) {
    return switch (recording) {
      case FROM_MEMORY -> !journal.listed(event, question.source());
      case MAY_BLOCK -> {
        journal.list(event);
        yield true;
      }
    };
  }

  private static Event refusal(
      Question question, @Nullable Person person, Reason reason, Instant now) {
    Event event =
        Event.at(now, EventType.PASS, Outcome.REFUSED)
            .from("web", question.source())
            .on(question.host() + question.path())
            .because(reason)
            .with("method", question.method())
            .with("proxy", question.proxy());
    return person == null ? event : event.about(person.id());
  }
}

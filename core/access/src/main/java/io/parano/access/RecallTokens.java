package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Metadata;
import io.parano.authn.MetadataOutcome;
import io.parano.authn.VerifiedMetadata;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges every token again by what FIDO's metadata says of its model. The metadata, the tokens
/// that count no more and the ends of their sessions are one entry of the log with its changes.
final class RecallTokens implements Recalling {
  private final Books books;
  private final Officers officers;
  private final Journal journal;
  private final InstantSource clock;

  RecallTokens(Books books, Officers officers, Journal journal, InstantSource clock) {
    this.books = books;
    this.officers = officers;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Recalled recall(Bytes blob, List<Bytes> roots, String operator) {
    Instant now = clock.instant();
    return switch (Metadata.read(blob, roots, now)) {
      case MetadataOutcome.Refused(var flaw, var detail) -> {
        journal.note(
            event(now, Outcome.REFUSED, operator).with("flaw", flaw.code()).with("detail", detail));
        yield new Recalled.Refused(flaw, detail);
      }
      case MetadataOutcome.Read(var metadata) ->
          officers.exclusively(() -> recall(metadata, operator, now));
    };
  }

  private Recalled recall(VerifiedMetadata metadata, String operator, Instant now) {
    long before = books.recalls().number();
    if (metadata.number() <= before) {
      journal.note(
          event(now, Outcome.REFUSED, operator)
              .with("number", Long.toString(metadata.number()))
              .with("before", Long.toString(before)));
      return new Recalled.NotNewer(metadata.number(), before);
    }
    Recalls recalls = new Recalls(metadata.number(), metadata.nextUpdate(), metadata.recalled());
    List<Authenticator> tokens = tokens(recalls);
    List<Holder> holders = tokens.stream().map(token -> holder(token, recalls)).toList();
    int left = officersLeft(recalls, now);
    if (!tokens.isEmpty() && left < Officers.QUORUM) {
      journal.note(
          event(now, Outcome.REFUSED, operator)
              .with("number", Long.toString(metadata.number()))
              .with("officers", Integer.toString(left)));
      return new Recalled.OfficersMissing(left, holders);
    }
    int sessions = commit(recalls, tokens, operator, now);
    tokens.forEach(token -> journal.note(stepped(token, recalls, now)));
    return new Recalled.Done(
        recalls.number(), recalls.nextUpdate(), recalls.models().size(), holders, sessions);
  }

  private int commit(Recalls recalls, List<Authenticator> tokens, String operator, Instant now) {
    Set<AuthenticatorId> gone = tokens.stream().map(Authenticator::id).collect(Collectors.toSet());
    List<Change> ends = Endings.of(books, session -> gone.contains(session.authenticator()));
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutRecalls(recalls, now));
    tokens.forEach(
        token -> changes.add(new Change.PutAuthenticator(token.as(AuthenticatorState.SUSPENDED))));
    changes.addAll(ends);
    books.commit(
        event(now, Outcome.DONE, operator)
            .with("number", Long.toString(recalls.number()))
            .with("models", Integer.toString(recalls.models().size()))
            .with("tokens", Integer.toString(tokens.size()))
            .with("sessions", Integer.toString(ends.size())),
        changes);
    return ends.size();
  }

  private List<Authenticator> tokens(Recalls recalls) {
    return books.roster().everybody().stream()
        .flatMap(person -> books.roster().tokensOf(person.id()).stream())
        .filter(token -> token.state() == AuthenticatorState.ACTIVE)
        .filter(token -> recalls.status(token.aaguid()) != null)
        .toList();
  }

  private int officersLeft(Recalls recalls, Instant now) {
    return (int)
        officers.active().stream()
            .filter(officer ->
                books.roster().tokensOf(officer.id()).stream()
                    .anyMatch(token -> token.usable(now) && recalls.status(token.aaguid()) == null))
            .count();
  }

  private Holder holder(Authenticator token, Recalls recalls) {
    Person person = books.roster().person(token.person());
    return new Holder(
        person == null ? token.person().toString() : person.name(),
        token.label(),
        String.valueOf(recalls.status(token.aaguid())));
  }

  /// One for each holder, so that the log finds it by whom it is about.
  private static Event stepped(Authenticator token, Recalls recalls, Instant now) {
    return Event.at(now, EventType.TOKEN_SUSPENDED, Outcome.DONE)
        .about(token.person())
        .on("token:" + token.id())
        .because(Reason.TOKEN_MODEL_NOT_ALLOWED)
        .with("detail", String.valueOf(recalls.status(token.aaguid())));
  }

  private static Event event(Instant now, Outcome outcome, String operator) {
    return Event.at(now, EventType.METADATA_IMPORTED, outcome)
        .through("control")
        .withPersonal("origin", operator);
  }
}

package io.parano.web;

import io.parano.access.Approving;
import io.parano.access.Approving.Approved;
import io.parano.access.Approving.Begun;
import io.parano.access.Approving.Found;
import io.parano.access.Approving.Listed;
import io.parano.access.Approving.Pending;
import io.parano.access.Approving.Proposed;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;

/// The JSON calls of the officers' desk.
final class ActCalls {
  private final Approving approving;
  private final SignInCalls signIn;

  ActCalls(Approving approving, SignInCalls signIn) {
    this.approving = approving;
    this.signIn = signIn;
  }

  Response list(Visit visit, String bearer) {
    return switch (approving.open(bearer, visit.call().source())) {
      case Listed.Refused(Reason reason) -> Problem.of(visit, reason);
      case Listed.Acts(List<Pending> pending) ->
          Response.json(
              200,
              JsonText.object()
                  .objects("acts", pending.stream().map(ActCalls::text).toList())
                  .text());
    };
  }

  Response propose(Visit visit, String bearer, JsonBody body) {
    JsonBody act = body.object("act");
    body.end();
    ActReading reading = new ActReading(approving, bearer, visit.call().source());
    return switch (reading.read(act)) {
      case ActReading.Outcome.Refused(Reason reason) -> unknown(visit, reason);
      case ActReading.Outcome.Read(var read) ->
          proposed(visit, approving.propose(bearer, read, visit.call().source()));
    };
  }

  Response find(Visit visit, String bearer, JsonBody body) {
    String name = body.text("name", 64);
    body.end();
    return switch (approving.find(bearer, name, visit.call().source())) {
      case Found.Refused(Reason reason) -> unknown(visit, reason);
      case Found.Somebody(Person person, List<Authenticator> tokens) ->
          Response.json(
              200,
              JsonText.object()
                  .put("id", person.id().toString())
                  .put("name", person.name())
                  .put("displayName", person.displayName())
                  .put("officer", person.officer())
                  .put("state", visit.say(States.of(person.state())))
                  .objects("tokens", tokens.stream().map(token -> text(visit, token)).toList())
                  .text());
    };
  }

  /// @param act the id in the address
  Response begin(Visit visit, String bearer, ActId act, JsonBody body) {
    body.end();
    return switch (approving.begin(bearer, act, visit.call().source())) {
      case Begun.Refused(Reason reason) -> Problem.of(visit, reason);
      case Begun.Options(Bytes challenge, List<Bytes> allowed, var timeout) ->
          Response.json(
              200, signIn.assertionOptions(challenge, allowed, timeout.toMillis()).text());
    };
  }

  Response approve(Visit visit, String bearer, ActId act, JsonBody body) {
    var assertion = Credentials.assertion(body);
    body.end();
    return switch (approving.approve(bearer, act, assertion, visit.call().source())) {
      case Approved.Refused(Reason reason) -> Problem.of(visit, reason);
      case Approved.Waiting(int missing) ->
          Response.json(200, JsonText.object().put("missing", missing).text());
      case Approved.Executed(Secret code, var until) -> {
        JsonText done = JsonText.object().put("missing", 0);
        if (code != null) {
          done = done.put("code", SetCookie.text(code));
        }
        if (until != null) {
          done = done.put("until", until.toString());
        }
        yield Response.json(200, done.text());
      }
    };
  }

  Response reject(Visit visit, String bearer, ActId act, JsonBody body) {
    body.end();
    return proposed(visit, approving.reject(bearer, act, visit.call().source()));
  }

  private static Response proposed(Visit visit, Proposed proposed) {
    return switch (proposed) {
      case Proposed.Refused(Reason reason) -> Problem.of(visit, reason);
      case Proposed.Accepted(Proposal proposal) ->
          Response.json(200, JsonText.object().put("id", proposal.id().toString()).text());
    };
  }

  /// An officer may know that a name is nobody's.
  static Response unknown(Visit visit, Reason reason) {
    return reason == Reason.PERSON_UNKNOWN
        ? Problem.of(404, "nobody", visit.say(Phrase.NOBODY))
        : Problem.of(visit, reason);
  }

  private static JsonText text(Visit visit, Authenticator token) {
    return JsonText.object()
        .put("id", token.id().toString())
        .put("label", token.label())
        .put("state", visit.say(States.of(token.state())));
  }

  private static JsonText text(Pending pending) {
    Proposal proposal = pending.proposal();
    return JsonText.object()
        .put("id", proposal.id().toString())
        .put("kind", proposal.act().kind())
        .put("subject", pending.subject())
        .put("proposer", pending.proposer())
        .put("proposedAt", proposal.proposedAt().toString())
        .put("expiresAt", proposal.expiresAt().toString())
        .texts("approvedBy", pending.approvedBy())
        .put("needed", pending.needed())
        .texts("difference", pending.difference())
        .put("canonical", proposal.act().canonical().text())
        .put("digest", proposal.challenge().hex());
  }
}

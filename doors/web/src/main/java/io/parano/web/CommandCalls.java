package io.parano.web;

import io.parano.access.Commanding;
import io.parano.access.Commanding.Begun;
import io.parano.access.Commanding.Collected;
import io.parano.access.Reply;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;

/// The JSON calls by which the command line is signed in: two of its own, two of the page on which
/// a person confirms.
final class CommandCalls {
  private static final int CODE = 64;

  private final Commanding commanding;
  private final Site signIn;

  CommandCalls(Commanding commanding, Site signIn) {
    this.commanding = commanding;
    this.signIn = signIn;
  }

  Response begin(Visit visit, JsonBody body) {
    body.end();
    return switch (commanding.begin(visit.call().source())) {
      case Begun.Refused(Reason reason) -> Problem.of(visit, reason);
      case Begun.Waiting(String code, Secret ticket, var lifetime) ->
          Response.json(
              200,
              JsonText.object()
                  .put("code", code)
                  .put("ticket", SetCookie.text(ticket))
                  .put("page", signIn + "/command?code=" + Percent.encode(code))
                  .put("seconds", lifetime.toSeconds())
                  .text());
    };
  }

  /// 202 while nobody has confirmed.
  Response poll(Visit visit, JsonBody body) {
    String ticket = body.text("ticket", CookieHeader.LONGEST);
    body.end();
    return switch (commanding.collect(ticket, visit.call().source())) {
      case Collected.Refused(Reason reason) -> Problem.of(visit, reason);
      case Collected.NotYet() -> Response.json(202, "{}");
      case Collected.Session(Secret bearer, var endsAt) ->
          Response.json(
              200,
              JsonText.object()
                  .put("bearer", SetCookie.text(bearer))
                  .put("endsAt", endsAt.toString())
                  .text());
    };
  }

  Response look(Visit visit, String bearer, JsonBody body) {
    String code = body.text("code", CODE).strip();
    body.end();
    return switch (commanding.look(bearer, code, visit.call().source())) {
      case Reply.Refused<String>(Reason reason) -> Problem.of(visit, reason);
      case Reply.Done<String>(String source) ->
          Response.json(
              200,
              JsonText.object()
                  .put("source", source)
                  .put("elsewhere", !source.equals(visit.call().source().toString()))
                  .text());
    };
  }

  Response confirm(Visit visit, String bearer, JsonBody body) {
    String code = body.text("code", CODE).strip();
    body.end();
    return switch (commanding.confirm(bearer, code, visit.call().source())) {
      case Reply.Refused<Boolean>(Reason reason) -> Problem.of(visit, reason);
      case Reply.Done<Boolean>(Boolean confirmed) -> Response.json(200, "{}");
    };
  }
}

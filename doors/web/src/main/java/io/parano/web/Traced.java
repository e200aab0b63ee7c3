package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.parano.kernel.Tracing.Span;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests as they are told to [Tracing]: by routes that are known here, outcomes and reasons.
/// What an outsider can write, a path included, is not among it.
final class Traced {
  /// As the desks know them (`TracedRoutesTest`).
  static final Set<String> ROUTES =
      Set.of(
          "/",
          "/acts",
          "/api/acts",
          "/api/break-glass",
          "/api/command/begin",
          "/api/command/confirm",
          "/api/command/look",
          "/api/command/poll",
          "/api/command/ssh-certificate",
          "/api/confirm/begin",
          "/api/confirm/finish",
          "/api/cut",
          "/api/devices",
          "/api/devices/begin",
          "/api/devices/make",
          "/api/enrol/begin",
          "/api/enrol/finish",
          "/api/explain",
          "/api/freeze",
          "/api/host-code",
          "/api/log",
          "/api/log/after",
          "/api/log/checkpoint",
          "/api/log/entries",
          "/api/otp-tokens",
          "/api/password/begin",
          "/api/password/choose",
          "/api/password/reset",
          "/api/password/touch",
          "/api/people/find",
          "/api/policy",
          "/api/sessions",
          "/api/sign-in/begin",
          "/api/sign-in/otp",
          "/api/sign-in/password",
          "/api/sign-in/touch",
          "/api/sign-out",
          "/api/ssh/certificate",
          "/api/staff",
          "/api/staff/import",
          "/api/step-up/begin",
          "/api/step-up/finish",
          "/api/vpn/arm",
          "/api/vpn/begin",
          "/api/vpn/touch",
          "/api/who",
          "/break-glass",
          "/command",
          "/devices",
          "/enrol",
          "/freeze",
          "/password",
          "/reset",
          "/robots.txt",
          "/sign-in",
          "/signed-out",
          "/ssh/hosts.pub",
          "/ssh/revocations",
          "/ssh/users.pub",
          "/step-up",
          "/vpn",
          "/vpn/confirm",
          "/wsapi/2.0/verify");

  private static final String AUTHORITY = "authority";

  private Traced() {}

  /// Asks, and tells of it where somebody looks.
  static void ask(
      Tracing tracing,
      String name,
      @Nullable String parent,
      Gate gate,
      Question question,
      Gate.Asker asker) {
    Span span = tracing.request(name, parent);
    if (span == null) {
      gate.ask(question, asker);
      return;
    }
    var _ =
        span.within(() -> {
          gate.ask(
              question,
              answer -> {
                end(span, answer);
                asker.told(answer);
              });
          return name;
        });
  }

  /// As [#ask], for a door in another process, which has chosen what is looked at: what it does not
  /// look at is not looked at here.
  static void askOn(
      Tracing tracing, @Nullable String begun, Gate gate, Question question, Gate.Asker asker) {
    if (begun == null) {
      gate.ask(question, asker);
    } else {
      ask(tracing, AUTHORITY, begun, gate, question, asker);
    }
  }

  private static void end(Span span, Answer answer) {
    switch (answer) {
      case Answer.Refused(Reason reason) -> end(span, "refused", reason);
      case Answer.SignIn(Reason reason) -> end(span, "sign-in", reason);
      case Answer.StepUp _ -> span.end("step-up");
      case Answer.Unavailable(), Answer.RecordFirst() -> span.end("unavailable");
      case Answer.Allowed _ -> span.end("allowed");
    }
  }

  private static void end(Span span, String outcome, Reason reason) {
    span.tell("parano.reason", reason.code());
    span.end(outcome);
  }

  /// Has a call answered, and tells of it where somebody looks.
  static Response call(
      Tracing tracing, Call call, @Nullable String parent, Supplier<Response> answered) {
    return told(tracing.request("web", parent), call, answered);
  }

  /// As [#call], for a door in another process.
  static Response callOn(
      Tracing tracing, Call call, @Nullable String begun, Supplier<Response> answered) {
    return told(begun == null ? null : tracing.request(AUTHORITY, begun), call, answered);
  }

  private static Response told(@Nullable Span span, Call call, Supplier<Response> answered) {
    if (span == null) {
      return answered.get();
    }
    span.tell("http.route", route(call));
    Response response = span.within(answered);
    span.tell("http.response.status_code", Integer.toString(response.status()));
    span.end(response.status() < 400 ? "answered" : "refused");
    return response;
  }

  private static String route(Call call) {
    return switch (call.place()) {
      case Place.Application _ -> "application";
      case Place.SignIn _ -> {
        String path = call.path();
        if (ROUTES.contains(path)) {
          yield path;
        }
        yield path.startsWith("/api/acts/")
            ? "/api/acts/{act}"
            : path.startsWith("/assets/") ? "/assets/{asset}" : "other";
      }
    };
  }
}

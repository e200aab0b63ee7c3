package io.parano.web;

import io.parano.kernel.Reason;

/// What a JSON call is told when it does not succeed (RFC 9457): a status, a coarse code, a text in
/// the reader's language.
final class Problem {
  private Problem() {}

  static Response of(Visit visit, Reason reason) {
    return of(visit, Outsider.of(reason));
  }

  static Response of(Visit visit, Outsider told) {
    return of(told.status, told.code(), visit.say(told.phrase));
  }

  static Response of(int status, String code, String title) {
    return Response.problem(
        status,
        JsonText.object().put("title", title).put("status", status).put("code", code).text());
  }
}

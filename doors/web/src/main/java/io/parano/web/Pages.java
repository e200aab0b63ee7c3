package io.parano.web;

import io.vertx.core.http.HttpServerResponse;

/// Placeholder until the pages arrive.
final class Pages implements Intake.Counter {
  Pages(WebConfig config, WebCore core, Tally tally) {}

  @Override
  public Reply answer(Call call) {
    return Reply.text(404, "");
  }

  @Override
  public Reply refusal(int status) {
    return Reply.text(status, "");
  }

  @Override
  public void dress(HttpServerResponse response, boolean secure) {}
}

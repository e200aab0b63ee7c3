package io.parano.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Supplier;

/// Health and metrics, on a listener of their own that only operators reach.
final class AdminDesk {
  private final Supplier<Readiness> readiness;
  private final Supplier<String> gauges;
  private final Tally tally;

  AdminDesk(Supplier<Readiness> readiness, Supplier<String> gauges, Tally tally) {
    this.readiness = readiness;
    this.gauges = gauges;
    this.tally = tally;
  }

  void ask(HttpServerRequest request) {
    Response reply = answer(request.uri());
    request
        .response()
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.type())
        .putHeader("Cache-Control", "no-store")
        .end(reply.body());
  }

  Response answer(String path) {
    return switch (path) {
      case "/health/live" -> Response.text(200, "live\n");
      case "/health/ready" ->
          switch (readiness.get()) {
            case Readiness.NotReady(String why) -> Response.text(503, why + "\n");
            case Readiness.Doubtful(String what) -> Response.text(200, "ready, but " + what + "\n");
            case Readiness.Ready() -> Response.text(200, "ready\n");
          };
      case "/metrics" ->
          new Response(
              200,
              "text/plain; version=0.0.4; charset=utf-8",
              Buffer.buffer(tally.text() + gauges.get()),
              List.of());
      default -> Response.text(404, "/health/live, /health/ready and /metrics are here\n");
    };
  }
}

package io.parano.web;

import io.parano.access.Freezing;
import io.parano.access.Freezing.Frozen;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The call by which somebody freezes their own access.
final class FreezeCalls {
  private static final Logger LOG = LoggerFactory.getLogger("io.parano.web.freeze");

  private final Freezing freezing;

  FreezeCalls(Freezing freezing) {
    this.freezing = freezing;
  }

  Response freeze(Visit visit, JsonBody body) {
    String name = body.text("name", 64);
    try (Secret password = body.secret("password", SignInCalls.PASSWORD)) {
      body.end();
      return switch (freezing.freeze(name, password, visit.call().source())) {
        case Frozen.Refused(Reason reason) when Outsider.of(reason) == Outsider.LATER ->
            Problem.of(visit, reason);
        // Whether the network is listed, or the name is anybody's, is nobody's business.
        case Frozen.Refused refused -> Problem.of(visit, Outsider.PASSWORD_WRONG);
        case Frozen.Done() -> {
          LOG.warn(
              "{}",
              JsonText.object()
                  .put("event", "frozen-by-holder")
                  .put("name", name)
                  .put("source", visit.call().source().toString())
                  .text());
          yield Response.json(200, "{}");
        }
      };
    }
  }
}

package io.parano.web;

import io.parano.access.BreakingGlass;
import io.parano.access.BreakingGlass.Broken;
import io.parano.access.BreakingGlass.Holder;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The call by which two holders break the glass.
final class GlassCalls {
  private static final Logger LOG = LoggerFactory.getLogger("io.parano.web.glass");
  private static final int CODE = 64;

  private final BreakingGlass glass;

  GlassCalls(BreakingGlass glass) {
    this.glass = glass;
  }

  Response breakGlass(Visit visit, JsonBody body) {
    String name = body.text("name", 64);
    String otherName = body.text("otherName", 64);
    try (Secret code = code(body.text("code", CODE));
        Secret otherCode = code(body.text("otherCode", CODE));
        Secret password = body.secret("password", SignInCalls.PASSWORD);
        Secret otherPassword = body.secret("otherPassword", SignInCalls.PASSWORD)) {
      body.end();
      return answer(
          visit, new Holder(name, code, password), new Holder(otherName, otherCode, otherPassword));
    }
  }

  private Response answer(Visit visit, Holder first, Holder second) {
    IpAddress source = visit.call().source();
    return switch (glass.breakGlass(first, second, source)) {
      case Broken.Refused(Reason reason) when Outsider.of(reason) == Outsider.LATER ->
          Problem.of(visit, reason);
      // Which of the six was wrong, or that the network is not listed, is nobody's business.
      case Broken.Refused refused -> Problem.of(visit, Outsider.REFUSED);
      case Broken.Opened(Secret one, Secret two, var until) -> {
        LOG.warn(
            "{}",
            JsonText.object()
                .put("event", "glass-broken")
                .put("first", first.name())
                .put("second", second.name())
                .put("source", source.toString())
                .text());
        try (one;
            two) {
          yield Response.json(
              200,
              JsonText.object()
                  .put("code", SetCookie.text(one))
                  .put("otherCode", SetCookie.text(two))
                  .put("until", until.toString())
                  .text());
        }
      }
    };
  }

  /// As it was issued, without the spaces and hyphens that people put in.
  private static Secret code(String typed) {
    return Secret.ofText(typed.replaceAll("[\\s-]", "").toLowerCase(java.util.Locale.ROOT));
  }
}

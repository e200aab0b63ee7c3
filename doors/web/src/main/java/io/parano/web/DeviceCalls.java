package io.parano.web;

import io.parano.access.DeviceKeeping;
import io.parano.access.DeviceKeeping.Made;
import io.parano.access.DeviceKeeping.Row;
import io.parano.access.Reply;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON calls about the passwords of devices.
final class DeviceCalls {
  private final @Nullable DeviceKeeping keeping;
  private final SignInCalls signIn;

  /// @param keeping null where no mail server asks
  DeviceCalls(@Nullable DeviceKeeping keeping, SignInCalls signIn) {
    this.keeping = keeping;
    this.signIn = signIn;
  }

  Response list(Visit visit, String bearer) {
    if (keeping == null) {
      return JsonDesk.missing(visit);
    }
    return switch (keeping.list(bearer, visit.call().source())) {
      case Reply.Refused<List<Row>>(Reason reason) -> Problem.of(visit, reason);
      case Reply.Done<List<Row>>(List<Row> rows) ->
          Response.json(
              200,
              JsonText.object()
                  .objects("devices", rows.stream().map(DeviceCalls::text).toList())
                  .text());
    };
  }

  Response begin(Visit visit, String bearer, JsonBody body) {
    body.end();
    return keeping == null
        ? JsonDesk.missing(visit)
        : signIn.options(visit, keeping.begin(bearer, visit.call().source()));
  }

  Response make(Visit visit, String bearer, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    var assertion = Credentials.assertion(body);
    String label = body.label("label");
    body.end();
    if (keeping == null) {
      return JsonDesk.missing(visit);
    }
    return switch (keeping.make(bearer, ceremony, assertion, label, visit.call().source())) {
      case Made.Refused(Reason reason) -> Problem.of(visit, reason);
      case Made.Done(DeviceId device, Secret password, var endsAt) -> {
        try (password) {
          yield Response.json(
                  200,
                  JsonText.object()
                      .put("id", device.toString())
                      .put("password", SetCookie.text(password))
                      .put("endsAt", endsAt.toString())
                      .text())
              .with("Cache-Control", "no-store");
        }
      }
    };
  }

  private static JsonText text(Row row) {
    return JsonText.object()
        .put("id", row.id().toString())
        .put("person", row.person())
        .put("label", row.label())
        .put("madeAt", row.madeAt().toString())
        .put("endsAt", row.endsAt().toString());
  }
}

package io.parano.web;

import io.parano.access.Lever;
import io.parano.access.LogBook;
import io.parano.access.Operating;
import io.parano.access.Operating.DeviceRow;
import io.parano.access.Operating.SessionRow;
import io.parano.access.Operating.StaffRow;
import io.parano.access.PolicyInForce;
import io.parano.access.Reply;
import io.parano.audit.StoredEntry;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.Explanation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The JSON calls of operators: looking, and cutting.
final class OperateCalls {
  private static final int MOST_LINES = 1000;

  private final Operating operating;

  OperateCalls(Operating operating) {
    this.operating = operating;
  }

  Response staff(Visit visit, String bearer) {
    return answer(
        visit,
        operating.staff(bearer, visit.call().source()),
        rows -> JsonText.object().objects("staff", rows.stream().map(OperateCalls::text).toList()));
  }

  Response sessions(Visit visit, String bearer) {
    return answer(
        visit,
        operating.sessions(bearer, visit.call().source()),
        rows ->
            JsonText.object().objects("sessions", rows.stream().map(OperateCalls::text).toList()));
  }

  Response policy(Visit visit, String bearer) {
    return answer(visit, operating.policy(bearer, visit.call().source()), OperateCalls::text);
  }

  Response explain(Visit visit, String bearer, JsonBody body) {
    String host = body.text("host", 253);
    String path = body.text("path", 2048);
    String method = body.text("method", 32);
    IpAddress from = address(body.text("from", 45));
    String person = body.optionalText("person", 64);
    Factor factor = "otp".equals(body.optionalText("factor", 8)) ? Factor.OTP : Factor.TOUCH;
    body.end();
    return told(
        visit,
        () ->
            operating.explain(
                bearer, host, path, method, from, person, factor, visit.call().source()),
        explanation -> text(visit, explanation));
  }

  Response log(Visit visit, String bearer, JsonBody body) {
    LogBook.Query query =
        new LogBook.Query(
            some(body.optionalText("type", 64)),
            some(body.optionalText("actor", 128)),
            some(body.optionalText("resource", 2048)),
            some(body.optionalText("reason", 64)),
            some(body.optionalText("outcome", 32)),
            instant(body.optionalText("from", 40)),
            instant(body.optionalText("until", 40)),
            number(body.optionalText("before", 19)),
            limit(body.optionalText("limit", 4)));
    body.end();
    return told(
        visit, () -> operating.log(bearer, query, visit.call().source()), OperateCalls::lines);
  }

  /// What came behind an entry, oldest first.
  Response follow(Visit visit, String bearer, JsonBody body) {
    long index = required(body, "after");
    int limit = limit(body.optionalText("limit", 4));
    body.end();
    return answer(
        visit, operating.follow(bearer, index, limit, visit.call().source()), OperateCalls::lines);
  }

  Response exportable(Visit visit, String bearer, JsonBody body) {
    body.end();
    return switch (operating.exportable(bearer, visit.call().source())) {
      case Reply.Refused<Optional<LogBook.Signed>>(Reason reason) -> Problem.of(visit, reason);
      case Reply.Done<Optional<LogBook.Signed>>(var signed) ->
          signed
              .map(last ->
                  Response.json(
                      200,
                      JsonText.object()
                          .put("entries", last.size())
                          .put("checkpoint", last.checkpoint())
                          .texts("earlier", last.earlier())
                          .text()))
              .orElseGet(() -> Problem.of(404, "unsigned", visit.say(Phrase.NOT_FOUND)));
    };
  }

  /// A part of an export: bytes as they are kept, in base64url.
  Response export(Visit visit, String bearer, JsonBody body) {
    long from = required(body, "from");
    long until = required(body, "until");
    boolean personal = body.text("personal", 3).equals("yes");
    body.end();
    return answer(
        visit,
        operating.export(bearer, from, until, personal, visit.call().source()),
        entries ->
            JsonText.object()
                .objects("entries", entries.stream().map(OperateCalls::text).toList()));
  }

  private static JsonText lines(List<LogBook.Line> lines) {
    return JsonText.object().objects("lines", lines.stream().map(OperateCalls::text).toList());
  }

  private static JsonText text(StoredEntry entry) {
    JsonText text = JsonText.object().put("at", entry.at()).put("leaf", entry.leaf().base64Url());
    return entry.personal() == null
        ? text
        : text.put("salt", entry.personal().salt().base64Url())
            .put("personal", entry.personal().json().base64Url());
  }

  private static long required(JsonBody body, String name) {
    Long number = number(body.text(name, 19));
    if (number == null) {
      throw new JsonBody.Malformed(name);
    }
    return number;
  }

  /// @param body the kind of what is cut, its name under that kind, and why
  Response cut(Visit visit, String bearer, JsonBody body) {
    String kind = body.text("kind", 16);
    String because = body.text("because", 200);
    String order =
        switch (kind) {
          case "everybody" -> kind;
          case "person", "session", "network", "token", "vpn-device" ->
              kind + ":" + body.text(kind, 64).strip();
          default -> throw new JsonBody.Malformed("kind");
        };
    if (kind.equals("token")) {
      // The desk's form says whose it is too; the token's id says enough.
      body.optionalText("person", 64);
    }
    body.end();
    return told(
        visit,
        () -> operating.cut(bearer, order, because, visit.call().source()),
        OperateCalls::text);
  }

  private interface Asking<T> {
    Reply<T> ask();
  }

  /// The core says by an exception that it knows no such name; here that is what a client asked.
  private static <T> Response told(Visit visit, Asking<T> asking, Function<T, JsonText> text) {
    try {
      return answer(visit, asking.ask(), text);
    } catch (IllegalArgumentException e) {
      return Problem.of(404, "nobody", visit.say(Phrase.NOT_FOUND));
    }
  }

  private static <T> Response answer(Visit visit, Reply<T> reply, Function<T, JsonText> text) {
    return switch (reply) {
      case Reply.Refused<T>(Reason reason) -> Problem.of(visit, reason);
      case Reply.Done<T>(T value) -> Response.json(200, text.apply(value).text());
    };
  }

  private static JsonText text(Lever.Report report) {
    return JsonText.object()
        .put("sessionsEnded", report.sessionsEnded())
        .objects(
            "doors",
            report.doors().stream()
                .map(door ->
                    JsonText.object()
                        .put("door", door.door())
                        .put("micros", door.took().toNanos() / 1000)
                        .put("ended", door.ended()))
                .toList())
        .texts("silent", report.silent());
  }

  private static JsonText text(StaffRow row) {
    return JsonText.object()
        .put("id", row.id().toString())
        .put("name", row.name())
        .put("displayName", row.displayName())
        .texts("groups", row.groups())
        .put("state", Words.kebab(row.state().name()))
        .put("officer", row.officer())
        .objects(
            "tokens",
            row.tokens().stream()
                .map(token ->
                    JsonText.object()
                        .put("id", token.id().toString())
                        .put("label", token.label())
                        .put("state", Words.kebab(token.state().name()))
                        .put("enrolledAt", token.enrolledAt().toString()))
                .toList())
        .objects("devices", row.devices().stream().map(OperateCalls::text).toList());
  }

  private static JsonText text(DeviceRow device) {
    return JsonText.object()
        .put("id", device.id().toString())
        .put("label", device.label())
        .put("kind", Words.kebab(device.kind().name()))
        .put("key", device.key())
        .put("address", device.address().toString())
        .put("state", Words.kebab(device.state().name()))
        .put("enrolledAt", device.enrolledAt().toString());
  }

  private static JsonText text(SessionRow row) {
    return JsonText.object()
        .put("id", row.id().toString())
        .put("person", row.person())
        .put("kind", Words.kebab(row.kind().name()))
        .put("host", row.host())
        .put("source", row.source())
        .put("startedAt", row.startedAt().toString())
        .put("lastSeen", row.lastSeen().toString())
        .put("endsAt", row.endsAt().toString())
        .put("passes", row.passes());
  }

  private static JsonText text(PolicyInForce inForce) {
    return JsonText.object()
        .put("version", inForce.version())
        .put("digest", inForce.policy().digest().hex())
        .put("document", inForce.policy().document());
  }

  private static JsonText text(Visit visit, Explanation explanation) {
    return JsonText.object()
        .texts("zones", explanation.zones().stream().sorted().toList())
        .texts("lines", explanation.lines(visit.words().language()));
  }

  private static JsonText text(LogBook.Line line) {
    return JsonText.object()
        .put("index", line.index())
        .put("leaf", line.leaf())
        .put("personal", line.personal());
  }

  private static String some(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static IpAddress address(String text) {
    IpAddress address = Addresses.strictly(text);
    if (address == null) {
      throw new JsonBody.Malformed("from");
    }
    return address;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new JsonBody.Malformed("from or until");
    }
  }

  private static @Nullable Long number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > 18 || !text.chars().allMatch(c -> Ascii.digit((char) c))) {
      throw new JsonBody.Malformed("a number");
    }
    return Long.valueOf(text);
  }

  private static int limit(@Nullable String text) {
    Long limit = number(text);
    return limit == null ? 100 : Math.clamp(limit, 1, MOST_LINES);
  }
}

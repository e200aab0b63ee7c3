package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.web.Response.Field;
import io.parano.web.WebConfig.ProtectedHost;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How questions and answers lie in frames. Hosts and proxies are numbers in the configuration that
/// both ends have: a door can name none that the authority does not know.
final class Layout {
  static final int VERSION = 3;

  /// The most that a frame of a door may have: the largest body, and the head with it.
  static final int LONGEST_ASKED = 640 * 1024;

  /// The most that an answer may have: a page of the log.
  static final int LONGEST_ANSWERED = 16 * 1024 * 1024;

  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::code, reason -> reason));
  private static final int LONGEST_METHOD = 32;
  private static final int LONGEST_TRACEPARENT = 64;
  private static final int MOST = 1024;

  private final WebConfig config;
  private final Map<String, Integer> hosts = new HashMap<>();
  private final Map<String, Integer> proxies = new HashMap<>();

  Layout(WebConfig config) {
    this.config = config;
    for (ProtectedHost host : config.hosts()) {
      hosts.put(host.site().host(), hosts.size());
    }
    for (TrustedProxy proxy : config.proxies()) {
      proxies.put(proxy.name(), proxies.size());
    }
  }

  /// Of all that both ends must have alike.
  byte[] digest() {
    StringBuilder all = new StringBuilder("parano roles ").append(VERSION);
    all.append('\n').append(config.signIn()).append('\n').append(config.relyingParty());
    all.append('\n').append(config.cookies().portal()).append(' ').append(config.cookies().host());
    config.hosts().forEach(host -> all.append("\nhost ").append(host.site()));
    config
        .proxies()
        .forEach(proxy ->
            all.append("\nproxy ").append(proxy.name()).append(new TreeSet<>(proxy.hosts())));
    all.append('\n').append(new TreeSet<>(REASONS.keySet()));
    return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8)).bytes();
  }

  /// @param traceparent of what is looked at; null for nothing
  void question(FrameWriter out, int number, @Nullable String traceparent, Question question) {
    out.begin(FrameKind.PASS)
        .four(number)
        .text(traceparent)
        .two(index(hosts, question.host()))
        .two(index(proxies, question.proxy()))
        .one(question.upgrade() ? 1 : 0)
        .eight(question.source().high())
        .eight(question.source().low())
        .text(question.method())
        .text(question.path())
        .text(question.bearer())
        .end();
  }

  static @Nullable String traceparent(FrameReader in) {
    String text = in.textOrNull();
    if (text != null && text.length() > LONGEST_TRACEPARENT) {
      throw new FrameReader.Malformed("expected a traceparent, found a longer text");
    }
    return text;
  }

  Question question(FrameReader in) {
    String host = config.hosts().get(in.index(config.hosts().size())).site().host();
    TrustedProxy proxy = config.proxies().get(in.index(config.proxies().size()));
    boolean upgrade = in.index(2, in.one()) == 1;
    IpAddress source = address(in);
    String method = in.text();
    String path = in.text();
    String bearer = in.textOrNull();
    in.end();
    if (!proxy.hosts().contains(host)) {
      throw new FrameReader.Malformed("the proxy " + proxy.name() + " does not speak for " + host);
    }
    if (!method(method) || !path(path)) {
      throw new FrameReader.Malformed("expected a method and a path that has one reading");
    }
    return new Question(bearer, host, path, method, upgrade, source, proxy.name());
  }

  static void answer(FrameWriter out, int number, Answer answer, Identities.Teller identities) {
    out.begin(FrameKind.ANSWER).four(number);
    switch (answer) {
      case Answer.Refused(Reason reason) -> out.one(0).text(reason.code());
      case Answer.Unavailable(), Answer.RecordFirst() -> out.one(1);
      case Answer.SignIn(Reason reason) -> out.one(2).text(reason.code());
      case Answer.StepUp(Duration freshness) -> out.one(3).eight(freshness.toMillis());
      case Answer.Allowed(var identity, var upgradeLife) -> {
        out.one(4).eight(upgradeLife == null ? -1 : upgradeLife.toMillis());
        identities.tell(out, identity);
      }
    }
    out.end();
  }

  static Answer answer(FrameReader in, Identities.Hearer identities) {
    Answer answer =
        switch (in.one()) {
          case 0 -> new Answer.Refused(reason(in));
          case 1 -> new Answer.Unavailable();
          case 2 -> new Answer.SignIn(reason(in));
          case 3 -> new Answer.StepUp(Duration.ofMillis(in.eight()));
          case 4 -> {
            long life = in.eight();
            yield new Answer.Allowed(
                identities.hear(in), life < 0 ? null : Duration.ofMillis(life));
          }
          default -> throw new FrameReader.Malformed("expected an answer");
        };
    in.end();
    return answer;
  }

  void call(FrameWriter out, int number, @Nullable String traceparent, Call call) {
    int place =
        switch (call.place()) {
          case Place.SignIn _ -> 0;
          case Place.Application(ProtectedHost host) -> 1 + index(hosts, host.site().host());
        };
    out.begin(FrameKind.CALL)
        .four(number)
        .text(traceparent)
        .two(place)
        .text(call.method())
        .text(call.path());
    out.two(call.query().size());
    call.query().forEach((name, value) -> out.text(name).text(value));
    out.eight(call.source().high())
        .eight(call.source().low())
        .text(call.cookie())
        .text(call.authorization())
        .text(call.origin())
        .text(call.fetchSite())
        .text(call.contentType())
        .text(call.acceptLanguage())
        .raw(call.body().copy())
        .end();
  }

  Call call(FrameReader in) {
    int number = in.index(1 + config.hosts().size());
    Place place =
        number == 0
            ? new Place.SignIn(config.signIn())
            : new Place.Application(config.hosts().get(number - 1));
    String method = in.text();
    String path = in.text();
    if (!method(method) || !path.startsWith("/")) {
      throw new FrameReader.Malformed("expected a method and a path");
    }
    Map<String, String> query = new LinkedHashMap<>();
    int pairs = in.index(MOST * 16);
    for (int i = 0; i < pairs; i++) {
      if (query.put(in.text(), in.text()) != null) {
        throw new FrameReader.Malformed("expected each name of the query once");
      }
    }
    Call call =
        new Call(
            place,
            method,
            path,
            query,
            address(in),
            in.textOrNull(),
            in.textOrNull(),
            in.textOrNull(),
            in.textOrNull(),
            in.textOrNull(),
            in.textOrNull(),
            Secret.of(in.raw()));
    in.end();
    return call;
  }

  static void response(FrameWriter out, int number, Response response) {
    out.begin(FrameKind.REPLY).four(number).two(response.status()).text(response.type());
    out.two(response.fields().size());
    response.fields().forEach(field -> out.text(field.name()).text(field.value()));
    out.raw(response.body().getBytes()).end();
  }

  static Response response(FrameReader in) {
    int status = in.two();
    String type = in.text();
    int count = in.index(MOST);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fields.add(new Field(in.text(), in.text()));
    }
    Response response = new Response(status, type, Buffer.buffer(in.raw()), fields);
    in.end();
    return response;
  }

  static Reason reason(FrameReader in) {
    String code = in.text();
    Reason reason = REASONS.get(code);
    if (reason == null) {
      throw new FrameReader.Malformed("expected a reason, found another text");
    }
    return reason;
  }

  static IpAddress address(FrameReader in) {
    return new IpAddress(in.eight(), in.eight());
  }

  private static int index(Map<String, Integer> numbers, String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalStateException("expected a name of the configuration, found " + name);
    }
    return number;
  }

  private static boolean method(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_METHOD && Ascii.visible(text);
  }

  /// As [PlainPath] leaves one.
  private static boolean path(String text) {
    return PlainPath.settled(text);
  }
}

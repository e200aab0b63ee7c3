package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.Tracing;
import io.parano.web.Tally.Kind;
import io.parano.web.WebConfig.ProtectedHost;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a request for a page or a JSON call whole, within bounds, hands it to a virtual thread,
/// and writes what comes back. Runs on the event loop and never blocks it.
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Secret NO_BODY = Secret.of(new byte[0]);

  /// The most bytes of a proposed act: a policy of some thousand rules, a thousand newcomers.
  private static final int ACT = 512 * 1024;

  /// The most bytes that such bodies may take up at once, on one event loop.
  private static final long LARGE_AT_ONCE = 8 * 1024 * 1024;

  private final WebConfig config;
  private final Map<String, Place> places = new HashMap<>();
  private final Counter counter;
  private final Workers workers;
  private final Disbelief disbelief;
  private final Tally tally;
  private final Tracing tracing;
  private long largeBytes;

  /// Whoever answers calls, on a thread that may block.
  interface Counter {
    Response answer(Call call);

    /// The answer to a request that is refused before it is a call.
    Response refusal(int status);

    /// The headers that every answer has.
    void dress(HttpServerResponse response, boolean secure);
  }

  Intake(
      WebConfig config,
      Counter counter,
      Workers workers,
      Disbelief disbelief,
      Tally tally,
      Tracing tracing) {
    this.config = config;
    this.counter = counter;
    this.workers = workers;
    this.disbelief = disbelief;
    this.tally = tally;
    this.tracing = tracing;
    places.put(config.signIn().authority(), new Place.SignIn(config.signIn()));
    for (ProtectedHost host : config.hosts()) {
      places.put(host.site().authority(), new Place.Application(host));
    }
  }

  /// @param head read before this returns, never kept
  void take(HttpServerRequest request, Peer peer, Head head, Source source, long now) {
    tally.count(Kind.REQUESTS);
    if (head.refusal != null) {
      disbelief.of(peer.address, head.refusal, "header " + head.offender);
      refuse(request, 400);
      return;
    }
    switch (source) {
      case Source.Refused(Reason reason) -> {
        disbelief.of(peer.address, reason, path(request.uri()));
        refuse(request, 403);
      }
      case Source.Direct(IpAddress address) -> take(request, peer, head, null, address, now);
      case Source.Vouched(Believed proxy, IpAddress address) ->
          take(request, peer, head, proxy, address, now);
    }
  }

  private void take(
      HttpServerRequest request,
      Peer peer,
      Head head,
      @Nullable Believed proxy,
      IpAddress source,
      long now) {
    Place place = head.host == null ? null : places.get(head.host.toLowerCase(Locale.ROOT));
    if (place == null || !speaksFor(proxy, place)) {
      disbelief.of(source, Reason.PROXY_FOREIGN_HOST, "Host " + head.host);
      refuse(request, 421);
      return;
    }
    String uri = request.uri();
    int mark = uri.indexOf('?');
    Map<String, String> query = mark < 0 ? Map.of() : query(uri.substring(mark + 1));
    if (!uri.startsWith("/") || query == null) {
      disbelief.of(source, Reason.REQUEST_MALFORMED, path(uri));
      refuse(request, 400);
      return;
    }
    int length = length(head);
    String parent = proxy == null ? null : proxy.trace(head);
    Call call = call(request, head, place, uri, mark, query, source);
    if (length != 0) {
      takeBody(request, peer, head, call, parent, length, now);
    } else {
      dispatch(request, call, parent);
    }
  }

  /// A query may hold a one-time password or a code, which no log may show.
  private static String path(String uri) {
    int mark = uri.indexOf('?');
    return mark < 0 ? uri : uri.substring(0, mark);
  }

  private static Call call(
      HttpServerRequest request,
      Head head,
      Place place,
      String uri,
      int mark,
      Map<String, String> query,
      IpAddress source) {
    return new Call(
        place,
        request.method().name(),
        mark < 0 ? uri : uri.substring(0, mark),
        query,
        source,
        head.cookie,
        head.authorization,
        head.origin,
        head.fetchSite,
        head.contentType,
        head.acceptLanguage,
        NO_BODY);
  }

  private void takeBody(
      HttpServerRequest request,
      Peer peer,
      Head head,
      Call call,
      @Nullable String parent,
      int length,
      long now) {
    if (length < 0) {
      // Browsers and proxies say how long a body is. Whoever doesn't, or says it twice, wants two
      // readers to disagree (RFC 9112 section 11.2).
      disbelief.of(call.source(), Reason.REQUEST_MALFORMED, "body of unknown length");
      refuse(request, 411);
      return;
    }
    if (length > longest(call)) {
      disbelief.of(call.source(), Reason.REQUEST_TOO_LARGE, "body of " + head.contentLength);
      refuse(request, 413);
      return;
    }
    boolean large = length > config.limits().body();
    if (large && largeBytes + length > LARGE_AT_ONCE) {
      tally.count(Kind.BUSY);
      refuse(request, 503);
      return;
    }
    if (large) {
      largeBytes += length;
      request.end().onComplete(done -> largeBytes -= length);
    }
    peer.readingSince = Math.max(now, 1);
    Buffer body = Buffer.buffer(length);
    request.handler(body::appendBuffer);
    request.endHandler(end -> {
      peer.readingSince = 0;
      dispatch(request, whole(call, Secret.of(body.getBytes())), parent);
    });
  }

  private int longest(Call call) {
    boolean act = call.path().equals("/api/acts") && call.place() instanceof Place.SignIn;
    return act ? ACT : config.limits().body();
  }

  /// @param parent the trace that a believed proxy began; null for none
  private void dispatch(HttpServerRequest request, Call call, @Nullable String parent) {
    Context loop = Loop.current();
    boolean started =
        workers.start(
            call.source(),
            () -> {
              Response reply = Traced.call(tracing, call, parent, () -> answer(call));
              loop.runOnContext(nothing -> write(request, call, reply));
            });
    if (!started) {
      tally.count(Kind.BUSY);
      write(request, call, counter.refusal(503));
    }
  }

  /// A bug answers too: whoever waits for ever keeps a connection and a place.
  private Response answer(Call call) {
    try {
      return counter.answer(call);
    } catch (RuntimeException e) {
      tally.count(Kind.BUGS);
      LOG.error("{\"event\":\"web-crashed\"}", e);
      return counter.refusal(500);
    }
  }

  private void write(HttpServerRequest request, Call call, Response reply) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    counter.dress(response, call.place().site().secure());
    write(response, reply);
  }

  private static void write(HttpServerResponse response, Response reply) {
    if (!reply.type().isEmpty()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, reply.type());
    }
    for (Response.Field field : reply.fields()) {
      if (field.name().equals("Set-Cookie")) {
        response.headers().add(field.name(), field.value());
      } else {
        response.putHeader(field.name(), field.value());
      }
    }
    response.setStatusCode(reply.status()).end(reply.body());
  }

  /// Answers at once and closes: whatever else comes on this connection can't be told from a body.
  private void refuse(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    counter.dress(response, config.signIn().secure());
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    write(response, counter.refusal(status));
    request.connection().shutdown();
  }

  private boolean speaksFor(@Nullable Believed proxy, Place place) {
    return switch (place) {
      case Place.SignIn signIn -> proxy == null || proxy.speaksForSignIn;
      // Only behind a proxy: a protected host has no other way to us.
      case Place.Application(ProtectedHost host) ->
          proxy != null && proxy.hosts.containsKey(host.site().host());
    };
  }

  /// The announced length of the body; -1 when there is no telling.
  private static int length(Head head) {
    if (head.transferEncoding != null) {
      return -1;
    }
    String length = head.contentLength;
    if (length == null) {
      return 0;
    }
    if (!length.chars().allMatch(c -> c >= '0' && c <= '9') || length.isEmpty()) {
      return -1;
    }
    return length.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(length);
  }

  private static Call whole(Call call, Secret body) {
    return new Call(
        call.place(),
        call.method(),
        call.path(),
        call.query(),
        call.source(),
        call.cookie(),
        call.authorization(),
        call.origin(),
        call.fetchSite(),
        call.contentType(),
        call.acceptLanguage(),
        body);
  }

  /// The query's names and values; null when it can't be read in one way only.
  private static @Nullable Map<String, String> query(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
      if (name == null || value == null || values.put(name, value) != null) {
        return null;
      }
    }
    return values;
  }
}

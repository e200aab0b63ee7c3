package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.parano.web.GrpcCall.Status;
import io.parano.web.Tally.Kind;
import io.parano.web.WebConfig.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Envoy asks over gRPC whether a request may pass. As [ForwardAuth], and like it on the event
/// loop; one instance per loop. Who doesn't prove to be a proxy gets no message read.
final class CheckDesk {
  private static final String CHECK = "/envoy.service.auth.v3.Authorization/Check";

  private final Gate gate;
  private final Limits limits;
  private final String cookie;
  private final Detour detour;
  private final Disbelief disbelief;
  private final Tally tally;
  private final Tracing tracing;
  private final Head head = new Head();
  private final Addresses addresses = new Addresses();

  /// Calls whose message is still arriving, with when they began.
  private final Map<HttpServerRequest, Long> arriving = new HashMap<>();

  CheckDesk(Gate gate, WebConfig config, Disbelief disbelief, Tally tally, Tracing tracing) {
    this.gate = gate;
    this.limits = config.limits();
    this.cookie = config.cookies().host();
    this.detour = new Detour(config.signIn());
    this.disbelief = disbelief;
    this.tally = tally;
    this.tracing = tracing;
  }

  /// Connections on which a message takes too long to arrive.
  List<HttpConnection> slow(long now) {
    List<HttpConnection> slow = new ArrayList<>();
    arriving
        .entrySet()
        .removeIf(call -> {
          boolean late = now - call.getValue() > limits.request().toMillis();
          if (late) {
            slow.add(call.getKey().connection());
          }
          return late;
        });
    return slow;
  }

  void take(HttpServerRequest request, Peer peer, long now) {
    long start = System.nanoTime();
    if (request.version() != HttpVersion.HTTP_2
        || !request.method().equals(HttpMethod.POST)
        || !GrpcCall.begins(request)) {
      refuse(request, peer.address, Reason.REQUEST_MALFORMED, "no gRPC", Status.UNIMPLEMENTED);
      return;
    }
    List<String> secrets = request.headers().getAll("parano-proxy");
    if (secrets.size() > 1) {
      refuse(
          request,
          peer.address,
          Reason.HEADER_DUPLICATED,
          "header parano-proxy",
          Status.UNAUTHENTICATED);
      return;
    }
    Believed proxy = secrets.isEmpty() ? peer.proven : peer.holderOf(secrets.getFirst());
    if (proxy == null || proxy.proxy.dialect() != Dialect.CHECK) {
      Reason reason = proxy == null ? Reason.PROXY_UNPROVEN : Reason.REQUEST_MALFORMED;
      refuse(request, peer.address, reason, "gRPC", Status.UNAUTHENTICATED);
      return;
    }
    if (!CHECK.equals(request.path())) {
      refuse(request, peer.address, Reason.REQUEST_MALFORMED, request.uri(), Status.UNIMPLEMENTED);
      return;
    }
    receive(request, peer, proxy, now, start);
  }

  private void receive(HttpServerRequest request, Peer peer, Believed proxy, long now, long start) {
    Buffer body = Buffer.buffer();
    arriving.put(request, now);
    request.exceptionHandler(broken -> arriving.remove(request));
    request.handler(part -> {
      if (body.length() + part.length() <= limits.body()) {
        body.appendBuffer(part);
      } else if (arriving.remove(request) != null) {
        refuse(
            request, peer.address, Reason.REQUEST_TOO_LARGE, "message", Status.RESOURCE_EXHAUSTED);
      }
    });
    request.endHandler(end -> {
      if (arriving.remove(request) != null) {
        ask(request, peer, proxy, body, start);
      }
    });
  }

  private void ask(HttpServerRequest request, Peer peer, Believed proxy, Buffer body, long start) {
    Buffer message = GrpcCall.message(body);
    CheckRequest read =
        message == null ? new CheckRequest.Malformed("framing") : CheckRequest.read(message, head);
    switch (read) {
      case CheckRequest.Malformed(String why) ->
          refuse(request, peer.address, Reason.REQUEST_MALFORMED, why, Status.INVALID_ARGUMENT);
      case CheckRequest.Read check -> ask(request, peer, proxy, check, start);
    }
  }

  private void ask(
      HttpServerRequest request, Peer peer, Believed proxy, CheckRequest.Read check, long start) {
    IpAddress source = check.source() == null ? null : addresses.read(check.source());
    if (source == null) {
      deny(request, peer.address, Reason.HEADER_MALFORMED, "source of the check");
      return;
    }
    if (head.refusal != null) {
      deny(request, source, head.refusal, "header " + head.offender);
      return;
    }
    if (head.proxy != null || !vouched(proxy, source)) {
      deny(request, source, Reason.HEADER_FORGED, "Parano-Proxy or X-Forwarded-For");
      return;
    }
    switch (Asked.check(check, head)) {
      case Asked.Refused(Reason reason, String detail) -> deny(request, source, reason, detail);
      case Asked.About about -> ask(request, proxy, source, about, start);
    }
  }

  private void ask(
      HttpServerRequest request, Believed proxy, IpAddress source, Asked.About about, long start) {
    switch (Posed.of(about, head, proxy, source, cookie)) {
      case Posed.Refused(Reason reason, String detail) -> deny(request, source, reason, detail);
      case Posed.Ready(Question question) ->
          Traced.ask(
              tracing,
              "check",
              proxy.trace(head),
              gate,
              question,
              answer -> answer(request, about, start, answer));
    }
  }

  /// Whether `X-Forwarded-For`, where Envoy wrote one, says the same as the connection.
  private boolean vouched(Believed proxy, IpAddress source) {
    if (head.forwardedFor == null) {
      return true;
    }
    String hop = proxy.hop(head.forwardedFor);
    return hop != null && source.equals(addresses.read(hop));
  }

  private void answer(HttpServerRequest request, Asked.About about, long start, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    switch (answer) {
      case Answer.Refused(Reason reason) -> {
        tally.count(Kind.PASS_REFUSED);
        GrpcCall.answer(response, CheckResponse.denied(403, null));
      }
      case Answer.Unavailable(), Answer.RecordFirst() -> {
        tally.count(Kind.PASS_UNAVAILABLE);
        GrpcCall.fail(response, Status.UNAVAILABLE);
      }
      case Answer.SignIn(Reason reason) ->
          sendTo(response, Kind.PASS_SIGN_IN, detour.signIn(about), about);
      case Answer.StepUp(var freshness) ->
          sendTo(response, Kind.PASS_STEP_UP, detour.stepUp(about), about);
      case Answer.Allowed(var identity, var upgradeLife) -> {
        tally.count(Kind.PASS_ALLOWED);
        GrpcCall.answer(response, CheckResponse.allowed(identity));
      }
    }
    tally.took(System.nanoTime() - start);
  }

  private void sendTo(HttpServerResponse response, Kind kind, String location, Asked.About about) {
    tally.count(kind);
    GrpcCall.answer(response, CheckResponse.denied(about.shown() ? 303 : 401, location));
  }

  /// The client's doing: Envoy is told to refuse it.
  private void deny(HttpServerRequest request, IpAddress from, Reason reason, String detail) {
    disbelief.of(from, reason, detail);
    GrpcCall.answer(request.response(), CheckResponse.denied(403, null));
  }

  /// The caller's doing: there is no answer, and Envoy refuses because of that.
  private void refuse(
      HttpServerRequest request, IpAddress from, Reason reason, String detail, Status status) {
    disbelief.of(from, reason, detail);
    GrpcCall.fail(request.response(), status);
  }
}

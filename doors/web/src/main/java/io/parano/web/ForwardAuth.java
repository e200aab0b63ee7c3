package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.parano.web.Tally.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// A proxy asks whether a request may pass. This is the hot path: it runs on the event loop, from
/// memory, without a regular expression, and with few allocations. One instance per event loop.
///
/// The answers are those that nginx understands (`ngx_http_auth_request_module`): 200 lets pass,
/// 401 and 403 refuse; any other makes nginx answer 500, so it is kept for faults. Where the proxy
/// hands our answer to the browser ([Dialect]), a page that wants signing in is 303 instead of 401.
final class ForwardAuth {
  private static final CharSequence UPGRADE_LIFE =
      HttpHeaders.createOptimized("Parano-Upgrade-Life");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
  private static final MultiMap EMPTY =
      HttpHeaders.headers()
          .add(HttpHeaders.CONTENT_LENGTH, ZERO)
          .add(HttpHeaders.CACHE_CONTROL, NO_STORE)
          .copy(false);

  private final Gate gate;
  private final String cookie;
  private final Detour detour;
  private final Disbelief disbelief;
  private final Tally tally;
  private final Tracing tracing;
  private final IdentityHeaders identities;

  ForwardAuth(
      Gate gate,
      WebConfig config,
      IdentityHeaders identities,
      Disbelief disbelief,
      Tally tally,
      Tracing tracing) {
    this.gate = gate;
    this.identities = identities;
    this.cookie = config.cookies().host();
    this.detour = new Detour(config.signIn());
    this.disbelief = disbelief;
    this.tally = tally;
    this.tracing = tracing;
  }

  /// @param head the request's headers; read before this returns, never kept
  void ask(HttpServerRequest request, Peer peer, Head head, Source source) {
    long start = System.nanoTime();
    if (head.refusal != null) {
      refuse(request, head, whence(source, peer), head.refusal, "header " + head.offender);
      return;
    }
    switch (source) {
      case Source.Refused(Reason reason) ->
          refuse(request, head, peer.address, reason, "forward-auth");
      case Source.Direct(IpAddress address) ->
          refuse(request, head, address, Reason.PROXY_UNPROVEN, "forward-auth");
      case Source.Vouched(Believed proxy, IpAddress address) ->
          ask(request, head, proxy, address, start);
    }
  }

  private void ask(
      HttpServerRequest request, Head head, Believed proxy, IpAddress source, long start) {
    switch (Asked.read(proxy.proxy.dialect(), request.method(), request.uri(), head)) {
      case Asked.Refused(Reason reason, String detail) ->
          refuse(request, head, source, reason, detail);
      case Asked.About about -> ask(request, head, proxy, source, about, start);
    }
  }

  private void ask(
      HttpServerRequest request,
      Head head,
      Believed proxy,
      IpAddress source,
      Asked.About about,
      long start) {
    switch (Posed.of(about, head, proxy, source, cookie)) {
      case Posed.Refused(Reason reason, String detail) ->
          refuse(request, head, source, reason, detail);
      case Posed.Ready(Question question) ->
          Traced.ask(
              tracing,
              "forward-auth",
              proxy.trace(head),
              gate,
              question,
              answer -> answer(request, about, start, answer));
    }
  }

  private void answer(HttpServerRequest request, Asked.About about, long start, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    switch (answer) {
      case Answer.Refused(Reason reason) -> end(response, Kind.PASS_REFUSED, 403);
      case Answer.Unavailable() -> end(response, Kind.PASS_UNAVAILABLE, 503);
      case Answer.SignIn(Reason reason) ->
          sendTo(response, Kind.PASS_SIGN_IN, detour.signIn(about), about);
      case Answer.StepUp(var freshness) ->
          sendTo(response, Kind.PASS_STEP_UP, detour.stepUp(about), about);
      case Answer.RecordFirst() ->
          // Only [Passing#pass] may say so; after recording it would go round for ever.
          end(response, Kind.PASS_UNAVAILABLE, 503);
      case Answer.Allowed(var identity, var upgradeLife) -> {
        tally.count(Kind.PASS_ALLOWED);
        response.headers().setAll(identities.of(identity));
        if (upgradeLife != null) {
          response.putHeader(UPGRADE_LIFE, Long.toString(upgradeLife.toSeconds()));
        }
        response.end();
      }
    }
    tally.took(System.nanoTime() - start);
  }

  private void end(HttpServerResponse response, Kind kind, int status) {
    tally.count(kind);
    response.headers().setAll(EMPTY);
    response.setStatusCode(status).end();
  }

  private void sendTo(HttpServerResponse response, Kind kind, String location, Asked.About about) {
    tally.count(kind);
    response.headers().setAll(EMPTY);
    response.putHeader(HttpHeaders.LOCATION, location);
    response.setStatusCode(about.shown() ? 303 : 401).end();
  }

  private void refuse(
      HttpServerRequest request, Head head, IpAddress from, Reason reason, String detail) {
    disbelief.of(from, reason, detail);
    HttpServerResponse response = request.response();
    response.headers().setAll(EMPTY);
    if (head.bodied()) {
      // A proxy that announces a body and sends none would have us read its next request as it.
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      response.setStatusCode(403).end().onComplete(sent -> request.connection().close());
    } else {
      response.setStatusCode(403).end();
    }
  }

  private static IpAddress whence(Source source, Peer peer) {
    return source instanceof Source.Vouched(var proxy, IpAddress address) ? address : peer.address;
  }
}

package io.parano.web;

import io.parano.access.Passing;
import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.Tally.Kind;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A proxy asks whether a request may pass. This is the hot path: it runs on the event loop, from
/// memory, without a regular expression, and with few allocations. One instance per event loop.
///
/// The answers are those that nginx understands (`ngx_http_auth_request_module`): 200 lets pass,
/// 401 and 403 refuse; any other makes nginx answer 500, so it is kept for faults.
final class ForwardAuth {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardAuth.class);
  private static final CharSequence UPGRADE_LIFE =
      HttpHeaders.createOptimized("Parano-Upgrade-Life");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
  private static final MultiMap EMPTY =
      HttpHeaders.headers()
          .add(HttpHeaders.CONTENT_LENGTH, ZERO)
          .add(HttpHeaders.CACHE_CONTROL, NO_STORE)
          .copy(false);
  private static final Answer UNAVAILABLE = new Answer.Unavailable();

  /// Longer than this the address to come back to is cut to the application's front page: proxies
  /// keep little room for the headers of an answer (nginx: 4 KiB).
  private static final int LONGEST_RETURN = 1024;

  private final Passing passing;
  private final String cookie;
  private final String signInPage;
  private final String stepUpPage;
  private final Workers workers;
  private final InFlight inFlight;
  private final Disbelief disbelief;
  private final Tally tally;
  private final IdentityHeaders identities = new IdentityHeaders();

  ForwardAuth(
      Passing passing,
      WebConfig config,
      Workers workers,
      InFlight inFlight,
      Disbelief disbelief,
      Tally tally) {
    this.passing = passing;
    this.cookie = config.cookies().host();
    this.signInPage = config.signIn() + "/sign-in?rd=";
    this.stepUpPage = config.signIn() + "/step-up?rd=";
    this.workers = workers;
    this.inFlight = inFlight;
    this.disbelief = disbelief;
    this.tally = tally;
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
    HttpMethod own = request.method();
    if (!(own.equals(HttpMethod.GET) || own.equals(HttpMethod.HEAD)) || head.bodied()) {
      refuse(
          request, head, source, Reason.REQUEST_MALFORMED, "forward-auth with a method or a body");
      return;
    }
    String url = head.originalUrl;
    String method = head.originalMethod;
    if (url == null || method == null || !token(method)) {
      refuse(request, head, source, Reason.HEADER_MALFORMED, "X-Original-URL or X-Original-Method");
      return;
    }
    switch (AskedUrl.read(url, proxy.hosts)) {
      case AskedUrl.Refused(Reason reason) -> refuse(request, head, source, reason, url);
      case AskedUrl.Read(var host, String path) -> {
        String contradiction = contradiction(head, host.site(), url, method);
        if (contradiction != null) {
          refuse(request, head, source, Reason.HEADER_FORGED, contradiction);
          return;
        }
        switch (CookieHeader.find(head.cookie, cookie)) {
          case CookieHeader.Refused(Reason reason) ->
              refuse(request, head, source, reason, "cookie");
          case CookieHeader.None() ->
              pass(
                  request,
                  url,
                  start,
                  question(null, host.site(), path, method, head, source, proxy));
          case CookieHeader.One(String bearer) ->
              pass(
                  request,
                  url,
                  start,
                  question(bearer, host.site(), path, method, head, source, proxy));
        }
      }
    }
  }

  private static Question question(
      @Nullable String bearer,
      Site site,
      String path,
      String method,
      Head head,
      IpAddress source,
      Believed proxy) {
    boolean upgrade = some(head.originalUpgrade) || some(head.upgrade);
    return new Question(bearer, site.host(), path, method, upgrade, source, proxy.proxy.name());
  }

  private void pass(HttpServerRequest request, String url, long start, Question question) {
    Answer answer = passing.pass(question);
    if (answer instanceof Answer.RecordFirst) {
      tally.count(Kind.PASS_RECORD_FIRST);
      passRecorded(request, url, start, question);
    } else {
      answer(request, url, start, answer);
    }
  }

  private void passRecorded(HttpServerRequest request, String url, long start, Question question) {
    Context loop = Loop.current();
    InFlight.Round round = inFlight.enter();
    boolean started =
        workers.start(
            question.source(),
            () -> {
              Answer answer = recorded(question);
              loop.runOnContext(nothing -> {
                try {
                  answer(request, url, start, answer);
                } finally {
                  round.leave();
                }
              });
            });
    if (!started) {
      round.leave();
      tally.count(Kind.BUSY);
      answer(request, url, start, UNAVAILABLE);
    }
  }

  private Answer recorded(Question question) {
    try {
      return passing.passRecorded(question);
    } catch (RuntimeException e) {
      tally.count(Kind.BUGS);
      LOG.error("{\"event\":\"pass-crashed\"}", e);
      return UNAVAILABLE;
    }
  }

  /// A bug in the writing answers as a fault: a proxy that waits for ever would hold up the lever.
  private void answer(HttpServerRequest request, String url, long start, Answer answer) {
    try {
      write(request, url, start, answer);
    } catch (RuntimeException e) {
      tally.count(Kind.BUGS);
      LOG.error("{\"event\":\"pass-crashed\"}", e);
      if (!request.response().ended()) {
        end(request.response(), Kind.PASS_UNAVAILABLE, 503);
      }
    }
  }

  private void write(HttpServerRequest request, String url, long start, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    switch (answer) {
      case Answer.Refused(Reason reason) -> end(response, Kind.PASS_REFUSED, 403);
      case Answer.Unavailable() -> end(response, Kind.PASS_UNAVAILABLE, 503);
      case Answer.SignIn(Reason reason) -> sendTo(response, Kind.PASS_SIGN_IN, signInPage, url);
      case Answer.StepUp(var freshness) -> sendTo(response, Kind.PASS_STEP_UP, stepUpPage, url);
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

  private void sendTo(HttpServerResponse response, Kind kind, String page, String url) {
    tally.count(kind);
    response.headers().setAll(EMPTY);
    response.putHeader(HttpHeaders.LOCATION, page + Percent.encode(back(url)));
    response.setStatusCode(401).end();
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

  private static String back(String url) {
    return url.length() <= LONGEST_RETURN ? url : url.substring(0, url.indexOf('/', 8) + 1);
  }

  private static IpAddress whence(Source source, Peer peer) {
    return source instanceof Source.Vouched(var proxy, IpAddress address) ? address : peer.address;
  }

  /// What the other headers say that `X-Original-URL` and `X-Original-Method` deny; null for
  /// nothing. The application would believe one and we the other.
  private static @Nullable String contradiction(Head head, Site site, String url, String method) {
    if (head.forwardedHost != null && !sameHost(head.forwardedHost, site)) {
      return "X-Forwarded-Host " + head.forwardedHost;
    }
    if (head.forwardedProto != null && !head.forwardedProto.equals(site.scheme())) {
      return "X-Forwarded-Proto " + head.forwardedProto;
    }
    if (head.forwardedUri != null
        && !head.forwardedUri.equals(url.substring(url.indexOf('/', 8)))) {
      return "X-Forwarded-Uri " + head.forwardedUri;
    }
    if (head.forwardedMethod != null && !head.forwardedMethod.equals(method)) {
      return "X-Forwarded-Method " + head.forwardedMethod;
    }
    if (head.methodOverride != null && !head.methodOverride.equalsIgnoreCase(method)) {
      return "method override " + head.methodOverride;
    }
    return null;
  }

  private static boolean sameHost(String said, Site site) {
    int length = site.host().length();
    return said.regionMatches(true, 0, site.host(), 0, length)
        && (said.length() == length || said.substring(length).equals(":" + site.port()));
  }

  private static boolean some(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  /// RFC 9110 section 5.6.2, in the letters that methods have.
  private static boolean token(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if (!Ascii.letter(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return !method.isEmpty() && method.length() <= 32;
  }
}

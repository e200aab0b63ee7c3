package io.parano.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parano.kernel.Reason;
import io.parano.web.Tally.Kind;
import io.parano.web.WebConfig.Limits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Where connections and requests of one event loop come in: bounds them, finds out where each
/// comes from, and sends it to the one that answers. Everything here runs on that loop.
final class Entrance {
  private final IdentityHashMap<HttpConnection, Peer> peers = new IdentityHashMap<>();
  private final Addresses addresses = new Addresses();
  private final Head head = new Head();
  private final Limits limits;
  private final Proxies proxies;
  private final Crowd crowd;
  private final ForwardAuth forwardAuth;
  private final CheckDesk checks;
  private final Intake intake;
  private final Disbelief disbelief;
  private final Tally tally;

  /// Milliseconds; moves with each sweep.
  private long now;

  Entrance(
      Limits limits,
      Proxies proxies,
      Crowd crowd,
      ForwardAuth forwardAuth,
      CheckDesk checks,
      Intake intake,
      Disbelief disbelief,
      Tally tally) {
    this.limits = limits;
    this.proxies = proxies;
    this.crowd = crowd;
    this.forwardAuth = forwardAuth;
    this.checks = checks;
    this.intake = intake;
    this.disbelief = disbelief;
    this.tally = tally;
  }

  HttpServer opened(HttpServer server, Listener listener) {
    return server
        .connectionHandler(connection -> connected(connection, listener))
        .invalidRequestHandler(this::invalid)
        .requestHandler(
            switch (listener) {
              case Listener.Tcp tcp -> this::requested;
              case Listener.Socket socket -> this::requested;
              case Listener.Grpc grpc -> this::checked;
            });
  }

  /// Closes connections that let us wait too long: for a first request, for a body, or for
  /// anything.
  void sweep(long now) {
    this.now = now;
    List<HttpConnection> slow = new ArrayList<>(checks.slow(now));
    peers.forEach((connection, peer) -> {
      long patience = (peer.spoke ? limits.idle() : limits.request()).toMillis();
      boolean reading = peer.readingSince > 0;
      if (reading
          ? now - peer.readingSince > limits.request().toMillis()
          : now - peer.since > patience) {
        slow.add(connection);
      }
    });
    for (HttpConnection connection : slow) {
      tally.count(Kind.CONNECTIONS_SLOW);
      connection.close();
    }
  }

  private void connected(HttpConnection connection, Listener listener) {
    Peer peer = proxies.peer(connection, listener, now);
    if (!crowd.enter(peer)) {
      tally.count(Kind.CONNECTIONS_REFUSED);
      connection.close();
      return;
    }
    tally.count(Kind.CONNECTIONS);
    peers.put(connection, peer);
    connection.closeHandler(closed -> {
      peers.remove(connection);
      crowd.leave(peer);
      tally.count(Kind.CONNECTIONS_CLOSED);
    });
  }

  private void requested(HttpServerRequest request) {
    Peer peer = peers.get(request.connection());
    if (peer == null) {
      request.connection().close();
      return;
    }
    peer.since = now;
    peer.spoke = true;
    head.read(request.headers());
    Source source = Source.of(peer, head, addresses);
    if (Dialect.anyAskedAt(request.uri())) {
      forwardAuth.ask(request, peer, head, source);
    } else {
      intake.take(request, peer, head, source, now);
    }
  }

  private void checked(HttpServerRequest request) {
    Peer peer = peers.get(request.connection());
    if (peer == null) {
      request.connection().close();
      return;
    }
    peer.since = now;
    peer.spoke = true;
    checks.take(request, peer, now);
  }

  /// What the engine could not read as HTTP: the preface of the PROXY protocol among it.
  private void invalid(HttpServerRequest request) {
    tally.count(Kind.INVALID);
    Throwable cause = request.decoderResult().cause();
    Peer peer = peers.get(request.connection());
    if (peer != null) {
      boolean large =
          cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
      disbelief.of(
          peer.address,
          large ? Reason.REQUEST_TOO_LARGE : Reason.REQUEST_MALFORMED,
          String.valueOf(cause.getMessage()));
    }
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end();
  }
}

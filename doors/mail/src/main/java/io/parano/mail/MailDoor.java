package io.parano.mail;

import io.parano.access.MailAdmitting;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.mail.Counters.Fate;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where mail servers ask. One event loop takes requests apart and believes or drops them; whatever
/// must wait for a disk runs on a virtual thread.
public final class MailDoor implements AutoCloseable {
  static final int LONGEST_BODY = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(MailDoor.class);

  /// Each header of nginx's is as long as what it was sent, escaped.
  private static final int LONGEST_HEAD = 16 * 1024;

  private static final int LONGEST_LINE = 1024;
  private static final int UNDER_WAY = 512;
  private static final int IDLE_SECONDS = 30;
  private static final int SWEEP_SECONDS = 2;
  private static final int TOO_LARGE = 413;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private final Servers servers;
  private final MailAdmitting admitting;
  private final Calls calls;
  private final Kicks kicks;
  private final Kicking kicking = new Kicking();
  private final OpenMailboxes open = new OpenMailboxes();
  private final Counters counters = new Counters();
  private final Semaphore places = new Semaphore(UNDER_WAY);
  private final Vertx vertx;
  private final List<Integer> ports = new ArrayList<>();
  private final Thread sweeper;
  private volatile boolean shut;

  private MailDoor(MailConfig config, MailAdmitting admitting, Kicks kicks) {
    this.servers = new Servers(config.servers());
    this.admitting = admitting;
    this.kicks = kicks;
    this.calls = new Calls(admitting, open, counters, Words.of(config.language()));
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    kicks.wire(open, config.doveadm(), admitting, kicking);
    this.sweeper = Thread.ofVirtual().name("mail-kicks").unstarted(this::sweep);
  }

  /// Throws [UncheckedIOException] when it can't listen.
  public static MailDoor open(MailConfig config, MailAdmitting admitting, Kicks kicks) {
    MailDoor door = new MailDoor(config, admitting, kicks);
    try {
      for (MailListener listener : config.listeners()) {
        door.listen(listener);
      }
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(e);
    }
    door.sweeper.start();
    return door;
  }

  /// In the order of the configuration.
  public List<Integer> ports() {
    return List.copyOf(ports);
  }

  /// For the metrics.
  public String gauges() {
    return counters.text(open.size());
  }

  Counters counters() {
    return counters;
  }

  private void listen(MailListener listener) throws IOException {
    HttpServer server =
        vertx
            .createHttpServer(options(listener))
            .connectionHandler(this::connected)
            .invalidRequestHandler(this::invalid)
            .requestHandler(this::requested);
    try {
      ports.add(
          server.listen(listener.port(), listener.host()).await(10, TimeUnit.SECONDS).actualPort());
    } catch (Exception e) {
      throw new IOException(listener.host() + ":" + listener.port() + ": " + e.getMessage(), e);
    }
  }

  private static HttpServerOptions options(MailListener listener) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEAD)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setAcceptBacklog(1024)
            .setStrictThreadMode(true);
    MailListener.Tls tls = listener.tls();
    return tls == null
        ? options
        : options
            .setSsl(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(tls.certificate().toString())
                    .setKeyPath(tls.key().toString()));
  }

  /// Whoever is not listed gets no room here.
  private void connected(HttpConnection connection) {
    if (!servers.lists(peer(connection))) {
      disbelieve(peer(connection), Fate.STRANGER, "not listed");
      connection.close();
    }
  }

  private static IpAddress peer(HttpConnection connection) {
    return IpAddress.parse(connection.remoteAddress().hostAddress());
  }

  /// Listed by a thread that may wait; in a flood there is none, and it is counted.
  private void disbelieve(IpAddress peer, Fate fate, String detail) {
    counters.count(fate);
    if (places.tryAcquire()) {
      Thread.startVirtualThread(() -> {
        try {
          admitting.disbelieve(peer, Reason.PROXY_UNPROVEN, detail);
        } finally {
          places.release();
        }
      });
    }
  }

  private void invalid(HttpServerRequest request) {
    counters.count(Fate.NOT_HTTP);
    request.connection().close();
  }

  private void requested(HttpServerRequest request) {
    IpAddress peer = peer(request.connection());
    List<String> shown = request.headers().getAll(Servers.HEADER);
    switch (servers.believe(peer, shown.size() == 1 ? shown.getFirst() : null)) {
      case Servers.Belief.Disbelieved disbelieved -> {
        disbelieve(peer, Fate.UNPROVEN, "no secret of a listed server");
        refuse(request, FORBIDDEN);
      }
      case Servers.Belief.Believed(var server) -> take(request, peer, server);
    }
  }

  private void take(HttpServerRequest request, IpAddress peer, MailServer server) {
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() + part.length() > LONGEST_BODY) {
        counters.count(Fate.TOO_LARGE);
        refuse(request, TOO_LARGE);
        request.handler(more -> {}).endHandler(end -> {});
      } else {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> {
      String query = request.query();
      ask(
          request,
          server,
          new Call(
              peer,
              request.method().name(),
              request.path() == null ? "" : request.path(),
              query == null ? "" : query,
              request.headers(),
              Bytes.of(body.getBytes())));
    });
  }

  private void ask(HttpServerRequest request, MailServer server, Call call) {
    if (shut || !places.tryAcquire()) {
      counters.count(Fate.OVERLOADED);
      refuse(request, UNAVAILABLE);
      return;
    }
    Context loop = vertx.getOrCreateContext();
    Thread.startVirtualThread(() -> {
      Said said;
      try {
        said = calls.answer(server, call);
      } catch (RuntimeException e) {
        counters.count(Fate.FAILED);
        LOG.error("a request of {} was not answered", server.name(), e);
        said = Said.bare(UNAVAILABLE);
      } finally {
        places.release();
      }
      Said told = said;
      loop.runOnContext(nothing -> tell(request, told));
    });
  }

  private static void tell(HttpServerRequest request, Said said) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      said.headers().forEach(response::putHeader);
      response.setStatusCode(said.status()).end(said.body());
    }
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).putHeader("Connection", "close").end();
  }

  private void sweep() {
    while (!shut) {
      try {
        var _ = kicks.sweep(Instant.now());
        TimeUnit.SECONDS.sleep(SWEEP_SECONDS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("mailboxes whose ground is gone were not closed; they are in two seconds", e);
      }
    }
  }

  @Override
  public void close() {
    shut = true;
    sweeper.interrupt();
    try {
      vertx.close().await(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.warn("the mail door took too long to close");
    }
    kicking.close();
  }
}

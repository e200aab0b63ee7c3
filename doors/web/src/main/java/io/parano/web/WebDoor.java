package io.parano.web;

import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.Tracing;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web door, open: it listens from [#open] on, until [#shut] or [#close].
public final class WebDoor implements Front {
  private static final Logger LOG = LoggerFactory.getLogger(WebDoor.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WebConfig config;
  private final Vertx vertx;
  private final Workers workers;
  private final Disbelief disbelief;
  private final Tally tally = new Tally();
  private final Proxies proxies;
  private final Crowd crowd;
  private final Intake.Counter counter;
  private final Behind behind;
  private final InFlight inFlight;
  private final Tracing tracing;
  private final List<String> entrances = new ArrayList<>();
  private final List<Bound> bound = new ArrayList<>();
  private final long opened = System.nanoTime();

  /// A listener and the port that it got; 0 for a Unix socket.
  public record Bound(Listener listener, int port) {}

  private WebDoor(WebConfig config, InFlight inFlight, Behind behind, Tracing tracing) {
    this.tracing = tracing;
    this.config = config;
    this.behind = behind;
    this.inFlight = inFlight;
    this.workers = new Workers(config.limits());
    this.disbelief = new Disbelief(behind, tally);
    this.proxies = new Proxies(config);
    this.crowd = new Crowd(config.limits());
    this.vertx = engine(new Arrivals(new Crowd(config.limits()), proxies, tally));
    this.counter = behind.counter(tally);
  }

  private Vertx engine(Arrivals arrivals) {
    return Vertx.builder()
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(config.eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)))
        .withTransport(arrivals.transport())
        .build();
  }

  /// Opens the door; throws [UncheckedIOException] when a listener can't be had.
  ///
  /// @param inFlight the one that the core's lever knows
  /// @param extension a further script for the pages; null, as it should be, for none
  /// @param gauges further lines for `/metrics`, in its format
  public static WebDoor open(
      WebConfig config,
      WebCore core,
      InFlight inFlight,
      @Nullable Extension extension,
      Supplier<Readiness> readiness,
      Supplier<String> gauges) {
    return opened(
        new WebDoor(
            config, inFlight, new OwnCore(config, core, inFlight, extension), core.tracing()),
        readiness,
        gauges);
  }

  /// Opens a door that decides nothing: it asks an authority in another process, and refuses while
  /// there is none. What it says of its health and its figures is the authority's word too.
  public static WebDoor openApart(WebConfig config, AuthorityPlace authority) {
    return openApart(config, authority, Tracing.OFF);
  }

  /// @param tracing told of the requests
  public static WebDoor openApart(WebConfig config, AuthorityPlace authority, Tracing tracing) {
    Apart apart = new Apart(config, authority, tracing);
    return opened(
        new WebDoor(config, new InFlight(), apart, tracing), apart::readiness, apart::gauges);
  }

  private static WebDoor opened(
      WebDoor door, Supplier<Readiness> readiness, Supplier<String> gauges) {
    try {
      door.listen(readiness, gauges);
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(e);
    }
    return door;
  }

  /// The listeners in the order of the configuration, the admin one last, with their ports.
  public List<Bound> bound() {
    return List.copyOf(bound);
  }

  /// Lets nobody in any more, and goes on telling the operator why, where the admin listener is.
  @Override
  public void shut() {
    try {
      for (String entrance : entrances) {
        vertx.undeploy(entrance).await(5, TimeUnit.SECONDS);
      }
    } catch (TimeoutException | RuntimeException e) {
      LOG.error("{\"event\":\"not-shut\"}", e);
      close();
    }
  }

  /// Whoever is being answered gets their answer: an enrolment may be what the server was waiting
  /// for before it closes.
  private void finish() {
    workers.drain(PATIENCE);
    try {
      var _ = inFlight.closed(Taken.NOTHING);
    } catch (Door.Silent e) {
      LOG.warn("{\"event\":\"answers-left\"}");
    }
  }

  @Override
  public void close() {
    finish();
    try {
      vertx.close().await(5, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("{\"event\":\"close-took-too-long\"}");
    }
    workers.close();
    disbelief.close();
  }

  private void listen(Supplier<Readiness> readiness, Supplier<String> gauges) throws IOException {
    for (Listener listener : config.listeners()) {
      clear(listener);
    }
    for (int loop = 0; loop < config.eventLoops(); loop++) {
      entrances.add(deploy(context -> enter()));
    }
    Listener.Tcp admin = config.admin();
    if (admin != null) {
      AdminDesk desk = new AdminDesk(readiness, gauges, tally);
      var _ =
          deploy(context ->
              vertx
                  .createHttpServer(Engine.options(admin, config.limits()))
                  .requestHandler(desk::ask)
                  .listen(address(admin, config.listeners().size()))
                  .recover(cause -> notHad(admin, cause))
                  .onSuccess(server -> bound.add(new Bound(admin, server.actualPort()))));
    }
  }

  /// One event loop's share of every listener.
  private Future<?> enter() {
    boolean first = bound.isEmpty();
    IdentityHeaders headers = new IdentityHeaders();
    Gate gate = behind.gate(vertx, workers, headers, tally);
    ForwardAuth forwardAuth = new ForwardAuth(gate, config, headers, disbelief, tally, tracing);
    CheckDesk checks = new CheckDesk(gate, config, disbelief, tally, tracing);
    inFlight.join(Loop.current());
    Intake intake = new Intake(config, counter, workers, disbelief, tally, tracing);
    Entrance entrance =
        new Entrance(
            config.limits(), proxies, crowd, forwardAuth, checks, intake, disbelief, tally);
    entrance.sweep(elapsed());
    vertx.setPeriodic(sweepMillis(), timer -> entrance.sweep(elapsed()));
    Future<?> listening = Future.succeededFuture();
    for (int i = 0; i < config.listeners().size(); i++) {
      Listener listener = config.listeners().get(i);
      HttpServer server =
          entrance.opened(
              vertx.createHttpServer(Engine.options(listener, config.limits())), listener);
      SocketAddress address = address(listener, i);
      listening =
          listening
              .compose(before -> server.listen(address))
              .recover(cause -> notHad(listener, cause))
              .onSuccess(ready -> {
                if (first) {
                  bound.add(new Bound(listener, ready.actualPort()));
                }
              });
    }
    return listening;
  }

  /// Says which listener it was: the system names only the fault.
  private static <T> Future<T> notHad(Listener listener, Throwable cause) {
    return Future.failedFuture(new IOException(name(listener) + ": " + cause.getMessage(), cause));
  }

  private static String name(Listener listener) {
    return switch (listener) {
      case Listener.Socket(Path path) -> path.toString();
      case Listener.Tcp(String host, int port, var tls) -> host + ":" + port;
      case Listener.Grpc(Listener on) -> name(on);
    };
  }

  /// Returns what [Vertx#undeploy] takes.
  private String deploy(Deployable part) throws IOException {
    try {
      return vertx
          .deployVerticle(
              part, new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
          .await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("the web door can't listen: " + e.getMessage(), e);
    }
  }

  /// @param index tells listeners that take any free port apart, so that all loops share the one
  private static SocketAddress address(Listener listener, int index) {
    return switch (listener) {
      case Listener.Grpc(Listener on) -> address(on, index);
      case Listener.Socket(Path path) -> SocketAddress.domainSocketAddress(path.toString());
      case Listener.Tcp(String host, int port, var tls) when port == 0 ->
          SocketAddress.sharedRandomPort(1 + index, host);
      case Listener.Tcp(String host, int port, var tls) ->
          SocketAddress.inetSocketAddress(port, host);
    };
  }

  /// A socket file outlives the process that made it.
  private static void clear(Listener listener) throws IOException {
    switch (listener) {
      case Listener.Tcp tcp -> {}
      case Listener.Grpc(Listener on) -> clear(on);
      case Listener.Socket(Path path) -> clear(path);
    }
  }

  private static void clear(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      Files.delete(path);
    }
  }

  /// Often enough that nobody keeps us waiting much longer than they may.
  private long sweepMillis() {
    return Math.clamp(config.limits().request().toMillis() / 4, 10, 1000);
  }

  /// Milliseconds since the door opened, never 0.
  private long elapsed() {
    return 1 + (System.nanoTime() - opened) / 1_000_000;
  }
}

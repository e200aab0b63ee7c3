package io.parano.web;

import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.Tracing;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The core's side of doors that run in processes of their own: a Unix socket, on which the kernel
/// says who comes, or TLS, by which a certificate does. Nobody but the doors gets an answer.
public final class AuthorityDoor implements Front {
  /// More than the event loops of any door.
  private static final int AT_ONCE = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(AuthorityDoor.class);

  private final WebConfig config;
  private final AuthorityPlace place;
  private final Meeting meeting;
  private final WebCore core;
  private final Desk desk;
  private final Vertx vertx;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// What every connection of a door needs.
  record Desk(
      Layout layout,
      Intake.Counter counter,
      Workers workers,
      Disbelief disbelief,
      Tally tally,
      ApartDoors doors,
      Tracing tracing,
      Supplier<Readiness> readiness,
      Supplier<String> gauges) {}

  private AuthorityDoor(WebConfig config, AuthorityPlace place, WebCore core, Desk desk) {
    this.config = config;
    this.place = place;
    this.meeting = new Meeting(place);
    this.core = core;
    this.desk = desk;
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(config.eventLoops())
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setFileSystemOptions(
                        new FileSystemOptions()
                            .setFileCachingEnabled(false)
                            .setClassPathResolvingEnabled(false)))
            .withTransport(io.vertx.core.transport.Transport.NIO)
            .build();
  }

  /// Opens the way in; throws [UncheckedIOException] when it can't be had.
  ///
  /// @param doors the one that the core's lever knows
  public static AuthorityDoor open(
      WebConfig config,
      AuthorityPlace place,
      WebCore core,
      ApartDoors doors,
      Supplier<Readiness> readiness,
      Supplier<String> gauges) {
    Tally tally = new Tally();
    Behind own = new OwnCore(config, core, doors.here(), null);
    Desk desk =
        new Desk(
            new Layout(config),
            own.counter(tally),
            new Workers(config.limits()),
            new Disbelief(own, tally),
            tally,
            doors,
            core.tracing(),
            readiness,
            () -> gauges.get() + tally.text().replace("parano_web_", "parano_authority_"));
    AuthorityDoor door = new AuthorityDoor(config, place, core, desk);
    try {
      door.listen();
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(e);
    }
    return door;
  }

  @Override
  public void shut() {
    close();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    desk.workers().drain(PATIENCE);
    try {
      var _ = desk.doors().closed(Taken.NOTHING);
    } catch (Door.Silent e) {
      LOG.warn("{\"event\":\"answers-left\"}");
    }
    try {
      vertx.close().await(5, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("{\"event\":\"close-took-too-long\"}");
    }
    desk.workers().close();
    desk.disbelief().close();
    if (place instanceof AuthorityPlace.Socket(Path socket, var peer)) {
      try {
        Files.deleteIfExists(socket);
      } catch (IOException e) {
        LOG.warn("the authority's socket is left: {}", e.toString());
      }
    }
  }

  private void listen() throws IOException {
    if (place instanceof AuthorityPlace.Socket(Path socket, var peer)
        && Files.exists(socket)
        && !Files.isRegularFile(socket)
        && !Files.isDirectory(socket)) {
      Files.delete(socket);
    }
    for (int i = 0; i < config.eventLoops(); i++) {
      try {
        var _ =
            vertx
                .deployVerticle(
                    (Context context) -> enter(),
                    new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
                .await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IOException(place.text() + ": " + e.getMessage(), e);
      }
    }
    // Who connects is told by the kernel; those who may at all are the socket's group.
    if (place instanceof AuthorityPlace.Socket(Path socket, var peer)) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }
  }

  private Future<?> enter() {
    desk.doors().here().join(Loop.current());
    Gate gate =
        new OwnGate(
            core.passing(), desk.workers(), desk.doors().here(), desk.tally(), core.tracing());
    NetServer server = vertx.createNetServer(meeting.server());
    return server
        .connectHandler(socket -> connected(socket, gate))
        .exceptionHandler(this::notMet)
        .listen(meeting.address());
  }

  /// Somebody whose certificate is none of ours, or who has none.
  private void notMet(Throwable cause) {
    desk.tally().count(Tally.Kind.INVALID);
    LOG.warn("somebody knocks as a door and does not come to it: {}", cause.getMessage());
  }

  private void connected(NetSocket socket, Gate gate) {
    switch (meeting.look(socket)) {
      case Meeting.Met.Stranger(var found) -> {
        LOG.error("somebody knocks as a door: {}", found);
        var _ = socket.close();
      }
      case Meeting.Met.Peer(long millis) -> met(socket, gate, millis);
    }
  }

  private void met(NetSocket socket, Gate gate, long millis) {
    if (connections.incrementAndGet() > AT_ONCE) {
      connections.decrementAndGet();
      LOG.error("more than {} connections of doors; one is refused", AT_ONCE);
      var _ = socket.close();
      return;
    }
    DoorLine line = new DoorLine(desk, socket, gate, connections::decrementAndGet);
    if (millis < Long.MAX_VALUE) {
      long timer = vertx.setTimer(millis, past -> line.end("its certificate has expired"));
      line.whenGone(() -> vertx.cancelTimer(timer));
    }
    vertx.setTimer(
        PATIENCE.toMillis(),
        late -> {
          if (!line.isMet()) {
            line.end("it does not say who it is");
          }
        });
  }
}

package io.parano.vpn;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Root's part of the door: a Unix socket on which the kernel says who is there, and behind it a
/// [Gatekeeper]. One order a connection, one connection at a time, in the order of their coming.
public final class Gatehouse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);

  /// Whoever sends slowly loses the connection: the next in line must not wait long for it.
  static final Duration PATIENCE = Duration.ofMillis(300);

  private static final int WAITING = 64;
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  private final Path socket;
  private final UserPrincipal user;
  private final Gatekeeper keeper;
  private final ServerSocketChannel listening;
  private final ScheduledExecutorService clockwork =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("helper-", 0).daemon().factory());
  private final CountDownLatch ended = new CountDownLatch(1);

  private Gatehouse(
      Path socket, UserPrincipal user, Gatekeeper keeper, ServerSocketChannel listening) {
    this.socket = socket;
    this.user = user;
    this.keeper = keeper;
    this.listening = listening;
  }

  /// Throws [IOException] when the interface, `nft` or the socket can't be had.
  public static Gatehouse open(GatehouseConfig config) throws IOException {
    WireGuard wireGuard =
        switch (config.way()) {
          case WG -> WgTool.of(config.name());
          case UAPI -> new UapiSocket(UapiSocket.of(config.name()));
          case OPENVPN -> new BareInterface();
        };
    Gatekeeper keeper =
        new Gatekeeper(
            wireGuard,
            NftWall.of(config.name()),
            new Networks(config.networks()),
            config.longest(),
            InstantSource.system(),
            System::nanoTime);
    return open(config.socket(), config.user(), keeper);
  }

  static Gatehouse open(Path socket, String name, Gatekeeper keeper) throws IOException {
    UserPrincipal user =
        socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    keeper.begin();
    Files.deleteIfExists(socket);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listening.bind(UnixDomainSocketAddress.of(socket), WAITING);
      Files.setPosixFilePermissions(socket, OWNERS);
      Files.setOwner(socket, user);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    Gatehouse helper = new Gatehouse(socket, user, keeper, listening);
    var _ = helper.clockwork.scheduleWithFixedDelay(helper::round, 1, 1, TimeUnit.SECONDS);
    Thread.ofPlatform().name("helper").daemon().start(helper::serve);
    return helper;
  }

  /// The rules that the helper builds, for a ruleset that is loaded before it.
  public static String rules(String name) {
    return NftWall.rules(name);
  }

  private void round() {
    try {
      keeper.round();
    } catch (RuntimeException e) {
      LOG.error("a round failed; the next is in a second", e);
    }
  }

  private void serve() {
    while (listening.isOpen()) {
      try (SocketChannel connection = listening.accept()) {
        answer(connection);
      } catch (ClosedChannelException e) {
        // Ours when it is over; else theirs, who was slow.
        LOG.debug("closed", e);
      } catch (IOException e) {
        LOG.warn("an order was not heard: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("an order was not answered", e);
      }
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    UnixDomainPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
    if (!peer.user().equals(user)) {
      LOG.warn("{} is not heard: only {} is", peer.user().getName(), user.getName());
      return;
    }
    ScheduledFuture<?> slow =
        clockwork.schedule(() -> close(connection), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    byte[] line =
        Exchange.receive(
            connection, (bytes, length) -> bytes[length - 1] == '\n', OrderText.LONGEST);
    slow.cancel(false);
    Exchange.send(connection, AnswerText.write(answer(line)));
  }

  private Answer answer(byte[] line) {
    boolean whole = line.length > 0 && line[line.length - 1] == '\n';
    byte[] order = Arrays.copyOf(line, Math.max(0, line.length - 1));
    Arrays.fill(line, (byte) 0);
    try {
      return switch (whole ? OrderText.read(order) : new OrderReading.Malformed()) {
        case OrderReading.Malformed _ -> new Answer.Refused(Objection.MALFORMED);
        case OrderReading.Read(var read) -> keeper.answer(read);
      };
    } finally {
      Arrays.fill(order, (byte) 0);
    }
  }

  private static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.warn("a connection did not close: {}", e.getMessage());
    }
  }

  /// Returns when the helper is closed.
  public void await() throws InterruptedException {
    ended.await();
  }

  /// Peers stay for a helper that comes next; what nobody renews closes by itself.
  @Override
  public void close() {
    try {
      listening.close();
      if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(socket);
      }
    } catch (IOException e) {
      LOG.warn("the helper's socket did not close: {}", e.getMessage());
    }
    clockwork.shutdownNow();
    ended.countDown();
  }
}

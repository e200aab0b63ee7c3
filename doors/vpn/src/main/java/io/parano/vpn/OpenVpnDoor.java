package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One OpenVPN server, driven through its management interface. It connects to us and ends itself
/// when that connection ends (`management-client`): a Parano that is gone leaves no OpenVPN behind.
/// A Parano that hangs lets nobody in; its tunnels close within five seconds where root's helper
/// keeps their addresses open ([OpenAddresses]), and otherwise live as long as OpenVPN's own
/// `session-timeout`.
///
/// Only root, or whoever runs this server, may connect: the kernel says who does. One connection at
/// a time.
public final class OpenVpnDoor implements Door, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenVpnDoor.class);

  /// The lever promises a second on every door.
  private static final long PATIENCE_MILLIS = 900;

  private static final long LOOK_MILLIS = 1_000;

  /// Of the helper's, well within that.
  private static final Duration HELPERS_PATIENCE = Duration.ofMillis(500);

  private final OpenVpnConfig config;
  private final @Nullable OpenAddresses addresses;
  private final Randomness randomness;
  private volatile @Nullable ServerSocketChannel listening;
  private volatile @Nullable OpenVpnLine line;
  private volatile boolean shut;
  private final ReentrantLock settling = new ReentrantLock();

  /// Whether tunnels may be written down that are none any more: so it is when we begin.
  private boolean unsettled = true;

  /// Made before the core, which wants it as a door; opened after.
  public OpenVpnDoor(OpenVpnConfig config, InstantSource clock, Randomness randomness) {
    this.config = config;
    this.randomness = randomness;
    Path helper = config.helper();
    this.addresses =
        helper == null
            ? null
            : new OpenAddresses(new GatehouseLine(helper, HELPERS_PATIENCE), clock);
  }

  /// Throws [UncheckedIOException] when it can't listen.
  public void open(Admitting core) {
    try {
      Files.deleteIfExists(config.socket());
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listening = channel;
      settle(core);
      channel.bind(UnixDomainSocketAddress.of(config.socket()), 4);
      Files.setPosixFilePermissions(config.socket(), PosixFilePermissions.fromString("rw-------"));
      Thread.ofVirtual().name("openvpn-" + config.name()).start(() -> serve(channel, core));
      Thread.ofVirtual().name("openvpn-over-" + config.name()).start(() -> look(core));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(ServerSocketChannel channel, Admitting core) {
    while (!shut) {
      try (SocketChannel accepted = channel.accept()) {
        if (!isTrusted(accepted)) {
          LOG.warn("somebody else than root or ourselves wants to be OpenVPN {}", config.name());
          continue;
        }
        serve(accepted, core);
      } catch (IOException e) {
        if (!shut) {
          LOG.warn("the connection of OpenVPN {} ended: {}", config.name(), e.getMessage());
        }
      } catch (RuntimeException e) {
        LOG.error("OpenVPN {} was not served, and ends", config.name(), e);
      } finally {
        line = null;
        settle(core);
      }
    }
  }

  /// Its tunnels end with the connection, and so do their addresses.
  private void serve(SocketChannel accepted, Admitting core) throws IOException {
    try (OpenVpnLine fresh = new OpenVpnLine(config, accepted, core, addresses, randomness)) {
      if (!begun(fresh, core)) {
        LOG.error("what OpenVPN {} carried before can't be recorded to be over", config.name());
        return;
      }
      LOG.info("OpenVPN {} is there", config.name());
      fresh.serve();
      LOG.warn("OpenVPN {} is gone", config.name());
    }
  }

  private boolean begun(OpenVpnLine fresh, Admitting core) {
    settling.lock();
    try {
      if (unsettled && !stopped(core)) {
        return false;
      }
      unsettled = true;
      OpenAddresses wall = addresses;
      if (wall != null) {
        wall.begin();
      }
      line = fresh;
      return true;
    } finally {
      settling.unlock();
    }
  }

  /// Whatever ran under a connection is over with it, since the server is; what it held is
  /// nobody's.
  private void settle(Admitting core) {
    settling.lock();
    try {
      if (unsettled && line == null && !shut && stopped(core)) {
        unsettled = false;
      }
    } catch (RuntimeException e) {
      LOG.error(
          "the end of OpenVPN {} was not recorded; it is again in a second", config.name(), e);
    } finally {
      settling.unlock();
    }
  }

  private boolean stopped(Admitting core) {
    return core.note(
            new Admitting.Account(
                Admitting.Account.Status.ALL_STOPPED,
                config.name(),
                IpAddress.parse("127.0.0.1"),
                null,
                null,
                null,
                "",
                ""))
        instanceof Admitting.Noted.Heard;
  }

  private static boolean isTrusted(SocketChannel channel) throws IOException {
    UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    String name = peer.user().getName();
    return name.equals("root") || name.equals(System.getProperty("user.name"));
  }

  private void look(Admitting core) {
    while (!shut) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        OpenVpnLine present = line;
        if (present == null) {
          settle(core);
        } else {
          var _ = present.end(0, Taken.NOTHING);
          present.renew();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("tunnels that are over were not ended; they are again in a second", e);
      }
    }
  }

  @Override
  public String name() {
    return "openvpn " + config.name();
  }

  /// Nothing of it runs without a connection.
  @Override
  public int closed(Taken taken) {
    OpenVpnLine present = line;
    if (present == null) {
      return 0;
    }
    OpenVpnLine.Ended ended = present.end(PATIENCE_MILLIS, taken);
    if (!ended.gone()) {
      throw new Silent("no word of ended tunnels from OpenVPN " + config.name());
    }
    return ended.tunnels();
  }

  @Override
  public void close() {
    shut = true;
    try {
      ServerSocketChannel channel = listening;
      if (channel != null) {
        channel.close();
      }
      OpenVpnLine present = line;
      if (present != null) {
        present.close();
      }
      Files.deleteIfExists(config.socket());
    } catch (IOException e) {
      LOG.warn("the socket of OpenVPN {} was not closed: {}", config.name(), e.getMessage());
    }
  }
}

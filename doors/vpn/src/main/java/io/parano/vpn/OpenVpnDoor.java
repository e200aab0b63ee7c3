package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One OpenVPN server, driven through its management interface. It connects to us and ends itself
/// when that connection ends (`management-client`): a Parano that is gone leaves no OpenVPN behind.
/// A Parano that hangs lets nobody in, and its tunnels live as long as OpenVPN's own
/// `session-timeout`.
///
/// Only root, or whoever runs this server, may connect: the kernel says who does. One connection at
/// a time.
public final class OpenVpnDoor implements Door, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenVpnDoor.class);

  /// The lever promises a second on every door.
  private static final long PATIENCE_MILLIS = 900;

  private static final long LOOK_MILLIS = 1_000;

  private final OpenVpnConfig config;
  private volatile @Nullable ServerSocketChannel listening;
  private volatile @Nullable OpenVpnLine line;
  private volatile boolean shut;

  /// Made before the core, which wants it as a door; opened after.
  public OpenVpnDoor(OpenVpnConfig config) {
    this.config = config;
  }

  /// Throws [UncheckedIOException] when it can't listen.
  public void open(Admitting core) {
    try {
      Files.deleteIfExists(config.socket());
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listening = channel;
      channel.bind(UnixDomainSocketAddress.of(config.socket()), 4);
      Files.setPosixFilePermissions(config.socket(), PosixFilePermissions.fromString("rw-------"));
      Thread.ofVirtual().name("openvpn-" + config.name()).start(() -> serve(channel, core));
      Thread.ofVirtual().name("openvpn-over-" + config.name()).start(this::look);
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
        // Whatever ran under a connection before is over: the server ends with it.
        core.note(
            new Admitting.Account(
                Admitting.Account.Status.ALL_STOPPED,
                config.name(),
                IpAddress.parse("127.0.0.1"),
                null,
                null,
                null,
                "",
                ""));
        OpenVpnLine fresh = new OpenVpnLine(config, accepted, core);
        line = fresh;
        LOG.info("OpenVPN {} is there", config.name());
        fresh.serve();
        LOG.warn("OpenVPN {} is gone", config.name());
      } catch (IOException e) {
        if (!shut) {
          LOG.warn("the connection of OpenVPN {} ended: {}", config.name(), e.getMessage());
        }
      } catch (RuntimeException e) {
        LOG.error("OpenVPN {} was not served, and ends", config.name(), e);
      } finally {
        line = null;
      }
    }
  }

  private static boolean isTrusted(SocketChannel channel) throws IOException {
    UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    String name = peer.user().getName();
    return name.equals("root") || name.equals(System.getProperty("user.name"));
  }

  private void look() {
    while (!shut) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        OpenVpnLine present = line;
        if (present != null) {
          var _ = present.end(0);
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
    OpenVpnLine.Ended ended = present.end(PATIENCE_MILLIS);
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

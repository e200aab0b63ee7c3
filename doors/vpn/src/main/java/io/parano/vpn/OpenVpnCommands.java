package io.parano.vpn;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an OpenVPN server is told, each command whole, whoever gives it. One that can't be told has
/// lost its connection, which ends it.
final class OpenVpnCommands {
  private static final Logger LOG = LoggerFactory.getLogger(OpenVpnCommands.class);

  /// What outsiders are told, whatever it was.
  private static final String REFUSED = "refused";

  private static final int PENDING_SECONDS = 60;

  private final OpenVpnConfig config;
  private final SocketChannel channel;
  private final ReentrantLock writing = new ReentrantLock();

  OpenVpnCommands(OpenVpnConfig config, SocketChannel channel) {
    this.config = config;
    this.channel = channel;
  }

  void release() {
    say("hold release");
  }

  /// @param how what the client is asked, in the words that it knows
  void pending(long client, long key, String how) {
    say("client-pending-auth %d %d \"%s\" %d".formatted(client, key, how, PENDING_SECONDS));
  }

  /// @param framed its address inside; null where OpenVPN gives it one, or it has one
  void letIn(long client, long key, @Nullable IpAddress framed) {
    if (framed == null) {
      say("client-auth-nt %d %d".formatted(client, key));
    } else {
      say(
          "client-auth %d %d".formatted(client, key),
          "ifconfig-push " + framed + " " + config.netmask(),
          "END");
    }
  }

  void deny(long client, long key) {
    say("client-deny %d %d \"%s\"".formatted(client, key, REFUSED));
  }

  /// `client-kill` tells the client, and lets it go on for five seconds if it does not listen;
  /// `kill` ends it at once, and is there for IPv4 alone.
  ///
  /// @param peer address and port its packets come from; null where they are of IPv6
  void kill(long client, @Nullable String peer) {
    if (peer == null) {
      say("client-kill " + client);
    } else {
      say("client-kill " + client, "kill " + peer);
    }
  }

  private void say(String... lines) {
    ByteBuffer octets =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    writing.lock();
    try {
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    } catch (IOException e) {
      LOG.warn("OpenVPN {} could not be told: {}", config.name(), e.getMessage());
    } finally {
      writing.unlock();
    }
  }
}

package io.parano.ssh;

import io.parano.access.Jumping;
import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// The way on to a host: asked of the core first, then taken from one of the addresses that its
/// certificates are good from.
///
/// @param from at most one address of each family
/// @param connect how long a host may take to answer
record Onward(Jumping jumping, List<IpAddress> from, Duration connect) {
  /// From the most refusing to the most allowing.
  sealed interface Way {
    /// The core says no.
    record Refused() implements Way {}

    /// The log can't take the record.
    record Unavailable() implements Way {}

    /// Nobody answers there, by an address of a family that we come from.
    record Unreached() implements Way {}

    record Open(Socket socket) implements Way {}
  }

  /// @param port as it came, 32 bits
  Way to(Jumping.Entered entered, String host, long port) {
    int asked = port > 0 && port <= 65_535 ? (int) port : 0;
    return switch (jumping.forward(entered, host, asked)) {
      case Jumping.Forwarding.Refused refused -> new Way.Refused();
      case Jumping.Forwarding.Unavailable unavailable -> new Way.Unavailable();
      case Jumping.Forwarding.Granted granted -> taken(host, asked);
    };
  }

  private Way taken(String host, int port) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new Way.Unreached();
    }
    for (InetAddress address : addresses) {
      for (IpAddress own : from) {
        if (own.isV4() == IpAddress.of(address).isV4()) {
          Way way = connected(own, address, port);
          if (way instanceof Way.Open) {
            return way;
          }
        }
      }
    }
    return new Way.Unreached();
  }

  private Way connected(IpAddress own, InetAddress address, int port) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(own.toString()), 0));
      socket.connect(new InetSocketAddress(address, port), (int) connect.toMillis());
      return new Way.Open(socket);
    } catch (IOException e) {
      Passage.close(socket);
      return new Way.Unreached();
    }
  }
}

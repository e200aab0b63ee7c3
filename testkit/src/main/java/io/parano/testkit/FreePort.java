package io.parano.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports that nobody listens on, over TCP and UDP, for servers that must be told theirs before they
/// start.
///
/// They are below those that the system lends to whoever connects (32768 on Linux, 49152
/// elsewhere): one of these would be taken now and then before the server gets to it. Each is given
/// out once in this process; others begin elsewhere.
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int COUNT = 20_000;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 2_477 % COUNT));

  private FreePort() {}

  public static int next() throws IOException {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("every port is taken");
  }

  private static boolean isFree(int port) throws IOException {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket stream = new ServerSocket(port, 1, here);
        DatagramSocket datagrams = new DatagramSocket(port, here)) {
      return stream.isBound() && datagrams.isBound();
    } catch (BindException taken) {
      return false;
    }
  }
}

package io.parano.ssh;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.nio2.Nio2Service;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/// Connections as the kernel hands them over, before a byte is read: too many at once, in all or
/// from one source, are closed unread. What comes of the others runs on `threads`.
final class Arrivals extends Nio2ServiceFactory {
  private final int most;
  private final int mostPerSource;
  private final Map<IpPrefix, Integer> bySource = new HashMap<>();
  private int all;

  Arrivals(FactoryManager manager, CloseableExecutorService threads, JumpConfig.Limits limits) {
    super(manager, threads, threads);
    this.most = limits.connections();
    this.mostPerSource = limits.connectionsPerSource();
  }

  @Override
  public Nio2Session createSession(
      Nio2Service service,
      IoHandler handler,
      AsynchronousSocketChannel socket,
      SocketAddress address)
      throws Throwable {
    IpPrefix source = address(socket.getRemoteAddress()).binding();
    if (!enter(source)) {
      socket.close();
      throw new IOException("too many connections at once");
    }
    try {
      Nio2Session session = super.createSession(service, handler, socket, address);
      session.addCloseFutureListener(closed -> leave(source));
      return session;
    } catch (Throwable e) {
      // Whoever called closes sessions alone, and this became none.
      socket.close();
      leave(source);
      throw e;
    }
  }

  private synchronized boolean enter(IpPrefix source) {
    int count = bySource.getOrDefault(source, 0);
    if (all >= most || count >= mostPerSource) {
      return false;
    }
    all++;
    bySource.put(source, count + 1);
    return true;
  }

  private synchronized void leave(IpPrefix source) {
    all--;
    bySource.computeIfPresent(source, (counted, count) -> count == 1 ? null : count - 1);
  }

  static IpAddress address(SocketAddress remote) {
    if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
      return IpAddress.of(inet.getAddress());
    }
    throw new IllegalStateException("not a TCP connection: " + remote);
  }
}

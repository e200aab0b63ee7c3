package io.parano.web;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.parano.kernel.IpAddress;
import io.parano.web.Tally.Kind;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/// Connections as the kernel hands them over, before any TLS handshake, which [Entrance] does not
/// see and which whoever is in no hurry can draw out. Too many at once from one source, or in all,
/// are closed unread. Vert.x tells of connections after their handshake only; its transport may be
/// told what to do with those before.
@Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
  private final Crowd crowd;
  private final Proxies proxies;
  private final Tally tally;

  Arrivals(Crowd crowd, Proxies proxies, Tally tally) {
    this.crowd = crowd;
    this.proxies = proxies;
    this.tally = tally;
  }

  /// The JDK's transport, with a look at everything that arrives over TCP.
  io.vertx.core.transport.Transport transport() {
    return new Watched(new Nio(io.vertx.core.transport.Transport.NIO.implementation(), this));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Channel arrived
        && arrived.remoteAddress() instanceof InetSocketAddress remote) {
      IpAddress address = Proxies.address(remote.getAddress().getHostAddress());
      boolean listed = proxies.speakFrom(address);
      if (!crowd.enter(address, listed)) {
        tally.count(Kind.CONNECTIONS_REFUSED);
        arrived.unsafe().closeForcibly();
        return;
      }
      arrived.closeFuture().addListener(closed -> crowd.leave(address, listed));
    }
    context.fireChannelRead(message);
  }

  private record Watched(Transport implementation) implements io.vertx.core.transport.Transport {
    @Override
    public String name() {
      return "nio";
    }

    @Override
    public boolean available() {
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // As Vert.x's own: nothing is unavailable.
    public Throwable unavailabilityCause() {
      return null;
    }
  }

  /// All as `real` does it, and one thing more.
  private record Nio(Transport real, Arrivals arrivals) implements Transport {
    @Override
    public void configure(TcpConfig config, boolean socketFile, ServerBootstrap bootstrap) {
      real.configure(config, socketFile, bootstrap);
      if (!socketFile) {
        bootstrap.handler(arrivals);
      }
    }

    @Override
    public void configure(TcpConfig config, boolean socketFile, Bootstrap bootstrap) {
      real.configure(config, socketFile, bootstrap);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
      real.configure(channel, options);
    }

    @Override
    public boolean supportsDomainSockets() {
      return real.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
      return real.supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
      return real.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
      return real.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return real.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(
        int type, int threads, ThreadFactory factory, int ioRatio) {
      return real.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    @SuppressWarnings("deprecation") // As the interface has it; no datagram is sent here.
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
      return real.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
      return real.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean socketFile) {
      return real.channelFactory(socketFile);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean socketFile) {
      return real.serverChannelFactory(socketFile);
    }
  }
}

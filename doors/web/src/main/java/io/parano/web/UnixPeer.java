package io.parano.web;

import io.netty.channel.socket.nio.NioChannelOption;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a Unix socket.
final class UnixPeer {
  private UnixPeer() {}

  /// The user, as the kernel names them; null where it does not.
  static @Nullable String user(NetSocket socket) {
    UnixDomainPrincipal principal =
        ((NetSocketInternal) socket)
            .channelHandlerContext()
            .channel()
            .config()
            .getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
    return principal == null ? null : principal.user().getName();
  }
}

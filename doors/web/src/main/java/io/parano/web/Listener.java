package io.parano.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the door listens.
public sealed interface Listener {
  /// @param port 0 for any free one
  /// @param tls null for clear text, which belongs on loopback alone
  record Tcp(String host, int port, @Nullable Tls tls) implements Listener {}

  /// A Unix socket. Whoever may open it is believed to be the proxy that is configured for it, so
  /// that the permissions of its folder are the proof.
  record Socket(Path path) implements Listener {}

  /// Where Envoy asks over gRPC, and where nothing else is answered: HTTP/2 alone, without the
  /// upgrade from HTTP/1.1.
  ///
  /// @param on a [Tcp] or a [Socket]
  record Grpc(Listener on) implements Listener {
    public Grpc {
      if (on instanceof Grpc) {
        throw new IllegalArgumentException("gRPC is spoken over TCP or a Unix socket");
      }
    }
  }

  /// @param certificate PEM chain, leaf first
  /// @param key PEM, PKCS#8
  /// @param asksClient whether proxies may prove themselves here by a client certificate; browsers
  ///   would be asked for one too, so this belongs on a listener of its own
  record Tls(Path certificate, Path key, boolean asksClient) {}
}

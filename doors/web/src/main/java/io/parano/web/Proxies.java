package io.parano.web;

import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.TrustedProxy.Proof;
import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The proxies that are listed, and which of them a new connection can be.
final class Proxies {
  /// Stands where a Unix socket has no address (RFC 4291 section 2.5.2).
  static final IpAddress UNSPECIFIED = new IpAddress(0, 0);

  private final List<Believed> all;

  Proxies(WebConfig config) {
    this.all = config.proxies().stream().map(proxy -> new Believed(proxy, config)).toList();
  }

  Peer peer(HttpConnection connection, Listener listener, long now) {
    return switch (listener) {
      case Listener.Socket socket -> new Peer(UNSPECIFIED, at(socket), List.of(), now);
      case Listener.Grpc(Listener on) -> peer(connection, on, now);
      case Listener.Tcp tcp ->
          peer(address(connection.remoteAddress().hostAddress()), connection, now);
    };
  }

  private Peer peer(IpAddress address, HttpConnection connection, long now) {
    @Nullable Digest certificate = certificate(connection);
    Believed proven = null;
    List<Believed> unproven = new ArrayList<>();
    for (Believed candidate : all) {
      if (speaksFrom(candidate, address)) {
        switch (candidate.proxy.proof()) {
          case Proof.SharedSecret shared -> unproven.add(candidate);
          case Proof.Certificate(Digest pinned) ->
              proven = pinned.equals(certificate) ? candidate : proven;
          case Proof.Socket _, Proof.Elsewhere _ -> {}
        }
      }
    }
    return new Peer(address, proven, unproven, now);
  }

  private @Nullable Believed at(Listener.Socket listener) {
    for (Believed candidate : all) {
      if (candidate.proxy.proof() instanceof Proof.Socket(var path)
          && path.equals(listener.path())) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean speaksFrom(Believed candidate, IpAddress address) {
    for (IpPrefix prefix : candidate.proxy.addresses()) {
      if (prefix.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// Whether any of them could, as far as the address tells.
  boolean speakFrom(IpAddress address) {
    for (Believed candidate : all) {
      if (speaksFrom(candidate, address)) {
        return true;
      }
    }
    return false;
  }

  /// Without the zone that the kernel may say with it.
  static IpAddress address(String text) {
    int zone = text.indexOf('%');
    return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
  }

  private static @Nullable Digest certificate(HttpConnection connection) {
    if (!connection.isSsl()) {
      return null;
    }
    try {
      return Digest.of(connection.peerCertificates().getFirst().getEncoded());
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      // Most clients have none; whoever needs one to be believed is refused without it.
      return null;
    }
  }
}

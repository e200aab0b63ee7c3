package io.parano.web;

import io.parano.web.AuthorityPlace.Network;
import io.parano.web.AuthorityPlace.Papers;
import io.parano.web.AuthorityPlace.Socket;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TCPSSLOptions;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// How door and authority come together at an [AuthorityPlace]. Over a network TLS has verified the
/// other's chain against the one authority, its dates included, before it is looked at here; its
/// name is compared here, because it says what the other one is and not where.
final class Meeting {
  /// How long a silent door stays met; it says something every second.
  private static final int IDLE_SECONDS = 10;

  private static final int HANDSHAKE_SECONDS = 3;

  /// `dNSName` (RFC 5280 section 4.2.1.6).
  private static final Integer DNS = 2;

  private final AuthorityPlace place;

  Meeting(AuthorityPlace place) {
    this.place = place;
  }

  /// Whom the other end turned out to be. From the most refusing to the most allowing.
  sealed interface Met {
    /// @param found who it is, for the operator
    record Stranger(String found) implements Met {}

    /// @param millis for how long what it showed is good
    record Peer(long millis) implements Met {}
  }

  SocketAddress address() {
    return switch (place) {
      case Socket(var path, var peer) -> SocketAddress.domainSocketAddress(path.toString());
      case Network at -> SocketAddress.inetSocketAddress(at.port(), at.host());
    };
  }

  NetServerOptions server() {
    NetServerOptions options = new NetServerOptions();
    return switch (place) {
      case Socket _ -> options;
      case Network(var host, int port, var papers, var peer) -> {
        secure(options, papers);
        yield options
            .setClientAuth(ClientAuth.REQUIRED)
            .setReuseAddress(true)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
      }
    };
  }

  NetClientOptions client() {
    NetClientOptions options = new NetClientOptions();
    return switch (place) {
      case Socket _ -> options;
      case Network(var host, int port, var papers, var peer) -> {
        secure(options, papers);
        yield options
            .setHostnameVerificationAlgorithm("")
            .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(HANDSHAKE_SECONDS));
      }
    };
  }

  private static void secure(TCPSSLOptions options, Papers papers) {
    options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(papers.certificate().toString())
                .setKeyPath(papers.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(papers.authority().toString()))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setTcpKeepAlive(true)
        .setTcpNoDelay(true);
  }

  Met look(NetSocket socket) {
    return switch (place) {
      case Socket(var path, var peer) -> {
        String user = UnixPeer.user(socket);
        yield peer.equals(user)
            ? new Met.Peer(Long.MAX_VALUE)
            : new Met.Stranger("the user " + user + ", expected " + peer);
      }
      case Network(var host, int port, var papers, var peer) -> named(socket, peer);
    };
  }

  private static Met named(NetSocket socket, String peer) {
    X509Certificate leaf = leaf(socket);
    if (leaf == null) {
      return new Met.Stranger("without certificate, expected that of " + peer);
    }
    Set<String> names = names(leaf);
    return names.contains(peer)
        ? new Met.Peer(
            Math.max(1, leaf.getNotAfter().toInstant().toEpochMilli() - System.currentTimeMillis()))
        : new Met.Stranger("with the certificate of " + names + ", expected that of " + peer);
  }

  private static @Nullable X509Certificate leaf(NetSocket socket) {
    try {
      List<Certificate> chain = socket.peerCertificates();
      return !chain.isEmpty() && chain.getFirst() instanceof X509Certificate leaf ? leaf : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /// The DNS names of a certificate; none where they can't be read.
  static Set<String> names(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        all.stream()
            .filter(name -> DNS.equals(name.getFirst()))
            .forEach(name -> names.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException e) {
      names.clear();
    }
    return names;
  }
}

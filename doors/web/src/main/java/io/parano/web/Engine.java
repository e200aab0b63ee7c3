package io.parano.web;

import io.parano.web.WebConfig.Limits;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// How the HTTP engine is set up: HTTP/1.1 alone (HTTP/2 alone for gRPC), no compression (it leaks
/// lengths of secrets, BREACH), no upgrade, bounded lines and headers.
final class Engine {
  /// Room for an 8 KiB URL, which is what proxies allow.
  private static final int LONGEST_LINE = 8 * 1024 + 64;

  private Engine() {}

  /// More checks at once than one Envoy has requests under way on one connection to us.
  private static final int STREAMS = 1024;

  static HttpServerOptions options(Listener listener, Limits limits) {
    return switch (listener) {
      case Listener.Tcp(String host, int port, Listener.Tls tls) when tls != null ->
          secure(plain(limits), tls);
      case Listener.Tcp tcp -> plain(limits);
      case Listener.Socket socket -> plain(limits);
      case Listener.Grpc(Listener on) -> second(options(on, limits), limits);
    };
  }

  /// HTTP/2 with bounds, for gRPC alone. Vert.x counts resets and continuations by itself
  /// (CVE-2023-44487, CVE-2024-27316). [CheckDesk] refuses what comes as HTTP/1.1.
  private static HttpServerOptions second(HttpServerOptions options, Limits limits) {
    return options
        .setHttp2ClearTextEnabled(!options.isSsl())
        .setUseAlpn(options.isSsl())
        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS)
                .setMaxHeaderListSize(limits.head()));
  }

  private static HttpServerOptions plain(Limits limits) {
    return new HttpServerOptions()
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(limits.head())
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setAcceptBacklog(1024)
        .setStrictThreadMode(true);
  }

  private static HttpServerOptions secure(HttpServerOptions options, Listener.Tls tls) {
    options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString()));
    if (tls.asksClient()) {
      options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(TrustOptions.wrap(new AnyClient()));
    }
    return options;
  }

  /// Takes any client certificate: TLS proves that the client holds its key, and [Proxies] then
  /// compares the certificate itself with the pinned one. A chain would add nothing to that.
  private static final class AnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("only clients are met here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new IllegalStateException("only clients are met here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new IllegalStateException("only clients are met here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

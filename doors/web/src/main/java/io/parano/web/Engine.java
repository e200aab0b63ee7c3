package io.parano.web;

import io.parano.web.WebConfig.Limits;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// How the HTTP engine is set up: HTTP/1.1 alone, no compression (it leaks lengths of secrets,
/// BREACH), no upgrade, bounded lines and headers.
final class Engine {
  /// Room for an 8 KiB URL, which is what proxies allow.
  private static final int LONGEST_LINE = 8 * 1024 + 64;

  private Engine() {}

  static HttpServerOptions options(Listener listener, Limits limits) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(limits.head())
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            .setAcceptBacklog(1024)
            .setStrictThreadMode(true);
    if (listener instanceof Listener.Tcp tcp && tcp.tls() != null) {
      secure(options, tcp.tls());
    }
    return options;
  }

  private static void secure(HttpServerOptions options, Listener.Tls tls) {
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

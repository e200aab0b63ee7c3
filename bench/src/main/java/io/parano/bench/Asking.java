package io.parano.bench;

import io.parano.web.Cookies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One HTTP request, as text: what a proxy asks Parano, or what a peer understands.
///
/// @param text with the empty line at its end
record Asking(String text) {
  /// Nobody has to wait longer than this for any server here.
  private static final int PATIENCE_MILLIS = 10_000;

  static Asking get(String path) {
    return new Asking("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  }

  /// As the nginx of `parano init` asks, for a browser of today.
  static Asking pass(Installation.Visit visit) {
    return new Asking(
        """
        GET /api/authz/auth-request HTTP/1.1
        Host: 127.0.0.1
        Parano-Proxy: %s
        X-Original-URL: http://%s:8080/reports/2026/03?format=html
        X-Original-Method: GET
        X-Forwarded-For: %s
        Cookie: theme=dark; %s=%s

        """
            .formatted(
                Installation.PROXY_SECRET,
                Installation.HOST,
                visit.source(),
                Cookies.PER_HOST,
                visit.bearer())
            .replace("\n", "\r\n"));
  }

  /// What a browser asks of a page behind the proxy.
  static Asking page(Installation.Visit visit) {
    return new Asking(
        """
        GET /reports/2026/03?format=html HTTP/1.1
        Host: %s:8080
        %s: %s
        Cookie: theme=dark; %s=%s

        """
            .formatted(
                Installation.HOST, Nginx.SOURCE, visit.source(), Cookies.PER_HOST, visit.bearer())
            .replace("\n", "\r\n"));
  }

  /// The status of the answer; null for none.
  @Nullable Integer status(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = answer.readLine();
      return line == null ? null : Integer.valueOf(line.split(" ", 3)[1]);
    } catch (IOException nobodyThere) {
      return null;
    }
  }
}

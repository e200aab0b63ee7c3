package io.parano.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What stands behind the proxy, and remembers what reaches it.
final class EchoApplication implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  /// @param headers by lower-case name
  record Seen(String method, String target, Map<String, List<String>> headers) {}

  EchoApplication() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void forget() {
    seen.clear();
  }

  /// The request that reached it last; null for none. The proxy has answered before this is asked,
  /// so nothing is still on its way.
  @Nullable Seen last() {
    Seen last = null;
    for (Seen next = seen.poll(); next != null; next = seen.poll()) {
      last = next;
    }
    return last;
  }

  /// As [#last], where a request must have come.
  Seen reached() {
    Seen last = last();
    if (last == null) {
      throw new AssertionError("nothing reached the application");
    }
    return last;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(exchange.getRequestHeaders());
      seen.add(new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

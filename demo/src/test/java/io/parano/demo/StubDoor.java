package io.parano.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A door that answers what it is told and remembers what it was asked: enough to see whether a
/// proxy makes the exchange.
final class StubDoor implements AutoCloseable {
  private final HttpServer server;
  private final ConcurrentLinkedQueue<Headers> asked = new ConcurrentLinkedQueue<>();
  private volatile int status = 401;

  private StubDoor(HttpServer server) {
    this.server = server;
  }

  static StubDoor open(Places places) throws IOException {
    StubDoor door = new StubDoor(HttpServer.create(places.door(), 0));
    door.server.createContext("/", door::answer);
    door.server.start();
    return door;
  }

  void answering(int other) {
    status = other;
  }

  /// The headers of the latest question.
  Headers asked() {
    Headers last = new Headers();
    for (Headers headers : asked) {
      last = headers;
    }
    return last;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestHeaders());
      Headers headers = exchange.getResponseHeaders();
      if (status == 401) {
        headers.set("Location", "http://auth.parano.localhost/sign-in?rd=x");
      }
      headers.set("Remote-User", status == 200 ? "camille.roy" : "");
      headers.set("Remote-Name", status == 200 ? "Camille Roy" : "");
      headers.set("Remote-Groups", "");
      headers.set("Remote-Email", "");
      exchange.sendResponseHeaders(status, -1);
    }
  }
}

package io.parano.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parano.kernel.Bytes;
import io.parano.testkit.Created;
import io.parano.testkit.Got;
import io.parano.testkit.Hand;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Lends the software keys to the newcomer's browser, in which `demo-key.js` stands in for
/// `navigator.credentials`. It answers pages of the sign-in host alone: a key that any page could
/// touch would be a strange thing to show, even in a demo.
final class KeyService implements AutoCloseable {
  private static final int LARGEST = 64 * 1024;
  private static final String KEYS = "/.demo/keys";

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyRing ring;
  private final Site page;

  private KeyService(HttpServer server, KeyRing ring, Site page) {
    this.server = server;
    this.ring = ring;
    this.page = page;
  }

  static KeyService open(Places places, KeyRing ring) throws IOException {
    KeyService service =
        new KeyService(HttpServer.create(places.keys(), 16), ring, places.signIn());
    service.server.setExecutor(service.workers);
    service.server.createContext("/", service::serve);
    service.server.start();
    return service;
  }

  /// What the sign-in pages need to find the keys.
  static String script() throws IOException {
    return resource("demo-key.js");
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange);
    } catch (IllegalArgumentException | IllegalStateException e) {
      send(exchange, 400, "text/plain", "not understood\n");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean get = exchange.getRequestMethod().equals("GET");
    if (get && path.equals("/.demo/demo-key.css")) {
      send(exchange, 200, "text/css", resource("demo-key.css"));
    } else if (get && path.equals(KEYS)) {
      send(exchange, 200, "application/json", listed());
    } else if (!get && path.startsWith(KEYS + "/") && ours(exchange)) {
      List<String> words = List.of(path.substring(KEYS.length() + 1).split("/", -1));
      Optional<KeyRing.Held> held = ring.find(words.getFirst());
      if (held.isEmpty() || words.size() != 2) {
        send(exchange, 404, "text/plain", "no such key\n");
      } else {
        touch(exchange, held.get().key(), words.getLast());
      }
    } else {
      send(exchange, 404, "text/plain", "nothing here\n");
    }
  }

  /// Only a script of the sign-in pages may send JSON here: browsers say where a request comes
  /// from.
  private boolean ours(HttpExchange exchange) {
    return page.origin().equals(exchange.getRequestHeaders().getFirst("Origin"))
        && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
  }

  private String listed() {
    List<Json> keys =
        ring.all().stream()
            .map(held ->
                Json.object(
                    "id",
                    held.id(),
                    "holder",
                    held.holder(),
                    "credentials",
                    held.key().credentialIds(Places.RELYING_PARTY).stream()
                        .map(Bytes::base64Url)
                        .toList()))
            .toList();
    return Json.array(keys).toString();
  }

  private void touch(HttpExchange exchange, SecurityKey key, String ceremony) throws IOException {
    Json asked =
        Json.read(
            new String(exchange.getRequestBody().readNBytes(LARGEST), StandardCharsets.UTF_8));
    Hand hand = asked.find("hand").map(Json::text).map(Hand::valueOf).orElse(Hand.TOUCHES);
    Json options = asked.at("options");
    key.hold(hand);
    try {
      switch (ceremony) {
        case "create" -> created(exchange, key.create(Ceremonies.creation(page.origin(), options)));
        case "get" -> got(exchange, key.get(Ceremonies.request(page.origin(), options)));
        default -> send(exchange, 404, "text/plain", "no such ceremony\n");
      }
    } finally {
      key.hold(Hand.TOUCHES);
    }
  }

  private static void created(HttpExchange exchange, Created created) throws IOException {
    switch (created) {
      case Created.Credential credential ->
          send(exchange, 200, "application/json", credential.json());
      case Created.Failed(var error) -> fail(exchange, error.domName());
    }
  }

  private static void got(HttpExchange exchange, Got got) throws IOException {
    switch (got) {
      case Got.Assertion assertion -> send(exchange, 200, "application/json", assertion.json());
      case Got.Failed(var error) -> fail(exchange, error.domName());
    }
  }

  private static void fail(HttpExchange exchange, String error) throws IOException {
    send(exchange, 200, "application/json", Json.object("error", error).toString());
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = KeyService.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

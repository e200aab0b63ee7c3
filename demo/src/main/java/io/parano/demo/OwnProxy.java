package io.parano.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The smallest proxy that makes nginx's exchange, for machines without nginx: a GET without body
/// to Parano with the client's headers and the original URL, then 200 passes on, 401 redirects, 403
/// stays, and all else is 500.
final class OwnProxy implements FrontProxy {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "te", "transfer-encoding", "content-length");
  private static final Set<String> OURS =
      Set.of(
          "x-forwarded-for",
          "x-forwarded-proto",
          "parano-proxy",
          "x-original-url",
          "x-original-method",
          "x-original-upgrade");
  private static final List<String> IDENTITY =
      List.of("Remote-User", "Remote-Groups", "Remote-Name", "Remote-Email");

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Places places;
  private final String door;
  private final String application;

  private OwnProxy(HttpServer server, Places places, Secrets secrets) {
    this.server = server;
    this.places = places;
    this.door = NginxProxy.text(secrets.door());
    this.application = NginxProxy.text(secrets.application());
  }

  static OwnProxy open(Places places, Secrets secrets) throws IOException {
    OwnProxy proxy = new OwnProxy(HttpServer.create(places.proxy(), 128), places, secrets);
    proxy.server.setExecutor(proxy.workers);
    proxy.server.createContext("/", proxy::serve);
    proxy.server.start();
    return proxy;
  }

  @Override
  public String name() {
    return "own proxy";
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange, route(exchange));
    } catch (IOException e) {
      exchange.sendResponseHeaders(502, -1);
    }
  }

  private Reply route(HttpExchange exchange) throws IOException {
    String host = host(exchange);
    String path = exchange.getRequestURI().getRawPath();
    if (host.equals(places.signIn().host())) {
      return path.startsWith("/.demo/")
          ? pass(places.keys(), copy(exchange))
          : pass(places.door(), vouched(exchange, copy(exchange)));
    }
    if (!Set.of(places.backOffice().host(), places.wages().host()).contains(host)) {
      return empty(421);
    }
    return path.startsWith("/.parano/") && !path.equals("/.parano/ask")
        ? pass(places.door(), vouched(exchange, copy(exchange)))
        : guarded(exchange);
  }

  private Reply guarded(HttpExchange exchange) throws IOException {
    Reply verdict = pass(places.door(), question(exchange));
    return switch (verdict.status()) {
      case 200 -> pass(places.application(), introduced(exchange, verdict));
      case 401 -> verdict.header("Location").map(OwnProxy::redirect).orElseGet(() -> empty(401));
      case 403 -> empty(403);
      default -> empty(500);
    };
  }

  private Request question(HttpExchange exchange) throws IOException {
    Request question = Request.get("/api/authz/auth-request").with("Host", "parano");
    for (Header header : copy(exchange).headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!name.equals("host")) {
        question = question.with(header.name(), header.value());
      }
    }
    String upgrade = exchange.getRequestHeaders().getFirst("Upgrade");
    String url =
        "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
    question =
        vouched(exchange, question)
            .with("X-Original-URL", url)
            .with("X-Original-Method", exchange.getRequestMethod());
    return upgrade == null ? question : question.with("X-Original-Upgrade", upgrade);
  }

  private Request vouched(HttpExchange exchange, Request request) {
    return request
        .with("X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress())
        .with("X-Forwarded-Proto", "http")
        .with("Parano-Proxy", door);
  }

  private Request introduced(HttpExchange exchange, Reply verdict) throws IOException {
    Request request = copy(exchange);
    Request introduced =
        new Request(
            request.method(),
            request.target(),
            request.headers().stream()
                .filter(header -> IDENTITY.stream().noneMatch(header.name()::equalsIgnoreCase))
                .toList(),
            request.body());
    for (String name : IDENTITY) {
      introduced = introduced.with(name, verdict.header(name).orElse(""));
    }
    return introduced
        .with("X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress())
        .with(BackOffice.PROOF, application);
  }

  /// The client's request without what belongs to one connection or to us.
  private static Request copy(HttpExchange exchange) throws IOException {
    Request request =
        Request.of(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Bytes.of(exchange.getRequestBody().readNBytes(1024 * 1024)));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name) && !OURS.contains(name)) {
        for (String value : header.getValue()) {
          request = request.with(header.getKey(), value);
        }
      }
    }
    return request;
  }

  private static Reply pass(InetSocketAddress to, Request request) throws IOException {
    return Wire.exchange(Networks.HERE, to, request);
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (Header header : reply.headers()) {
      if (!HOP_BY_HOP.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(header.name(), header.value());
      }
    }
    byte[] body = reply.body().copy();
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Reply redirect(String location) {
    return new Reply(302, List.of(new Header("Location", location)), Bytes.EMPTY, Duration.ZERO);
  }

  private static Reply empty(int status) {
    return new Reply(status, List.of(), Bytes.EMPTY, Duration.ZERO);
  }

  private static String host(HttpExchange exchange) {
    String authority = exchange.getRequestHeaders().getFirst("Host");
    String lower = authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    int colon = lower.indexOf(':');
    return colon < 0 ? lower : lower.substring(0, colon);
  }
}

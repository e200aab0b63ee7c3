package io.parano.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be protected: the customer file at one host, wages at another. It knows nothing of
/// sign-in; it believes `Remote-User` from whoever shows the proxy's secret, and nobody else, as an
/// application behind a gate should.
final class BackOffice implements AutoCloseable {
  /// The header with which the proxy shows that a request came through it.
  static final String PROOF = "Back-Office-Proxy";

  private static final String ONLY_OURS =
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String ASSETS = "/assets/";
  private static final String LANGUAGE = "language";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Map<String, String> TYPES =
      Map.of(
          "door.css",
          "text/css",
          "office.css",
          "text/css",
          "mark.svg",
          "image/svg+xml",
          "plex-sans.woff2",
          "font/woff2",
          "plex-sans-semibold.woff2",
          "font/woff2",
          "plex-mono.woff2",
          "font/woff2");

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Secret proof;
  private final Places places;
  private final List<Customer> customers = Customer.all();

  private BackOffice(HttpServer server, Secret proof, Places places) {
    this.server = server;
    this.proof = proof;
    this.places = places;
  }

  static BackOffice open(Places places, Secret proof) throws IOException {
    BackOffice office = new BackOffice(HttpServer.create(places.application(), 64), proof, places);
    office.server.setExecutor(office.workers);
    office.server.createContext("/", office::serve);
    office.server.start();
    return office;
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getRequestHeaders();
      String shown = headers.getFirst(PROOF);
      if (shown == null || !proof.matches(Secret.ofText(shown))) {
        send(exchange, 403, "text/plain", "only through the proxy\n");
        return;
      }
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith(ASSETS)) {
        asset(exchange, path.substring(ASSETS.length()));
      } else {
        answer(exchange, path);
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    Language language = language(exchange);
    exchange
        .getResponseHeaders()
        .set("Set-Cookie", LANGUAGE + "=" + language.tag() + "; Path=/; SameSite=Lax");
    BackOfficePages pages =
        new BackOfficePages(Texts.in(language), places, Introduction.of(headers), cookie(headers));
    String host = host(headers.getFirst("Host"));
    String page = host.equals(places.wages().host()) ? wages(pages, path) : file(pages, path);
    if (page == null) {
      send(exchange, 404, "text/html", pages.missing(path));
    } else {
      send(exchange, 200, path.equals(BackOfficePages.FILE) ? "text/csv" : "text/html", page);
    }
  }

  private static void asset(HttpExchange exchange, String name) throws IOException {
    String type = TYPES.get(name);
    if (type == null) {
      send(exchange, 404, "text/plain", "not here\n");
      return;
    }
    try (InputStream in = BackOffice.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no assets/" + name);
      }
      send(exchange, 200, type, in.readAllBytes());
    }
  }

  private @Nullable String file(BackOfficePages pages, String path) {
    return switch (path) {
      case "/" -> pages.customers(customers);
      case "/export" -> pages.export(customers);
      case BackOfficePages.FILE -> BackOfficePages.csv(customers);
      default -> one(pages, path);
    };
  }

  private @Nullable String one(BackOfficePages pages, String path) {
    return customers.stream()
        .filter(customer -> path.equals("/customers/" + customer.handle()))
        .findFirst()
        .map(pages::customer)
        .orElse(null);
  }

  private static @Nullable String wages(BackOfficePages pages, String path) {
    return switch (path) {
      case "/" -> pages.wages();
      case "/payslips", "/payslips/" -> pages.payslips();
      default -> null;
    };
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", TYPES.containsValue(type) ? "private, max-age=300" : "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", ONLY_OURS);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String host(@Nullable String header) {
    String authority = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  /// What the reader pressed, else pressed before, else what their browser prefers.
  private static Language language(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String wanted = headers.getFirst("Accept-Language");
    return spoken(exchange.getRequestURI().getRawQuery(), "&")
        .or(() -> spoken(headers.getFirst("Cookie"), ";"))
        .orElse(
            wanted != null && wanted.toLowerCase(Locale.ROOT).startsWith("fr")
                ? Language.FR
                : Language.EN);
  }

  private static Optional<Language> spoken(@Nullable String text, String between) {
    List<String> pairs =
        text == null
            ? List.of()
            : Arrays.stream(text.split(between, -1)).map(String::strip).toList();
    return Arrays.stream(Language.values())
        .filter(language -> pairs.contains(LANGUAGE + "=" + language.tag()))
        .findFirst();
  }

  /// The name alone: what it opens is nobody's to print.
  private static String cookie(Headers headers) {
    String shown = headers.getFirst("Cookie");
    return Arrays.stream(shown == null ? new String[0] : shown.split(";", -1))
        .map(pair -> pair.strip().replaceFirst("=.*", ""))
        .filter(name -> !name.equals(LANGUAGE) && NAME.matcher(name).matches())
        .findFirst()
        .orElse("…");
  }
}

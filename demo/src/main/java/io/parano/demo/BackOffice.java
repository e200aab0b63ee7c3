package io.parano.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// What is to be protected: the customer file at one host, wages at another. It knows nothing of
/// sign-in; it believes `Remote-User` from whoever shows the proxy's secret, and nobody else, as an
/// application behind a gate should.
final class BackOffice implements AutoCloseable {
  /// The header with which the proxy shows that a request came through it.
  static final String PROOF = "Back-Office-Proxy";

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
      if (path.equals("/style.css")) {
        send(exchange, 200, "text/css", BackOfficePages.STYLE);
        return;
      }
      String host = host(headers.getFirst("Host"));
      String user = text(headers.getFirst("Remote-Name"));
      BackOfficePages pages =
          new BackOfficePages(Texts.in(language(headers)), user, places.signIn().origin());
      String page = host.equals(places.wages().host()) ? wages(pages, path) : file(pages, path);
      if (page == null) {
        send(exchange, 404, "text/html", pages.missing());
      } else {
        String type = path.equals("/export") ? "text/csv" : "text/html";
        send(exchange, 200, type, page);
      }
    }
  }

  private @Nullable String file(BackOfficePages pages, String path) {
    if (path.equals("/")) {
      return pages.customers(customers);
    }
    if (path.equals("/export")) {
      return pages.export(customers);
    }
    if (!path.startsWith("/customers/")) {
      return null;
    }
    String handle = path.substring("/customers/".length());
    return customers.stream()
        .filter(customer -> customer.handle().equals(handle))
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
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", type.equals("text/css") ? "private, max-age=300" : "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; style-src 'self'");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Netty sends UTF-8 in headers and the JDK's server reads them as ISO 8859-1.
  private static String text(@Nullable String header) {
    return header == null
        ? ""
        : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String host(@Nullable String header) {
    String authority = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  private static Language language(Headers headers) {
    String wanted = headers.getFirst("Accept-Language");
    return wanted != null && wanted.toLowerCase(Locale.ROOT).startsWith("fr")
        ? Language.FR
        : Language.EN;
  }
}

package io.parano.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Mail servers on paper: an nginx that asks for each mailbox once, and a Dovecot that closes all
/// that it is told to; on platform threads, as [HelperAnswering] is.
final class MailAnswering implements AutoCloseable {
  static final String SECRET = "what-nginx-shows-0123456789abcdef";
  private static final Pattern MASK = Pattern.compile("\"mask\":\\[\"(.*?)\"]");

  private final HttpServer doveadm;
  private final Set<String> closed = ConcurrentHashMap.newKeySet();

  /// A person's device, at the address where its person is present.
  record Program(String name, String password, String source) {}

  private MailAnswering(HttpServer doveadm) {
    this.doveadm = doveadm;
  }

  static MailAnswering at(int port) throws IOException {
    MailAnswering servers =
        new MailAnswering(
            HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0));
    servers.doveadm.createContext("/", servers::close);
    servers.doveadm.setExecutor(
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    servers.doveadm.start();
    return servers;
  }

  /// How many people's mailboxes, everybody's at the start apart.
  long closed() {
    return closed.stream().filter(name -> !name.equals("*")).count();
  }

  private void close(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      List<String> masks =
          MASK.matcher(asked).results().map((MatchResult found) -> found.group(1)).toList();
      closed.addAll(masks);
      byte[] answer =
          String.join(
                  ",", java.util.Collections.nCopies(masks.size(), "[\"doveadmResponse\",[],\"\"]"))
              .transform(all -> "[" + all + "]")
              .getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /// Asks as nginx does; returns when each has been let in.
  static void open(int door, List<Program> programs) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Program program : programs) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door + "/nginx"))
                    .header("X-Parano-Secret", SECRET)
                    .header("Auth-Method", "plain")
                    .header("Auth-User", program.name())
                    .header("Auth-Pass", program.password())
                    .header("Auth-Protocol", "imap")
                    .header("Auth-Login-Attempt", "1")
                    .header("Client-IP", program.source())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        String status = answer.headers().firstValue("Auth-Status").orElse("none");
        if (!status.equals("OK")) {
          throw new IOException("a mailbox does not open: " + answer.statusCode() + " " + status);
        }
      }
    }
  }

  @Override
  public void close() {
    doveadm.stop(0);
  }
}

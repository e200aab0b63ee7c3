package io.parano.app;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.web.Dialect;
import io.parano.web.TrustedProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A proxy before an application that says "wages": it makes nginx's exchange with the server for
 * each GET, in raw bytes.
 */
final class ThinProxy implements AutoCloseable {
  private static final InetAddress OWN = InetAddress.ofLiteral("127.0.12.1");
  private static final String SECRET =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection", "content-length", "x-forwarded-for", "x-forwarded-proto", "parano-proxy");

  private final ServerSocket listening = new ServerSocket();
  private final int door;

  ThinProxy(int port, int door) throws IOException {
    this.door = door;
    listening.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    Thread.ofVirtual().start(this::accept);
  }

  /** As the server knows it. */
  static TrustedProxy trusted(String host) {
    return new TrustedProxy(
        "thin",
        List.of(IpPrefix.parse(OWN.getHostAddress() + "/32")),
        new TrustedProxy.Proof.SharedSecret(Secret.ofText(SECRET)),
        Set.of(host),
        Dialect.AUTH_REQUEST,
        TrustedProxy.Hops.ONE);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      List<String> head = head(client);
      String target = head.getFirst().split(" ", 3)[1];
      String answer =
          target.startsWith("/.parano/")
              ? ask(head.getFirst(), vouched(head, client, true))
              : guarded(target, head, client);
      client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Whoever asked is gone.
    }
  }

  private String guarded(String target, List<String> head, Socket client) throws IOException {
    List<String> question = vouched(head, client, false);
    question.add("Host: parano");
    question.add("X-Original-Method: GET");
    question.add("X-Original-URL: http://" + value(head, "host") + target);
    String verdict = ask("GET /api/authz/auth-request HTTP/1.1", question);
    return switch (verdict.substring(9, 12)) {
      case "200" -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwages";
      case "401" ->
          "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(value(verdict.lines().toList(), "location"));
      default -> "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    };
  }

  private static List<String> vouched(List<String> head, Socket client, boolean host) {
    List<String> lines = new ArrayList<>();
    for (String line : head.subList(1, head.size())) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      if (!NOT_PASSED_ON.contains(name) && (host || !name.equals("host"))) {
        lines.add(line);
      }
    }
    lines.add("X-Forwarded-For: " + client.getInetAddress().getHostAddress());
    lines.add("X-Forwarded-Proto: http");
    lines.add("Parano-Proxy: " + SECRET);
    return lines;
  }

  private String ask(String first, List<String> headers) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(OWN, 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), door), 5000);
      String question =
          first + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<String> head(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
    if (head.isEmpty()) {
      throw new IOException("nothing was asked");
    }
    return head;
  }

  private static String value(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

package io.parano.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The smallest mail server that makes nginx's exchange and Dovecot's, for machines without them: a
/// mailbox opens when Parano says so of the address that the connection comes from, and closes when
/// it says so.
final class OwnMailServer implements MailServer {
  private static final Pattern LOGIN =
      Pattern.compile("(\\S+) LOGIN \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\"");

  private final ServerSocket listening;
  private final HttpServer closing;
  private final Places places;
  private final Secrets secrets;
  private final Map<Socket, String> mailboxes = new ConcurrentHashMap<>();

  private OwnMailServer(
      ServerSocket listening, HttpServer closing, Places places, Secrets secrets) {
    this.listening = listening;
    this.closing = closing;
    this.places = places;
    this.secrets = secrets;
  }

  static OwnMailServer open(Places places, Secrets secrets) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.bind(places.imap());
    HttpServer closing = HttpServer.create(places.doveadm(), 16);
    OwnMailServer server = new OwnMailServer(listening, closing, places, secrets);
    closing.createContext("/doveadm/v1", server::told);
    closing.start();
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  @Override
  public String name() {
    return "own mail server";
  }

  @Override
  public boolean own() {
    return true;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket program = listening.accept();
        Thread.ofVirtual().start(() -> serve(program));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket program) {
    try (program) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
      say(program, "* OK the demo's mail server");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        say(program, answer(program, line));
      }
    } catch (IOException e) {
      // Whoever was there is gone.
    } finally {
      mailboxes.remove(program);
    }
  }

  private String answer(Socket program, String line) throws IOException {
    Matcher login = LOGIN.matcher(line);
    if (login.matches()) {
      return login.group(1)
          + (opens(program, plain(login.group(2)), plain(login.group(3)))
              ? " OK open"
              : " NO refused");
    }
    String tag = line.split(" ", 2)[0];
    return line.endsWith(" NOOP") ? tag + " OK" : tag + " BAD not here";
  }

  /// nginx's question and its answer (ngx_mail_auth_http_module).
  private boolean opens(Socket program, String name, String password) throws IOException {
    Reply reply =
        Wire.exchange(
            Networks.HERE,
            places.mail(),
            Request.get("/nginx")
                .with("Host", "mail")
                .with("Auth-Method", "plain")
                .with("Auth-User", escaped(name))
                .with("Auth-Pass", escaped(password))
                .with("Auth-Protocol", "imap")
                .with("Auth-Login-Attempt", "1")
                .with("Client-IP", program.getInetAddress().getHostAddress())
                .with("X-Parano-Secret", NginxProxy.text(secrets.asks())));
    boolean technical =
        reply.header("Auth-Pass").filter(NginxProxy.text(secrets.technical())::equals).isPresent();
    if (!technical || reply.header("Auth-Status").filter("OK"::equals).isEmpty()) {
      return false;
    }
    mailboxes.put(program, reply.header("Auth-User").orElse(name));
    return true;
  }

  /// `[["kick",{"mask":["alice"]},"tag"],…]`, and a word for each.
  private void told(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key =
          Base64.getEncoder()
              .encodeToString(
                  NginxProxy.text(secrets.closes()).getBytes(StandardCharsets.US_ASCII));
      if (!("X-Dovecot-API " + key)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      String body =
          new String(exchange.getRequestBody().readNBytes(1024 * 1024), StandardCharsets.UTF_8);
      List<String> words = new ArrayList<>();
      for (Json command : Json.read(body).list()) {
        for (Json mask : command.list().get(1).list("mask")) {
          kick(mask.text());
        }
        words.add("[\"doveadmResponse\",[],\"\"]");
      }
      byte[] answer = ("[" + String.join(",", words) + "]").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void kick(String mask) {
    mailboxes.forEach((program, mailbox) -> {
      if (mask.equals("*") || mask.equals(mailbox)) {
        try {
          program.close();
        } catch (IOException e) {
          // Then it is closed.
        }
      }
    });
  }

  private static void say(Socket program, String line) throws IOException {
    program.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    program.getOutputStream().flush();
  }

  private static String plain(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    closing.stop(0);
    try {
      listening.close();
    } catch (IOException e) {
      // Then it is closed.
    }
    kick("*");
  }
}

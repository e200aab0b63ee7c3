package io.parano.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.parano.audit.AddCheckpoint;
import io.parano.audit.WitnessDecision;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The witness over HTTP, by the JDK's own server: `POST /add-checkpoint` and `GET /<SHA-256 of the
/// origin>/checkpoint` (C2SP tlog-witness). Nobody is asked who they are: what counts is who signed
/// the checkpoint.
final class WitnessDoor implements AutoCloseable {
  /// 63 lines of proof and a note with a hundred signatures have less than 20 KiB.
  static final int LONGEST = 64 * 1024;

  /// Seconds that a request may take to come, and an answer to go.
  static final int PATIENCE_SECONDS = 10;

  private static final int CONNECTIONS = 256;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Logger LOG = LoggerFactory.getLogger(WitnessDoor.class);

  static {
    // The JDK reads these once, before its first server (module jdk.httpserver).
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(PATIENCE_SECONDS));
    System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(PATIENCE_SECONDS));
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", Integer.toString(LONGEST_HEADERS));
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));
  }

  private final WitnessDesk desk;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private WitnessDoor(WitnessDesk desk, HttpServer server) {
    this.desk = desk;
    this.server = server;
  }

  /// @param tls null for none, on loopback
  static WitnessDoor open(WitnessDesk desk, InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    WitnessDoor door = new WitnessDoor(desk, server(address, tls));
    door.server.createContext("/", door::handle);
    door.server.setExecutor(door.threads);
    door.server.start();
    return door;
  }

  private static HttpServer server(InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(address, 0);
    }
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, String type, String body) {
    static Reply text(int status, String body) {
      return new Reply(status, TEXT, body + "\n");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = answer(exchange);
      } catch (RuntimeException e) {
        LOG.error("a request failed", e);
        reply = Reply.text(500, "failed");
      }
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(reply.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String method = exchange.getRequestMethod();
    boolean adds = AddCheckpoint.PATH.equals(path);
    if (!method.equals(adds ? "POST" : "GET")) {
      exchange.getResponseHeaders().set("Allow", adds ? "POST" : "GET");
      return Reply.text(405, "method not allowed");
    }
    if (adds) {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
      return body.length > LONGEST ? Reply.text(413, "too long") : add(body);
    }
    Optional<String> note = desk.latest(String.valueOf(path));
    return note.map(text -> new Reply(200, TEXT, text))
        .orElseGet(() -> Reply.text(404, "not found"));
  }

  private Reply add(byte[] body) {
    AddCheckpoint request;
    try {
      request =
          AddCheckpoint.parse(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      LOG.warn("refused: not UTF-8");
      return Reply.text(400, "malformed");
    } catch (IllegalArgumentException e) {
      LOG.warn("refused: {}", Texts.excerpt(String.valueOf(e.getMessage())));
      return Reply.text(400, "malformed");
    }
    return switch (desk.add(request)) {
      case WitnessDesk.Answer.Refused(WitnessDecision.Refusal why) -> refused(why, request);
      case WitnessDesk.Answer.NotKept(String why) -> {
        LOG.error("cosigned nothing, since it could not be kept: {}", why);
        yield Reply.text(503, "try again");
      }
      case WitnessDesk.Answer.Cosigned(var checkpoint) -> {
        LOG.debug("cosigned {} at {}", request.origin(), checkpoint.signed().checkpoint().size());
        yield new Reply(200, TEXT, checkpoint.lines());
      }
    };
  }

  /// The one place where decisions become statuses.
  private static Reply refused(WitnessDecision.Refusal decision, AddCheckpoint request) {
    String origin = Texts.excerpt(request.origin());
    return switch (decision) {
      case WitnessDecision.Malformed(String why) -> {
        LOG.warn("refused for {}: {}", origin, Texts.excerpt(why));
        yield Reply.text(400, "malformed");
      }
      case WitnessDecision.UnknownLog _ -> {
        LOG.warn("refused: no log is called {}", origin);
        yield Reply.text(404, "unknown log");
      }
      case WitnessDecision.NotSigned(String why) -> {
        LOG.warn("refused for {}: {}", origin, Texts.excerpt(why));
        yield Reply.text(403, "not signed by the log");
      }
      case WitnessDecision.OldBeyond(long old, long size) -> {
        LOG.warn("refused for {}: no proof leads from {} to {}", origin, old, size);
        yield Reply.text(400, "malformed");
      }
      case WitnessDecision.Elsewhere(long size) ->
          new Reply(409, AddCheckpoint.SIZE_TYPE, size + "\n");
      case WitnessDecision.Inconsistent(String why) -> {
        // The log's own key signed it, so somebody who has that key rewrites history.
        LOG.error(
            "{} signed what does not go on from what was cosigned ({}); refused:\n{}",
            origin,
            why,
            Texts.printable(request.note()));
        yield Reply.text(422, "inconsistent");
      }
    };
  }
}

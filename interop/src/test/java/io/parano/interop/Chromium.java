package io.parano.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The machine's Chromium, spoken to in the DevTools protocol over the JDK's own WebSocket: a
/// handful of commands need no library and nothing from npm.
final class Chromium implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int PATIENCE = 20;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting;
  private final AtomicInteger last = new AtomicInteger();

  private Chromium(
      Process process, WebSocket socket, Map<Integer, CompletableFuture<JsonNode>> waiting) {
    this.process = process;
    this.socket = socket;
    this.waiting = waiting;
  }

  /// Where it is installed; empty when it is not.
  static Optional<Path> find() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param profile an empty folder of its own
  static Chromium start(Path binary, Path profile) throws IOException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", profile.toString());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(process, profile), new Ear(waiting))
            .join();
    return new Chromium(process, socket, waiting);
  }

  /// A window with nothing of any other: cookies, storage and security keys are its own.
  Page page() {
    String context =
        call("Target.createBrowserContext", JSON.createObjectNode(), null)
            .get("browserContextId")
            .asString();
    ObjectNode target = JSON.createObjectNode();
    target.put("url", "about:blank").put("browserContextId", context);
    target.put("width", 1000).put("height", 760);
    ObjectNode attach = JSON.createObjectNode();
    attach.put("targetId", call("Target.createTarget", target, null).get("targetId").asString());
    attach.put("flatten", true);
    return new Page(this, call("Target.attachToTarget", attach, null).get("sessionId").asString());
  }

  /// One command; throws [IllegalStateException] with what the browser answers to a wrong one.
  JsonNode call(String method, ObjectNode parameters, @Nullable String session) {
    int id = last.incrementAndGet();
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id).put("method", method).set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    synchronized (socket) {
      socket.sendText(message.toString(), true).join();
    }
    try {
      JsonNode came = answer.get(PATIENCE, TimeUnit.SECONDS);
      if (came.has("error")) {
        throw new IllegalStateException(method + ": " + came.get("error"));
      }
      return came.get("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " was not answered", e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// The browser writes its port into its profile once it listens.
  private static URI address(Process process, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    for (int tries = 0; tries < 400 && process.isAlive(); tries++) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() == 2) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    throw new IOException(
        "Chromium did not start: " + Files.readString(profile.resolve("chromium.log")));
  }

  /// Puts the pieces of each message together and hands answers to who waits for them.
  private static final class Ear implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting;
    private final StringBuilder pieces = new StringBuilder();

    Ear(Map<Integer, CompletableFuture<JsonNode>> waiting) {
      this.waiting = waiting;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean end) {
      pieces.append(data);
      if (end) {
        JsonNode message = JSON.readTree(pieces.toString());
        pieces.setLength(0);
        if (message.has("id")) {
          CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
          if (answer != null) {
            answer.complete(message);
          }
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      waiting.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}

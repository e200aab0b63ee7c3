package io.parano.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.parano.testkit.FreePort;
import io.parano.testkit.JavaCommand;
import io.parano.testkit.Signal;
import io.parano.testkit.TlsAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Door and authority as processes of their own. What a proxy is told is 401: sign in. */
@Tag("slow")
class RolesProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SIGN_IN = 401;
  private static final int UNAVAILABLE = 503;
  private static final String CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private Installation installation = new Installation(Path.of(""), 0, 0);
  private Path doorFolder = Path.of("");
  private List<String> doorsPapers = List.of();
  private List<String> authoritysPapers = List.of();
  private int between;

  @BeforeEach
  void begin() throws IOException {
    installation = Installation.begun(folder.resolve("parano"));
    doorFolder = Files.createDirectory(folder.resolve("door"));
    Files.copy(installation.file(), doorFolder.resolve("parano.yaml"));
    OtherDoor.secret(
        doorFolder.resolve("front.secret"),
        Files.readString(installation.folder().resolve("front.secret")).strip());
  }

  private List<String> overSocket(String role) {
    return List.of(
        "--between",
        folder.resolve("between").toString(),
        "--peer",
        System.getProperty("user.name"));
  }

  /** Each knows the other by the name in its certificate. */
  private List<String> overTls(String role) {
    List<String> options = new ArrayList<>(List.of("--between", "127.0.0.1:" + between));
    options.addAll(role.equals("door") ? doorsPapers : authoritysPapers);
    return options;
  }

  private static List<String> papers(TlsAuthority vouching, TlsAuthority.Made own, String peer) {
    return List.of(
        "--peer",
        peer,
        "--certificate",
        own.certificate().toString(),
        "--key",
        own.key().toString(),
        "--ca",
        vouching.certificate().toString());
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void door_authorityStoppedAndKilled_refusesInTimeAndComesBack() throws Exception {
    stoppedAndKilled(this::overSocket);
  }

  @Test
  void doorOverTls_authorityStoppedAndKilled_refusesInTimeAndComesBack() throws Exception {
    TlsAuthority vouching = TlsAuthority.in(folder, "vouching");
    String door = "door.parano.test";
    String authority = "authority.parano.test";
    doorsPapers = papers(vouching, vouching.certify(door), authority);
    authoritysPapers = papers(vouching, vouching.certify(authority), door);
    between = FreePort.next();
    stoppedAndKilled(this::overTls);
  }

  private void stoppedAndKilled(Function<String, List<String>> options) throws Exception {
    Process authority = start("authority", options);
    Process door = start("door", options);
    assertThat(until(SIGN_IN)).isEqualTo(SIGN_IN);

    Signal.send("STOP", authority);
    long stopped = System.nanoTime();
    assertThat(ask()).isEqualTo(UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(5));
    Signal.send("CONT", authority);
    assertThat(until(SIGN_IN)).isEqualTo(SIGN_IN);

    Signal.send("KILL", authority);
    assertThat(authority.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ask()).isEqualTo(UNAVAILABLE);
    Process second = start("authority", options);
    assertThat(until(SIGN_IN)).isEqualTo(SIGN_IN);

    for (Process one : List.of(door, second)) {
      Signal.send("TERM", one);
      assertThat(one.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(one.exitValue()).isEqualTo(ExitCode.DONE);
    }
  }

  /** The authority's twin has them open: what is looked for can be seen. */
  @Test
  void door_serving_hasNoKeyAndNoDatabaseOpen() throws Exception {
    Process authority = start("authority", this::overSocket);
    Process door = start("door", this::overSocket);
    assertThat(until(SIGN_IN)).isEqualTo(SIGN_IN);
    String data = installation.folder().resolve("data").toString();

    assertThat(open(authority)).anyMatch(file -> file.startsWith(data));
    assertThat(open(door))
        .isNotEmpty()
        .noneMatch(file -> file.startsWith(data) || file.endsWith("keyset"));
  }

  /** What a client says of a trace goes through the proxy, and is nobody's word here. */
  @Test
  void trace_begunInTheDoor_goesOnInTheAuthorityAndIsNoClients() throws Exception {
    BlockingQueue<Json> spans = new LinkedBlockingQueue<>();
    HttpServer collector = collector(spans);
    try {
      String traces =
          "\ntraces: { collector: 'http://127.0.0.1:%d/v1/traces' }\n"
              .formatted(collector.getAddress().getPort());
      for (Path file : List.of(installation.file(), doorFolder.resolve("parano.yaml"))) {
        Files.writeString(file, Files.readString(file) + traces);
      }
      start("authority", this::overSocket);
      start("door", this::overSocket);
      assertThat(until(SIGN_IN)).isEqualTo(SIGN_IN);

      Map<String, Json> doors = new HashMap<>();
      Json continued = null;
      while (continued == null) {
        Json span = Objects.requireNonNull(spans.poll(20, TimeUnit.SECONDS), "too few spans");
        assertThat(span.text("traceId")).isNotEqualTo(CLIENTS_TRACE);
        if (span.text("name").equals("authority")) {
          continued = span;
        } else {
          doors.put(span.text("spanId"), span);
        }
      }
      String parent = continued.text("parentSpanId");
      while (!doors.containsKey(parent)) {
        Json span = Objects.requireNonNull(spans.poll(20, TimeUnit.SECONDS), "no parent");
        doors.put(span.text("spanId"), span);
      }
      Json begun = Objects.requireNonNull(doors.get(parent));
      assertThat(begun.text("name")).isEqualTo("forward-auth");
      assertThat(continued.text("traceId")).isEqualTo(begun.text("traceId"));
    } finally {
      collector.stop(0);
    }
  }

  private static HttpServer collector(BlockingQueue<Json> spans) throws IOException {
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          Json whole = Json.read(sent).list("resourceSpans").getFirst();
          spans.addAll(whole.list("scopeSpans").getFirst().list("spans"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    return collector;
  }

  private static List<String> open(Process process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.map(RolesProcessTest::target).toList();
    }
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /** Asks until the answer is `status`. */
  private int until(int status) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int answer = ask();
    while (answer != status && System.nanoTime() < end) {
      answer = ask();
    }
    return answer;
  }

  /** The answer to a proxy's question; 0 while nobody listens. */
  private int ask() throws IOException, InterruptedException {
    String secret = Files.readString(installation.folder().resolve("front.secret")).strip();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:" + installation.door() + "/api/authz/auth-request"))
                  .header("Parano-Proxy", secret)
                  .header("X-Original-URL", "http://app.localhost:8080/")
                  .header("X-Original-Method", "GET")
                  .header("X-Forwarded-For", "127.0.0.1")
                  .header("traceparent", "00-" + CLIENTS_TRACE + "-b7ad6b7169203331-01")
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (java.net.ConnectException nobodyThere) {
      return 0;
    }
  }

  private Process start(String role, Function<String, List<String>> options) throws IOException {
    boolean door = role.equals("door");
    List<String> command =
        JavaCommand.of(
            Main.class.getName(),
            "serve",
            "--allow-root",
            "--config",
            (door ? doorFolder.resolve("parano.yaml") : installation.file()).toString(),
            "--role",
            role);
    command.addAll(options.apply(role));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(role + started.size()).toFile())
            .start();
    started.add(process);
    return process;
  }
}

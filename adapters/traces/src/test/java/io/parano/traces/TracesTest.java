package io.parano.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.parano.kernel.Tracing;
import io.parano.kernel.Tracing.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against a collector that reads OTLP in JSON.
class TracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final LinkedBlockingQueue<JsonNode> spans = new LinkedBlockingQueue<>();
  private HttpServer collector;
  private Traces traces;

  @BeforeEach
  void open() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          JsonNode sent = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
          sent.get("resourceSpans")
              .get(0)
              .get("scopeSpans")
              .get(0)
              .get("spans")
              .forEach(spans::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    traces = to(100);
  }

  @AfterEach
  void close() {
    traces.close();
    collector.stop(0);
  }

  private Traces to(int share) {
    return Traces.to(
        URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces"),
        share,
        InstantSource.system());
  }

  private Map<String, JsonNode> arrived(int count) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    while (all.size() < count) {
      all.add(Objects.requireNonNull(spans.poll(20, TimeUnit.SECONDS), "too few spans"));
    }
    return all.stream()
        .collect(Collectors.toMap(span -> span.get("name").asString(), span -> span));
  }

  private Span begun(String name, String parent) {
    return Objects.requireNonNull(traces.request(name, parent));
  }

  @Test
  void request_withSteps_isATreeAtTheCollector() throws Exception {
    Span request = Objects.requireNonNull(traces.request("web", null));
    String answer =
        request.within(() -> {
          Span step = Objects.requireNonNull(traces.step("commit"));
          step.end("done");
          return "answered";
        });
    request.tell("http.route", "/sign-in");
    request.end(answer);
    request.end("twice");

    Map<String, JsonNode> found = arrived(2);
    JsonNode web = Objects.requireNonNull(found.get("web"));
    JsonNode commit = Objects.requireNonNull(found.get("commit"));
    assertThat(web.get("traceId").asString()).hasSize(32).isEqualTo(text(commit, "traceId"));
    assertThat(web.has("parentSpanId")).isFalse();
    assertThat(text(commit, "parentSpanId")).isEqualTo(text(web, "spanId")).hasSize(16);
    assertThat(Long.parseLong(text(web, "endTimeUnixNano")))
        .isGreaterThanOrEqualTo(Long.parseLong(text(web, "startTimeUnixNano")));
    assertThat(web.get("attributes").toString()).contains("/sign-in").contains("answered");
    assertThat(traces.gauges()).contains("parano_trace_spans_dropped_total 0");
  }

  private static String text(JsonNode span, String field) {
    return span.get(field).asString();
  }

  @Test
  void step_outsideOfARequest_isNone() {
    assertThat(traces.step("commit")).isNull();
  }

  @Test
  void carrying_toAnotherThread_staysPartOfTheRequest() throws Exception {
    Span request = begun("web", "");
    Runnable work =
        request.within(
            () -> traces.carrying(() -> Objects.requireNonNull(traces.step("later")).end("done")));
    Thread other = Thread.ofPlatform().start(work);
    other.join();
    request.end("answered");
    Map<String, JsonNode> found = arrived(2);
    assertThat(text(Objects.requireNonNull(found.get("later")), "parentSpanId"))
        .isEqualTo(text(Objects.requireNonNull(found.get("web")), "spanId"));
  }

  @Test
  void request_inTheTraceOfAProxy_continuesItAndFollowsItsChoice() throws Exception {
    begun("sampled", "00-" + TRACE + "-" + SPAN + "-01").end("done");
    JsonNode span = Objects.requireNonNull(arrived(1).get("sampled"));
    assertThat(text(span, "traceId")).isEqualTo(TRACE);
    assertThat(text(span, "parentSpanId")).isEqualTo(SPAN);

    assertThat(traces.request("unsampled", "00-" + TRACE + "-" + SPAN + "-00")).isNull();
  }

  @Test
  void read_whatIsNoTraceParent_isNone() {
    assertThat(TraceParent.read("00-" + TRACE + "-" + SPAN + "-01")).isNotNull();
    for (String wrong :
        List.of(
            "",
            "01-" + TRACE + "-" + SPAN + "-01",
            "00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + SPAN + "-01",
            "00-" + "0".repeat(32) + "-" + SPAN + "-01",
            "00-" + TRACE + "-" + "0".repeat(16) + "-01",
            "00-" + TRACE + "-" + SPAN + "-01-more")) {
      assertThat(TraceParent.read(wrong)).as(wrong).isNull();
    }
  }

  @Test
  void request_sampled_isAboutTheShare() {
    try (Traces some = to(10)) {
      int looked = 0;
      for (int i = 0; i < 10_000; i++) {
        looked += some.request("web", null) == null ? 0 : 1;
      }
      assertThat(looked).isBetween(700, 1_300);
    }
  }

  /// Nobody waits for a collector that is not there, and what is dropped is counted.
  @Test
  void end_collectorAway_costsNothingAndIsCounted() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (Traces lost =
        Traces.to(
            URI.create("http://127.0.0.1:" + port + "/v1/traces"), 100, InstantSource.system())) {
      long start = System.nanoTime();
      for (int i = 0; i < 3 * Exporter.QUEUE; i++) {
        Objects.requireNonNull(lost.request("web", null)).end("done");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(lost.gauges()).doesNotContain("dropped_total 0").contains("sent_total 0");
    }
  }

  /// One that takes connections and never answers holds nobody up either, its end included.
  @Test
  void end_collectorSilent_costsNothingAndIsCounted() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Traces held =
          Traces.to(
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces"),
              100,
              InstantSource.system());
      long start = System.nanoTime();
      for (int i = 0; i < 3 * Exporter.QUEUE; i++) {
        Objects.requireNonNull(held.request("web", null)).end("done");
      }
      held.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(held.gauges()).doesNotContain("dropped_total 0").contains("sent_total 0");
    }
  }

  @Test
  void close_whatIsLeft_isSent() throws Exception {
    begun("web", "").end("done");
    traces.close();
    assertThat(arrived(1)).containsKey("web");
    assertThat(traces.gauges()).contains("sent_total 1").contains("dropped_total 0");
  }

  @Test
  void end_withAFault_isAnError() throws Exception {
    begun("web", "").end(Tracing.FAILED);
    JsonNode span = Objects.requireNonNull(arrived(1).get("web"));
    assertThat(span.get("status").get("code").asInt()).isEqualTo(2);
  }

  @Test
  void off_nobodyLooks() {
    assertThat(Tracing.OFF.request("web", null)).isNull();
    assertThat(Tracing.OFF.step("commit")).isNull();
  }
}

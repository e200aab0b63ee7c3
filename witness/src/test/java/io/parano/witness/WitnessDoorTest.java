package io.parano.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.AddCheckpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The statuses of C2SP tlog-witness over a raw socket, and what comes from those who do not keep
/// to it.
class WitnessDoorTest {
  private static final TestKey LOG = WitnessContract.LOG;

  @TempDir private Path folder;
  private final TestLog log = new TestLog(LOG).grow(30, "honest");
  private int port;
  private AutoCloseable running = () -> {};

  @BeforeEach
  void open() {
    WitnessProgram program = new WitnessOnDisk(folder, LOG).start(() -> WitnessContract.NOW);
    running = program;
    port = program.address().getPort();
  }

  @AfterEach
  void close() throws Exception {
    running.close();
  }

  @Test
  void add_everyClause_hasItsStatus() throws IOException {
    assertThat(add(log.request(0, 10))).startsWith("HTTP/1.1 200 ");
    assertThat(add("old ten\n\n" + log.note(20))).startsWith("HTTP/1.1 400 ");
    assertThat(add(new AddCheckpoint(21, List.of(), log.note(20)))).startsWith("HTTP/1.1 400 ");
    assertThat(add(new TestLog(TestKey.of(LOG.name())).grow(20, "x").request(10, 20)))
        .startsWith("HTTP/1.1 403 ");
    assertThat(add(new TestLog(TestKey.of("stranger")).grow(20, "x").request(0, 20)))
        .startsWith("HTTP/1.1 404 ");
    assertThat(add(log.request(5, 20)))
        .startsWith("HTTP/1.1 409 ")
        .containsIgnoringCase("content-type: text/x.tlog.size\r\n")
        .endsWith("\r\n\r\n10\n");
    assertThat(add(log.copyOf(5).grow(20, "forged").request(10, 20))).startsWith("HTTP/1.1 422 ");
    assertThat(add(log.request(10, 20)))
        .startsWith("HTTP/1.1 200 ")
        .contains("\r\n\r\n— witness.example ");
  }

  @Test
  void latest_isTheCheckpointUnderBothSignatures() throws IOException {
    String path = AddCheckpoint.latestPath(LOG.name());
    assertThat(ask("GET " + path + " HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 404 ");
    add(log.request(0, 10));
    assertThat(ask("GET " + path + " HTTP/1.1\r\n", ""))
        .startsWith("HTTP/1.1 200 ")
        .contains("\r\n\r\n" + log.note(10) + "— witness.example ");
    assertThat(ask("GET /" + "0".repeat(64) + "/checkpoint HTTP/1.1\r\n", ""))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void ask_otherwise_isRefusedAndTheNextIsServed() throws IOException {
    assertThat(ask("GET /add-checkpoint HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 405 ");
    assertThat(ask("DELETE / HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 405 ");
    assertThat(ask("GET / HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 404 ");
    assertThat(ask("nonsense\r\n", "")).startsWith("HTTP/1.1 400 ");
    assertThat(add("x".repeat(WitnessDoor.LONGEST + 1))).startsWith("HTTP/1.1 413 ");
    assertThat(add("x".repeat(WitnessDoor.LONGEST))).startsWith("HTTP/1.1 400 ");
    byte[] latin = "old 0\n\né\n".getBytes(ISO_8859_1);
    assertThat(post(latin)).startsWith("HTTP/1.1 400 ");
    assertThat(add(log.request(0, 10))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  @Tag("slow")
  void ask_slowly_losesTheConnectionAndOthersAreServed() throws IOException {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
      slow.setSoTimeout((WitnessDoor.PATIENCE_SECONDS + 10) * 1000);
      slow.getOutputStream()
          .write(
              "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 500\r\n\r\nold"
                  .getBytes(UTF_8));
      assertThat(add(log.request(0, 10))).startsWith("HTTP/1.1 200 ");
      // Whatever it says, if anything: then it closes.
      String said = new String(slow.getInputStream().readAllBytes(), UTF_8);
      assertThat(said).doesNotContain(" 200 ");
    }
    assertThat(add(log.request(10, 20))).startsWith("HTTP/1.1 200 ");
  }

  private String add(AddCheckpoint request) throws IOException {
    return add(request.text());
  }

  private String add(String body) throws IOException {
    return post(body.getBytes(UTF_8));
  }

  private String post(byte[] body) throws IOException {
    return ask("POST /add-checkpoint HTTP/1.1\r\nContent-Length: " + body.length + "\r\n", body);
  }

  private String ask(String head, String body) throws IOException {
    return ask(head, body.getBytes(UTF_8));
  }

  private String ask(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((head + "Host: w\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      socket.getOutputStream().write(body);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}

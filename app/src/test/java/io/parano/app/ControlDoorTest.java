package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Lever;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control socket, from well-behaved operators and from others. */
class ControlDoorTest {
  @TempDir private Path folder;
  private Path socket = Path.of("");
  private ControlDoor door;

  private static final class Recorded implements Control {
    @Override
    public Status status() {
      return new Status("ready", Instant.EPOCH, 3, 5, 2, 7, 11, 0, List.of(), false, 4, "none");
    }

    @Override
    public Lever.Report cut(String order, String because, String operator) {
      if (!order.equals("person:alice")) {
        throw new IllegalArgumentException("nobody on the staff is called \"" + order + "\"");
      }
      return new Lever.Report(2, List.of(new Lever.Acknowledged("web", Duration.ofNanos(5000), 2)));
    }
  }

  @BeforeEach
  void open() throws IOException {
    socket = folder.resolve("run/control");
    door = ControlDoor.open(socket, new Recorded());
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void open_socketAndFolder_areTheOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
        .isEqualTo("rwx------");
  }

  @Test
  void status_isTold() throws IOException {
    assertThat(ask("status\n"))
        .contains("\"outcome\":\"done\"", "\"readiness\":\"ready\"", "\"sessions\":7");
  }

  @Test
  void cut_knownPerson_isDoneAndAnUnknownOneRefused() throws IOException {
    assertThat(ask("cut\tperson:alice\tlost laptop\n"))
        .contains(
            "\"outcome\":\"done\"",
            "\"sessionsEnded\":2",
            "{\"door\":\"web\",\"micros\":5,\"ended\":2}");
    assertThat(ask("cut\tperson:eve\tlost laptop\n"))
        .contains("\"outcome\":\"refused\"", "nobody on the staff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "reopen\tperson:alice\n",
        "cut\n",
        "cut\ta\tb\tc\n",
        "STATUS\n",
        "\u0000\n"
      })
  void serve_anythingElse_isRefusedAndTheNextIsServed(String hostile) throws IOException {
    assertThat(ask(hostile)).contains("\"outcome\":\"refused\"");
    assertThat(ask("status\n")).contains("\"outcome\":\"done\"");
  }

  @Test
  void serve_moreThanALine_isRefused() throws IOException {
    assertThat(ask("s".repeat(ControlDoor.LONGEST))).contains("\"outcome\":\"refused\"");
    assertThat(ask("status\n")).contains("\"outcome\":\"done\"");
  }

  @Test
  void serve_manyThatSayNothing_leaveRoomWhenTheyGo() throws IOException {
    for (int i = 0; i < 64; i++) {
      SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
    }
    String answer = "";
    for (int i = 0; i < 200 && answer.isEmpty(); i++) {
      answer = ask("status\n");
    }
    assertThat(answer).contains("\"outcome\":\"done\"");
  }

  private String ask(String request) throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      connection.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      connection.shutdownOutput();
      ByteBuffer answer = ByteBuffer.allocate(8192);
      while (connection.read(answer) >= 0) {
        // until the door closes
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}

package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.ssh.JumpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strangers can do at the jump host's port. A real `ssh -J` gets through beside it each time,
/// so that nothing there shuts out who may come.
@Tag("slow")
class JumpFloodTest {
  private static final int FROM_ONE_PLACE = 3;
  private static final JumpConfig.Limits FEW =
      new JumpConfig.Limits(8, FROM_ONE_PLACE, Duration.ofSeconds(8), Duration.ofSeconds(10), 4);
  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] VERSION = "SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path folder;
  private static @Nullable Bastion shared;
  private final Deque<Socket> opened = new ArrayDeque<>();

  @BeforeAll
  static void begin() throws Exception {
    assumeTrue(Bastion.possible(), "no sshd here, or not root");
    shared = new Bastion(folder, "", FEW);
  }

  @AfterAll
  static void end() {
    if (shared != null) {
      shared.close();
    }
  }

  @BeforeEach
  void room() throws Exception {
    through();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
  }

  private static Bastion bastion() {
    return Objects.requireNonNull(shared);
  }

  @Test
  void connections_moreThanOnePlaceMayHave_areClosedUnreadAndOthersAreServed() throws Exception {
    for (int i = 0; i < FROM_ONE_PLACE; i++) {
      assertThat(isServed(connected("127.0.66.6"))).isTrue();
    }
    assertThat(isServed(connected("127.0.66.6"))).isFalse();
    assertThat(isServed(connected("127.0.66.7"))).isTrue();
    through();

    for (Socket socket : opened) {
      socket.close();
    }
    long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (!isServed(connected("127.0.66.6"))) {
      assertThat(System.nanoTime()).as("a place is free again").isLessThan(end);
    }
  }

  @Test
  void connections_thatSayNothing_loseTheirPlacesInTime() throws Exception {
    for (String place : List.of("127.0.66.6", "127.0.66.7", "127.0.66.8")) {
      for (int i = 0; i < FROM_ONE_PLACE; i++) {
        connected(place);
      }
    }
    assertThat(isServed(connected(Office.DESK))).as("there is room").isFalse();
    for (Socket socket : opened) {
      ended(socket);
    }
    through();
  }

  @Test
  void garbage_endsItsConnectionAndNoOther() throws Exception {
    byte[] noise = new byte[64 * 1024];
    new Random(4253).nextBytes(noise);
    byte[] endless = new byte[1 << 20];
    Arrays.fill(endless, (byte) 'a');
    byte[] huge = Arrays.copyOf(VERSION, VERSION.length + 4);
    Arrays.fill(huge, VERSION.length, huge.length, (byte) 0x7f);
    byte[] afterwards = Arrays.copyOf(VERSION, VERSION.length + noise.length);
    System.arraycopy(noise, 0, afterwards, VERSION.length, noise.length);
    Process alice = Bastion.stay(folder);
    try {
      for (byte[] garbage : List.of(noise, endless, huge, afterwards)) {
        Socket socket = connected("127.0.66.9");
        try {
          socket.getOutputStream().write(garbage);
        } catch (IOException e) {
          // It hung up in the middle.
        }
        ended(socket);
        socket.close();
      }
      assertThat(alice.isAlive()).isTrue();
      through();
    } finally {
      alice.destroyForcibly();
    }
  }

  private static void through() throws IOException {
    assertThat(bastion().ssh("core1", "echo came-in")).endsWith("came-in\n");
  }

  private Socket connected(String from) throws IOException {
    Socket socket = new Socket();
    opened.push(socket);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), bastion().jumpPort()),
        PATIENCE_MILLIS);
    return socket;
  }

  /// Whether it says what it is.
  private static boolean isServed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == 'S';
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  /// Throws [SocketTimeoutException] when it does not end in time.
  private static void ended(Socket socket) throws IOException {
    try {
      var _ = socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // A reset ends as well.
    }
  }
}

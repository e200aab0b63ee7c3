package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.Bytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The helper's socket, as whoever comes to it meets it.
class GatehouseTest {
  private static final String OWN = System.getProperty("user.name");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Clock clock = new Clock();
  private final PaperWireGuard wireGuard = new PaperWireGuard();
  private Path socket = Path.of("");
  private @Nullable Gatehouse helper;

  @BeforeEach
  void open() throws IOException {
    socket = folder.resolve("helper.sock");
    helper = open(OWN);
  }

  @AfterEach
  void close() {
    if (helper != null) {
      helper.close();
    }
  }

  private Gatehouse open(String user) throws IOException {
    Gatekeeper keeper =
        new Gatekeeper(
            wireGuard, new PaperWall(clock), Sample.NETWORKS, Sample.LONGEST, clock, clock);
    return Gatehouse.open(socket, user, keeper);
  }

  private String say(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return new String(
        Exchange.ask(socket, bytes, Exchange.Whole.AT_END, AnswerText.LONGEST, LONG),
        StandardCharsets.ISO_8859_1);
  }

  private String put(int number) {
    return new String(
        OrderText.write(new Order.Put(clock.instant(), Sample.peer(number), Sample.secret(number))),
        StandardCharsets.US_ASCII);
  }

  @Test
  void orders_ofItsUser_areAnsweredEachOnAConnection() throws IOException {
    assertThat(say(put(1))).isEqualTo("done 0\n");
    assertThat(say("list\n")).isEqualTo("done 1\n" + OrderText.written(Sample.peer(1)) + "\n");
    assertThat(say("remove " + OrderText.base64(Sample.key(1)) + "\n")).isEqualTo("done 0\n");
    assertThat(say("list\n")).isEqualTo("done 0\n");
  }

  @Test
  void orders_ofAnotherUser_areNotHeard() throws IOException {
    assumeTrue(OWN.equals("root"), "only root can make a socket somebody else's");
    close();
    helper = open("nobody");

    assertThat(isHeard("list\n")).isFalse();
    assertThat(isHeard(put(1))).isFalse();
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void socket_isItsUsersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(Files.getOwner(socket).getName()).isEqualTo(OWN);
  }

  @Test
  void garbage_isRefusedAndTheNextIsServed() throws IOException {
    byte[] noise = new byte[1_000];
    Arrays.fill(noise, (byte) 0xff);
    assertThat(say(new String(noise, StandardCharsets.ISO_8859_1) + "\n"))
        .isEqualTo("refused malformed\n");
    assertThat(say("list")).isEmpty();
    assertThat(say("list\nlist\n")).isEqualTo("refused malformed\n");

    assertThat(say("list\n")).isEqualTo("done 0\n");
  }

  @Test
  void endlessLine_isCutOffAndTheNextIsServed() throws IOException {
    assertThat(isHeard("a".repeat(OrderText.LONGEST + 5_000))).isFalse();
    assertThat(say("list\n")).isEqualTo("done 0\n");
  }

  private boolean isHeard(String line) {
    try {
      return !say(line).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /// Both wait: who says nothing loses the connection, and who came later has their answer.
  @Test
  void slowSender_losesTheConnection() throws Exception {
    try (SocketChannel slow = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      slow.connect(UnixDomainSocketAddress.of(socket));
      slow.write(ByteBuffer.wrap("li".getBytes(StandardCharsets.US_ASCII)));
      FutureTask<String> next = started(() -> say("list\n"));

      assertThat(slow.read(ByteBuffer.allocate(16))).isNegative();
      assertThat(next.get()).isEqualTo("done 0\n");
    }
  }

  private static <T> FutureTask<T> started(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void close_leavesPeersForTheNextHelper() throws IOException {
    say(put(1));
    close();
    assertThat(Files.exists(socket)).isFalse();
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));

    helper = open(OWN);
    Order renewal = new Order.Renew(clock.instant(), List.of(Sample.peer(1)));
    assertThat(say(Bytes.of(OrderText.write(renewal)))).isEqualTo("done 0\n");
  }

  private String say(Bytes line) throws IOException {
    return say(new String(line.copy(), StandardCharsets.US_ASCII));
  }
}

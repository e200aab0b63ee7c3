package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Lever;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.OwnRequest;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import io.parano.testkit.FreePort;
import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed in the middle of a cut: after its record, before the VPN server has
/// ended the tunnel. The test is that VPN server.
@Tag("slow")
class CutKilledTest {
  private static final SharedSecret SHARED =
      SharedSecret.of(Secret.ofText("a secret of this test"));
  private static final String STATION = "198.51.100.7";
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        homes: [198.51.100.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: vpn-1, server: vpn-1, groups: [staff], zones: [homes] }
      """;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private DatagramSocket vpn = unbound();
  private int access;

  private static DatagramSocket unbound() {
    try {
      return new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws IOException {
    vpn.setSoTimeout(PATIENCE_MILLIS);
    access = FreePort.next();
  }

  @AfterEach
  void close() throws InterruptedException {
    vpn.close();
    for (Process process : started) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void kill_betweenTheRecordAndTheVpnServersWord_isCompletedAtTheNextStart() throws Exception {
    Victim first = new Victim("first");
    String[] otps = first.said("otps ").split(" ", -1);
    assertThat(login(otps[0]).code()).isEqualTo(Code.ACCESS_ACCEPT);

    first.tell("cut");
    assertThat(disconnecting().packet().code()).isEqualTo(Code.DISCONNECT_REQUEST);
    first.kill();
    forgetWhatTheFirstRepeated();
    Victim second = new Victim("again");

    assertThat(second.said("tunnels ")).as("to be told of").isEqualTo("1");
    Request told = disconnecting();
    assertThat(told.packet().text(Type.USER_NAME)).hasValue("root");
    answer(told);
    answerWhatIsRepeated();
    second.tell("await");
    assertThat(second.said("acknowledged ")).isEqualTo("true");
    assertThat(login(otps[1]).code()).as("what was cut").isEqualTo(Code.ACCESS_REJECT);
  }

  /// The twin: the VPN server had answered.
  @Test
  void kill_afterTheVpnServersWord_leavesNothingToTell() throws Exception {
    Victim first = new Victim("first");
    String[] otps = first.said("otps ").split(" ", -1);
    assertThat(login(otps[0]).code()).isEqualTo(Code.ACCESS_ACCEPT);

    first.tell("cut");
    answer(disconnecting());
    assertThat(first.said("silent ")).isEqualTo("[]");
    first.kill();
    Victim second = new Victim("again");

    assertThat(second.said("tunnels ")).isEqualTo("0");
    assertThat(login(otps[1]).code()).isEqualTo(Code.ACCESS_REJECT);
  }

  private Packet login(String otp) throws IOException {
    OwnRequest request =
        OwnRequest.asking(
            Code.ACCESS_REQUEST,
            1,
            List.of(
                Attribute.of(Type.USER_NAME, "root"),
                Attribute.of(Type.NAS_IDENTIFIER, "vpn-1"),
                Attribute.of(Type.CALLING_STATION_ID, STATION)),
            Secret.ofText(Staffed.PASSWORD + "root" + otp),
            SHARED,
            new SecureRandom()::nextBytes);
    try (DatagramSocket socket = unbound()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      byte[] octets = request.octets().copy();
      socket.send(
          new DatagramPacket(octets, octets.length, InetAddress.ofLiteral("127.0.0.1"), access));
      return packet(received(socket));
    }
  }

  private DatagramPacket last = new DatagramPacket(new byte[1], 1);

  /// The next Disconnect-Request that is genuine.
  private Request disconnecting() throws IOException {
    last = received(vpn);
    return switch (RequestCheck.check(packet(last), SHARED, Demand.MESSAGE_AUTHENTICATOR)) {
      case RequestCheck.Checked.Genuine(var request) -> request;
      case RequestCheck.Checked.Refused(var flaw) -> throw new AssertionError(flaw);
    };
  }

  private void answer(Request told) throws IOException {
    byte[] octets = told.answer(Code.DISCONNECT_ACK, List.of());
    vpn.send(new DatagramPacket(octets, octets.length, last.getSocketAddress()));
  }

  private void forgetWhatTheFirstRepeated() throws IOException {
    vpn.setSoTimeout(1);
    try {
      while (true) {
        var _ = received(vpn);
      }
    } catch (SocketTimeoutException nothingLeft) {
      vpn.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private void answerWhatIsRepeated() {
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          answer(disconnecting());
        }
      } catch (IOException over) {
        // The test is.
      }
    });
  }

  private static DatagramPacket received(DatagramSocket socket) throws IOException {
    DatagramPacket came = new DatagramPacket(new byte[Packet.MOST], Packet.MOST);
    socket.receive(came);
    return came;
  }

  private static Packet packet(DatagramPacket came) {
    return switch (Packet.read(Arrays.copyOf(came.getData(), came.getLength()))) {
      case PacketReading.Read(var packet) -> packet;
      case PacketReading.Malformed(var flaw) -> throw new AssertionError(flaw);
    };
  }

  /// The server in a process of its own.
  private final class Victim {
    private final Process process;
    private final BufferedReader says;

    Victim(String mode) throws IOException {
      process =
          TestStore.lend(
                  folder.resolve("parano"),
                  new ProcessBuilder(
                      JavaCommand.of(
                          CutKilledTest.class.getName(),
                          folder.resolve("parano").toString(),
                          mode,
                          Integer.toString(access),
                          Integer.toString(FreePort.next()),
                          Integer.toString(vpn.getLocalPort()))))
              .redirectError(folder.resolve(mode + ".log").toFile())
              .start();
      started.add(process);
      says =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The rest of the next line that begins so.
    String said(String beginning) throws IOException {
      String line = says.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = says.readLine();
      }
      if (line == null) {
        throw new AssertionError(Files.readString(folder.resolve("first.log")));
      }
      return line.substring(beginning.length());
    }

    void tell(String order) throws IOException {
      process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int[] ports = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    RadiusConfig radius =
        new RadiusConfig(
            at(ports[0]),
            at(ports[1]),
            List.of(
                new RadiusClient(
                    "vpn-1",
                    List.of(IpPrefix.parse("127.0.0.1/32")),
                    SHARED,
                    Demand.MESSAGE_AUTHENTICATOR,
                    at(ports[2]))),
            Language.EN);
    // The same one each time, as from a file.
    Keyset keyset = Keyset.fresh(Instant.parse("2026-01-01T00:00:00Z"), new Random(1)::nextBytes);
    boolean first = arguments[1].equals("first");
    Staffed staffed =
        new Staffed(Path.of(arguments[0]), first ? POLICY : null, radius, null, keyset);
    if (first) {
      staffed.admit("root");
      staffed.importToken("root");
      say("otps " + staffed.token.press() + " " + staffed.token.press());
    }
    var tunnels = staffed.server.gate().admitting();
    say("tunnels " + tunnels.tunnels().size());
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals("cut")) {
        var root = staffed.server.books().roster().named("root").orElseThrow();
        Lever.Report report =
            staffed
                .server
                .gate()
                .lever()
                .cut(
                    new Lever.Target.OnePerson(root.id()),
                    "drill",
                    new Lever.By(null, "control", "test"));
        say("silent " + report.silent());
      } else {
        say(
            "acknowledged "
                + staffed
                    .server
                    .books()
                    .await(books -> tunnels.tunnels().isEmpty(), Duration.ofSeconds(30)));
      }
    }
    staffed.close();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}

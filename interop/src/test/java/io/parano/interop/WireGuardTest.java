package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Door;
import io.parano.access.Peers;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.testkit.Signal;
import io.parano.vpn.WireGuardConfig;
import io.parano.vpn.WireGuardDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `parano vpn-helper` between two real wireguard-go interfaces and the kernel's packet filter. The
/// ruleset is judged by pings alone: what is closed does not answer.
@Tag("interop")
class WireGuardTest {
  private static final Path SHIPPED =
      Path.of("..", "packaging", "nftables", "parano-wireguard.nft");

  /// What is promised.
  private static final Duration CLOSED = Duration.ofSeconds(5);

  private final List<Peers.Peer> leases = new CopyOnWriteArrayList<>();
  @TempDir Path folder;
  private @Nullable TunnelLab opened;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(TunnelLab.missing().isEmpty(), () -> "missing: " + TunnelLab.missing());
    opened = TunnelLab.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
  }

  private TunnelLab lab() {
    return java.util.Objects.requireNonNull(opened);
  }

  private WireGuardDoor door() {
    WireGuardDoor door =
        new WireGuardDoor(new WireGuardConfig(lab().socket), InstantSource.system());
    door.open(() -> leases);
    return door;
  }

  private void arm(WireGuardDoor door, String secret) {
    Peers.Peer lease =
        new Peers.Peer(
            Bytes.of(Base64.getDecoder().decode(lab().deviceKey)),
            IpAddress.parse(TunnelLab.DEVICE),
            Instant.now().plusSeconds(600));
    leases.clear();
    leases.add(lease);
    assertThat(
            TunnelLab.awaited(
                Duration.ofSeconds(20),
                () -> put(door, lease, Secret.of(Base64.getDecoder().decode(secret)))))
        .isTrue();
  }

  /// A machine that is busy with other tests may be late.
  private static boolean put(WireGuardDoor door, Peers.Peer lease, Secret secret) {
    try {
      door.put(lease, secret);
      return true;
    } catch (Peers.Unavailable e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uapi", "wg"})
  void lease_armed_carriesAndNothingElseDoes(String way) throws Exception {
    String secret = lab().secret();
    lab().helper(way);
    lab().dial(secret);
    assertThat(lab().pings("2")).as("without a lease").isFalse();

    try (WireGuardDoor door = door()) {
      arm(door, secret);
      lab().dial(secret);
      assertThat(lab().reaches()).isTrue();
      assertThat(lab().pingsBack("2")).isTrue();

      lab().dial(lab().secret());
      assertThat(lab().pings("3")).as("under another secret").isFalse();
      lab().dial(secret);
      assertThat(lab().reaches()).isTrue();

      String fresh = lab().secret();
      arm(door, fresh);
      assertThat(lab().pings("2")).as("in a session of the lease before").isFalse();
      lab().dial(fresh);
      assertThat(lab().reaches()).isTrue();
    }
  }

  @Test
  void cut_endsWhatIsCarriedBeforeItReturns() throws Exception {
    String secret = lab().secret();
    lab().helper("uapi");
    try (WireGuardDoor door = door()) {
      arm(door, secret);
      lab().dial(secret);
      assertThat(lab().reaches()).isTrue();

      leases.clear();
      long begun = System.nanoTime();
      door.closed(Taken.NOTHING);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      assertThat(lab().pings("1")).isFalse();
      assertThat(lab().pingsBack("1")).isFalse();
      assertThat(lab().isPeer()).isFalse();

      arm(door, secret);
      lab().dial(secret);
      assertThat(lab().reaches()).isTrue();
    }
  }

  @Test
  void server_killed_closesWithinFiveSecondsAndGoesOnWithTheNext() throws Exception {
    String secret = lab().secret();
    lab().helper("uapi");
    Process server = lab().renewing(600, secret);
    lab().dial(secret);
    assertThat(lab().reaches()).isTrue();

    TunnelLab.kill(server);
    assertThat(lab().lastAnswer()).isLessThan(CLOSED);
    assertThat(lab().isPeer()).isTrue();

    lab().renewing(600);
    assertThat(lab().reaches()).isTrue();
  }

  @Test
  void server_stopped_closesWithinFiveSecondsAndGoesOnAfterwards() throws Exception {
    String secret = lab().secret();
    lab().helper("uapi");
    Process server = lab().renewing(600, secret);
    lab().dial(secret);
    assertThat(lab().reaches()).isTrue();

    Signal.send("STOP", server);
    assertThat(lab().lastAnswer()).isLessThan(CLOSED);

    Signal.send("CONT", server);
    assertThat(lab().reaches()).isTrue();
  }

  @Test
  void helper_killed_closesWithinFiveSecondsAndTheNextTakesItUp() throws Exception {
    String secret = lab().secret();
    Process helper = lab().helper("uapi");
    lab().renewing(600, secret);
    lab().dial(secret);
    assertThat(lab().reaches()).isTrue();

    TunnelLab.kill(helper);
    assertThat(lab().lastAnswer()).isLessThan(CLOSED);

    lab().helper("uapi");
    assertThat(lab().reaches()).isTrue();
  }

  @Test
  void helper_stopped_closesWithinFiveSecondsAndTheLeverSaysSo() throws Exception {
    String secret = lab().secret();
    Process helper = lab().helper("uapi");
    try (WireGuardDoor door = door()) {
      arm(door, secret);
      lab().dial(secret);
      assertThat(lab().reaches()).isTrue();

      Signal.send("STOP", helper);
      leases.clear();
      assertThatThrownBy(() -> door.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
      assertThat(lab().lastAnswer()).isLessThan(CLOSED);

      // What stood in line is not done any more, but for what takes away.
      Signal.send("CONT", helper);
      assertThat(TunnelLab.awaited(Duration.ofSeconds(10), () -> !lab().isPeer())).isTrue();
      assertThat(lab().pings("1")).isFalse();
    }
  }

  @Test
  void lease_overWhileTheServerIsDead_isTakenOff() throws Exception {
    String secret = lab().secret();
    lab().helper("uapi");
    Process server = lab().renewing(4, secret);
    lab().dial(secret);
    assertThat(lab().isPeer()).isTrue();

    TunnelLab.kill(server);
    assertThat(TunnelLab.awaited(Duration.ofSeconds(10), () -> !lab().isPeer())).isTrue();
  }

  /// As when somebody loads the machine's ruleset anew without ours.
  @Test
  void rules_tornDown_areThereAgainWithARound() throws Exception {
    String secret = lab().secret();
    lab().helper("uapi");
    Process server = lab().renewing(600, secret);
    lab().dial(secret);
    assertThat(lab().reaches()).isTrue();

    lab().flushRules();
    TunnelLab.kill(server);
    assertThat(lab().lastAnswer()).isLessThan(CLOSED);
  }

  @Test
  void rules_asShipped_letNobodyThroughBeforeTheHelper() throws Exception {
    String text =
        java.nio.file.Files.readString(SHIPPED)
            .replace("parano_wg0", "parano_" + lab().interfaceName())
            .replace("\"wg0\"", "\"" + lab().interfaceName() + "\"");
    lab().load(java.nio.file.Files.writeString(folder.resolve("rules.nft"), text));
    String before = lab().rules();
    String secret = lab().secret();
    lab().letByHand(secret);
    lab().dial(secret);
    assertThat(lab().pings("2")).isFalse();

    lab().flushRules();
    assertThat(lab().reaches()).as("without them").isTrue();
    lab().helper("uapi");
    assertThat(TunnelLab.awaited(Duration.ofSeconds(10), () -> !lab().isPeer())).isTrue();
    assertThat(lab().rules()).isEqualTo(before);
  }
}

package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Door;
import io.parano.access.Peers;
import io.parano.access.Taken;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server's side over a real socket, with a helper whose interface and packet filter are on
/// paper.
class WireGuardDoorTest {
  @TempDir Path folder;
  private final Clock clock = new Clock();
  private final PaperWireGuard wireGuard = new PaperWireGuard();
  private final PaperWall wall = new PaperWall(clock);
  private final List<Peers.Peer> leases = new CopyOnWriteArrayList<>();
  private Path socket = Path.of("");
  private @Nullable Gatehouse helper;
  private WireGuardDoor door;

  @BeforeEach
  void make() {
    socket = folder.resolve("helper.sock");
    door = door();
  }

  private WireGuardDoor door() {
    return new WireGuardDoor(new GatehouseLine(socket, Duration.ofMillis(900)), clock);
  }

  @AfterEach
  void close() {
    door.close();
    if (helper != null) {
      helper.close();
    }
  }

  private void startHelper() throws IOException {
    helper =
        Gatehouse.open(
            socket,
            System.getProperty("user.name"),
            new Gatekeeper(wireGuard, wall, Sample.NETWORKS, Sample.LONGEST, clock, clock));
  }

  private Peers.Peer leased(int number) {
    Standing peer = Sample.peer(number);
    Peers.Peer lease =
        new Peers.Peer(peer.publicKey(), peer.address(), clock.instant().plus(peer.life()));
    leases.add(lease);
    return lease;
  }

  private void let(int number) {
    door.put(leased(number), Sample.secret(9));
  }

  @Test
  void put_withALease_standsAndIsRenewed() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    clock.pass(Duration.ofSeconds(Wall.OPEN_SECONDS));
    assertThat(wall.open()).isEmpty();

    door.round(1);
    assertThat(wall.open()).containsExactly("10.88.0.1");
    assertThat(door.gauges()).contains("parano_wireguard_peers 1\n");
  }

  @Test
  void closed_leaseOver_endsItAndLeavesTheOthers() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    let(2);
    leases.removeFirst();
    assertThat(door.closed(Taken.NOTHING)).isEqualTo(1);

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(2));
    assertThat(wall.open()).containsExactly("10.88.0.2");
  }

  /// The door's own round and the lever may come at once.
  @Test
  void closed_roundWasThereBefore_countsWhatTheCutTookAndNoMore() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    let(2);
    leases.removeFirst();
    door.round(1);
    assertThat(door.closed(taken(1))).isEqualTo(1);
    assertThat(door.closed(taken(1))).isZero();

    leases.removeFirst();
    door.round(2);
    clock.pass(Duration.ofSeconds(2));
    assertThat(door.closed(taken(1))).as("long before").isZero();
  }

  private static Taken taken(int number) {
    return new Taken(
        List.of(
            new Taken.Ended(
                SessionId.next(Instant.EPOCH.plusSeconds(number), bytes -> bytes[0] = 1),
                Session.Kind.DEVICE,
                "wg-1",
                PersonId.next(Instant.EPOCH, bytes -> bytes[0] = 1),
                IpPrefix.parse("192.0.2.7/32"))));
  }

  @Test
  void closed_aThousandLeasesOver_endsThemInTime() throws IOException {
    startHelper();
    door.open(() -> leases);
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new byte[32];
      key[0] = (byte) (i >> 8);
      key[1] = (byte) i;
      Peers.Peer lease =
          new Peers.Peer(
              io.parano.kernel.Bytes.of(key),
              Sample.peer(1, "fd88::%x".formatted(i + 1)).address(),
              clock.instant().plusSeconds(60));
      leases.add(lease);
      door.put(lease, Sample.secret(9));
    }
    leases.clear();
    assertThat(door.closed(Taken.NOTHING)).isEqualTo(1_000);

    assertThat(wireGuard.peers).isEmpty();
  }

  /// It listens and never answers, as one that was stopped.
  @Test
  void closed_helperSilent_saysSoWithinASecond() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    leases.clear();
    if (helper != null) {
      helper.close();
    }
    try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(socket));
      long begun = System.nanoTime();

      assertThatThrownBy(() -> door.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }
    java.nio.file.Files.delete(socket);
    startHelper();
    door.closed(Taken.NOTHING);
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void closed_nobodyListens_saysSo() {
    door.open(() -> leases);

    assertThatThrownBy(() -> door.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
  }

  @Test
  void put_helperNeverHeard_isUnavailable() throws IOException {
    door.open(() -> leases);
    assertThatThrownBy(() -> let(1)).isInstanceOf(Peers.Unavailable.class);

    startHelper();
    door.round(1);
    door.put(leases.getFirst(), Sample.secret(9));
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));
  }

  @Test
  void put_leaseOver_isUnavailable() throws IOException {
    startHelper();
    door.open(() -> leases);
    Peers.Peer lease = leased(1);
    clock.pass(Duration.ofHours(1));

    assertThatThrownBy(() -> door.put(lease, Sample.secret(9)))
        .isInstanceOf(Peers.Unavailable.class);
    assertThat(wireGuard.peers).isEmpty();
  }

  /// What the one before left: a lease that is still live goes on, the rest is ended.
  @Test
  void open_afterARestart_keepsWhoHasALease() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    let(2);
    door.close();
    leases.removeLast();
    door = door();
    door.open(() -> leases);

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));
    leases.clear();
    door.closed(Taken.NOTHING);
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void open_leaseOfAnotherAddress_isEnded() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    door.close();
    leases.clear();
    Standing peer = Sample.peer(1, "10.88.0.7");
    leases.add(new Peers.Peer(peer.publicKey(), peer.address(), clock.instant().plus(peer.life())));
    door = door();
    door.open(() -> leases);

    assertThat(wireGuard.peers).isEmpty();
  }

  /// Nobody told the lever: time, or an act.
  @Test
  void round_leaseOver_endsIt() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    leases.clear();
    door.round(1);

    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void remove_endsOne() throws IOException {
    startHelper();
    door.open(() -> leases);
    let(1);
    let(2);
    leases.removeFirst();
    door.remove(Sample.key(1));

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(2));
  }

  @Test
  void gauges_afterRounds_tellOfThem() throws IOException {
    startHelper();
    door.open(() -> leases);
    leased(1);
    door.round(1);

    assertThat(door.gauges())
        .contains("parano_wireguard_missing_total 1\n")
        .contains("parano_wireguard_renewals_total{became=\"unheard\"} 0\n");
  }
}

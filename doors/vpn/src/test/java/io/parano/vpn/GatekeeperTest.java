package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What root's helper does with orders, over an interface and a packet filter on paper.
class GatekeeperTest {
  private static final Answer DONE = new Answer.Done(List.of());

  private final Clock clock = new Clock();
  private final PaperWireGuard wireGuard = new PaperWireGuard();
  private final PaperWall wall = new PaperWall(clock);
  private Gatekeeper keeper = keeper();

  private Gatekeeper keeper() {
    return new Gatekeeper(wireGuard, wall, Sample.NETWORKS, Sample.LONGEST, clock, clock);
  }

  @BeforeEach
  void begin() throws IOException {
    keeper.begin();
  }

  private Answer put(Standing peer) {
    return put(peer, 9);
  }

  private Answer put(Standing peer, int secret) {
    return keeper.answer(new Order.Put(clock.instant(), peer, Sample.secret(secret)));
  }

  private Answer renew(Standing... peers) {
    return keeper.answer(new Order.Renew(clock.instant(), List.of(peers)));
  }

  private Answer remove(Bytes... keys) {
    return keeper.answer(new Order.Remove(List.of(keys)));
  }

  private Answer list() {
    return keeper.answer(new Order.Listing());
  }

  @Test
  void put_peer_standsUnderItsSecretAndItsAddressIsOpen() {
    assertThat(put(Sample.peer(1))).isEqualTo(DONE);

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));
    assertThat(wireGuard.peers.get(Sample.key(1))).containsExactly(IpPrefix.parse("10.88.0.1/32"));
    assertThat(wireGuard.secrets).containsEntry(Sample.key(1), Sample.key(9));
    assertThat(wall.open()).containsExactly("10.88.0.1");
    assertThat(list()).isEqualTo(new Answer.Done(List.of(Sample.peer(1))));
  }

  @Test
  void put_secret_isWipedAfterwards() {
    Secret secret = Sample.secret(9);
    keeper.answer(new Order.Put(clock.instant(), Sample.peer(1), secret));

    assertThat(org.assertj.core.api.Assertions.catchThrowable(secret::copy))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Each differs in one thing from what is granted above.
  @Test
  void put_outOfBounds_isRefusedAndNothingStands() {
    assertThat(put(Sample.peer(1, "10.88.1.1")))
        .isEqualTo(new Answer.Refused(Objection.ADDRESS_FOREIGN));
    assertThat(put(Sample.peer(1, "fd89::1")))
        .isEqualTo(new Answer.Refused(Objection.ADDRESS_FOREIGN));
    Standing peer = Sample.peer(1);
    Duration long_ = Sample.LONGEST.plusSeconds(1);
    assertThat(put(new Standing(peer.publicKey(), peer.address(), long_)))
        .isEqualTo(new Answer.Refused(Objection.LIFE_TOO_LONG));
    assertThat(put(new Standing(peer.publicKey(), peer.address(), Duration.ZERO)))
        .isEqualTo(new Answer.Refused(Objection.LIFE_TOO_LONG));
    assertThat(wireGuard.peers).isEmpty();
    assertThat(wall.open()).isEmpty();

    assertThat(put(new Standing(peer.publicKey(), peer.address(), Sample.LONGEST))).isEqualTo(DONE);
    assertThat(put(Sample.peer(2, "fd88::2"))).isEqualTo(DONE);
  }

  /// WireGuard would take the address from the first peer and give it to the second.
  @Test
  void put_addressOfAnotherPeer_isRefused() {
    assertThat(put(Sample.peer(1))).isEqualTo(DONE);

    assertThat(put(Sample.peer(2, "10.88.0.1")))
        .isEqualTo(new Answer.Refused(Objection.ADDRESS_TAKEN));
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));

    assertThat(remove(Sample.key(1))).isEqualTo(DONE);
    assertThat(put(Sample.peer(2, "10.88.0.1"))).isEqualTo(DONE);
  }

  @Test
  void put_again_beginsAnewUnderTheNewSecretAndAddress() {
    put(Sample.peer(1), 8);
    assertThat(put(Sample.peer(1, "10.88.0.7"), 9)).isEqualTo(DONE);

    assertThat(wireGuard.secrets).containsEntry(Sample.key(1), Sample.key(9));
    assertThat(wall.open()).containsExactly("10.88.0.7");
  }

  /// What stood in line while the helper stood still.
  @Test
  void order_saidTooLongAgo_isRefusedUnlessItTakesAway() {
    put(Sample.peer(1));
    var said = clock.instant();
    clock.pass(Gatekeeper.FRESH);
    Order renewal = new Order.Renew(said, List.of(Sample.peer(1)));
    Order late = new Order.Put(said, Sample.peer(2), Sample.secret(9));
    assertThat(keeper.answer(renewal)).isEqualTo(DONE);

    clock.pass(Duration.ofMillis(1));
    assertThat(keeper.answer(renewal)).isEqualTo(new Answer.Refused(Objection.STALE));
    assertThat(keeper.answer(late)).isEqualTo(new Answer.Refused(Objection.STALE));
    assertThat(remove(Sample.key(1))).isEqualTo(DONE);
    assertThat(wall.open()).isEmpty();
  }

  @Test
  void renewal_everyTwoSeconds_keepsOpenAndWithoutItCloses() {
    put(Sample.peer(1));
    put(Sample.peer(2));
    for (int i = 0; i < 5; i++) {
      clock.pass(Duration.ofSeconds(2));
      assertThat(renew(Sample.peer(1))).isEqualTo(DONE);
      keeper.round();
    }

    assertThat(wall.open()).containsExactly("10.88.0.1");
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1), Sample.key(2));
    clock.pass(Duration.ofSeconds(Wall.OPEN_SECONDS));
    assertThat(wall.open()).isEmpty();
    assertThat(renew(Sample.peer(1), Sample.peer(2))).isEqualTo(DONE);
    assertThat(wall.open()).containsExactlyInAnyOrder("10.88.0.1", "10.88.0.2");
  }

  @Test
  void renewal_ofWhatDoesNotStand_isToldAndOpensNothing() {
    put(Sample.peer(1));

    assertThat(renew(Sample.peer(1, "10.88.0.2"), Sample.peer(3)))
        .isEqualTo(new Answer.Done(List.of(Sample.peer(1, "10.88.0.2"), Sample.peer(3))));
    assertThat(wall.open()).containsExactly("10.88.0.1");
    remove(Sample.key(1));
    assertThat(renew(Sample.peer(1))).isEqualTo(new Answer.Done(List.of(Sample.peer(1))));
    assertThat(wall.open()).isEmpty();
  }

  @Test
  void renewal_shortensALifeAndNeverProlongsOne() {
    put(Sample.peer(1));
    put(Sample.peer(2));
    Standing shorter = new Standing(Sample.key(1), Sample.peer(1).address(), Duration.ofSeconds(3));
    Standing longer = new Standing(Sample.key(2), Sample.peer(2).address(), Duration.ofHours(9));
    assertThat(renew(shorter, longer)).isEqualTo(DONE);
    clock.pass(Duration.ofSeconds(3));

    assertThat(renew(Sample.peer(1), Sample.peer(2)))
        .isEqualTo(new Answer.Done(List.of(Sample.peer(1))));
    clock.pass(Duration.ofHours(1));
    assertThat(renew(Sample.peer(2))).isEqualTo(new Answer.Done(List.of(Sample.peer(2))));
  }

  /// The server may be dead by then.
  @Test
  void round_peerWhoseTimeIsOver_takesItOff() {
    put(Sample.peer(1));
    clock.pass(Duration.ofHours(1).minusSeconds(1));
    keeper.round();
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));

    clock.pass(Duration.ofSeconds(1));
    keeper.round();
    assertThat(wireGuard.peers).isEmpty();
    assertThat(list()).isEqualTo(DONE);
  }

  /// A life is measured by a clock that nobody sets.
  @Test
  void life_machinesClockIsSetBack_endsAllTheSame() {
    put(Sample.peer(1));
    clock.set(Duration.ofDays(-1));
    clock.pass(Duration.ofHours(1));
    keeper.round();

    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void remove_peer_isOffBothAtOnce() {
    put(Sample.peer(1));
    put(Sample.peer(2));

    assertThat(remove(Sample.key(1), Sample.key(5))).isEqualTo(DONE);
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(2));
    assertThat(wall.open()).containsExactly("10.88.0.2");
  }

  @Test
  void remove_interfaceAway_closesInThePacketFilterAndTakesOffLater() {
    put(Sample.peer(1));
    wireGuard.away = true;
    assertThat(remove(Sample.key(1))).isEqualTo(DONE);
    assertThat(wall.open()).isEmpty();
    assertThat(renew(Sample.peer(1))).isEqualTo(new Answer.Done(List.of(Sample.peer(1))));

    wireGuard.away = false;
    keeper.round();
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void remove_packetFilterAway_takesOffTheInterface() {
    put(Sample.peer(1));
    wall.away = true;

    assertThat(remove(Sample.key(1))).isEqualTo(DONE);
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void remove_bothAway_saysSo() {
    put(Sample.peer(1));
    wall.away = true;
    wireGuard.away = true;

    assertThat(remove(Sample.key(1))).isEqualTo(new Answer.Unavailable());
  }

  @Test
  void put_packetFilterAway_saysSoAndTakesItOff() {
    wall.away = true;
    assertThat(put(Sample.peer(1))).isEqualTo(new Answer.Unavailable());

    wall.away = false;
    keeper.round();
    assertThat(wireGuard.peers).isEmpty();
    assertThat(put(Sample.peer(1))).isEqualTo(DONE);
  }

  /// Somebody may have torn it down, and nobody can tell.
  @Test
  void round_packetFilterAwayForFiveSeconds_takesEverybodyOff() {
    put(Sample.peer(1));
    wall.away = true;
    keeper.round();
    clock.pass(Gatekeeper.WITHOUT_WALL.minusMillis(1));
    keeper.round();
    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));

    clock.pass(Duration.ofMillis(1));
    keeper.round();
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void round_packetFilterTornDown_buildsItAnew() {
    wall.built = false;
    keeper.round();

    assertThat(wall.built).isTrue();
  }

  @Test
  void begin_peersOfAHelperBefore_standWhenRenewedInTime() throws IOException {
    put(Sample.peer(1));
    put(Sample.peer(2));
    keeper = keeper();
    keeper.begin();
    assertThat(renew(Sample.peer(1))).isEqualTo(DONE);
    clock.pass(Gatekeeper.CLAIM);
    keeper.round();

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(1));
    clock.pass(Duration.ofHours(1).minus(Gatekeeper.CLAIM));
    keeper.round();
    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void begin_peersThatMaySpeakFromElsewhere_areTakenOff() throws IOException {
    wireGuard.peers.put(Sample.key(1), List.of(IpPrefix.parse("10.88.0.0/24")));
    wireGuard.peers.put(Sample.key(2), List.of(IpPrefix.parse("192.0.2.2/32")));
    wireGuard.peers.put(Sample.key(3), List.of());
    wireGuard.peers.put(Sample.key(4), List.of(IpPrefix.parse("10.88.0.4/32")));
    keeper = keeper();
    keeper.begin();

    assertThat(wireGuard.peers).containsOnlyKeys(Sample.key(4));
  }

  @Test
  void round_peerThatNobodyPut_isTakenOff() {
    put(Sample.peer(1));
    wireGuard.peers.put(Sample.key(2), List.of(IpPrefix.parse("10.88.0.2/32")));
    wireGuard.peers.put(Sample.key(1), List.of(IpPrefix.parse("10.88.0.0/24")));
    for (int i = 0; i < 10; i++) {
      keeper.round();
    }

    assertThat(wireGuard.peers).isEmpty();
  }

  @Test
  void put_moreThanThereIsRoomFor_isRefused() {
    for (int i = 0; i < Gatekeeper.MOST; i++) {
      byte[] key = new byte[32];
      key[0] = (byte) (i >> 8);
      key[1] = (byte) i;
      assertThat(
              put(
                  new Standing(
                      Bytes.of(key),
                      Sample.peer(1, "fd88::%x".formatted(i + 1)).address(),
                      Duration.ofHours(1))))
          .isEqualTo(DONE);
    }

    assertThat(put(Sample.peer(255))).isEqualTo(new Answer.Refused(Objection.TOO_MANY));
    remove(Bytes.of(new byte[32]));
    assertThat(put(Sample.peer(255))).isEqualTo(DONE);
  }
}

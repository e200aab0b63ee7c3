package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.authn.GuessLimits.Settings;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// PCI DSS 8.3.4, NIST SP 800-63B-4 section 3.2.2, and threat T14: a flood never locks the victim
/// out from a good network.
class GuessLimitsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Randomness RANDOMNESS = new Random(1)::nextBytes;
  private static final PersonId ANNE = PersonId.next(NOW, RANDOMNESS);
  private static final PersonId BRUNO = PersonId.next(NOW, RANDOMNESS);
  private static final IpAddress OFFICE = IpAddress.parse("192.0.2.10");
  private static final IpAddress OFFICE_TOO = IpAddress.parse("192.0.2.99");
  private static final IpAddress ELSEWHERE = IpAddress.parse("198.51.100.7");

  private final GuessLimits limits = new GuessLimits(Settings.DEFAULT, RANDOMNESS);

  @Test
  void ask_tenWrong_thenLockedForHalfAnHourFromTheTenth() {
    for (int i = 0; i < 10; i++) {
      assertGoes(limits.ask(ANNE, ELSEWHERE, NOW.plusSeconds(60L * i)));
    }
    Instant tenth = NOW.plusSeconds(60L * 9);
    assertThat(limits.ask(ANNE, ELSEWHERE, tenth))
        .isEqualTo(new GuessOutcome.Wait(Duration.ofMinutes(30), Reason.PASSWORD_LIMITED));
    assertThat(limits.ask(ANNE, ELSEWHERE, tenth.plus(Duration.ofMinutes(29))))
        .isEqualTo(new GuessOutcome.Wait(Duration.ofMinutes(1), Reason.PASSWORD_LIMITED));
    assertGoes(limits.ask(ANNE, ELSEWHERE, tenth.plus(Duration.ofMinutes(30))));
    assertThat(limits.ask(ANNE, ELSEWHERE, tenth.plus(Duration.ofMinutes(30))))
        .isInstanceOf(GuessOutcome.Wait.class);
  }

  @Test
  void ask_networkIsShared_byAddressesOfOneSlash24() {
    for (int i = 0; i < 10; i++) {
      assertGoes(limits.ask(ANNE, OFFICE, NOW));
    }
    assertWaits(limits.ask(ANNE, OFFICE_TOO, NOW));
    assertGoes(limits.ask(BRUNO, OFFICE_TOO, NOW));
  }

  @Test
  void ask_ipv6_networkIsTheSlash64() {
    for (int i = 0; i < 10; i++) {
      assertGoes(limits.ask(ANNE, IpAddress.parse("2001:db8::" + i), NOW));
    }
    assertWaits(limits.ask(ANNE, IpAddress.parse("2001:db8::ffff"), NOW));
    assertGoes(limits.ask(ANNE, IpAddress.parse("2001:db8:0:1::1"), NOW));
  }

  @Test
  void right_resetsThePair() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 9; i++) {
        assertGoes(limits.ask(ANNE, OFFICE, NOW));
      }
      limits.right(goes(limits.ask(ANNE, OFFICE, NOW)));
    }
    assertGoes(limits.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void untried_doesNotCount() {
    for (int i = 0; i < 500; i++) {
      limits.untried(goes(limits.ask(ANNE, OFFICE, NOW)));
    }
    for (int i = 0; i < 10; i++) {
      assertGoes(limits.ask(ANNE, OFFICE, NOW));
    }
    assertWaits(limits.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void untried_toldTwice_countsOnce() {
    for (int i = 0; i < 9; i++) {
      assertGoes(limits.ask(ANNE, OFFICE, NOW));
    }
    GuessOutcome.Go tenth = goes(limits.ask(ANNE, OFFICE, NOW));
    limits.untried(tenth);
    limits.untried(tenth);
    assertGoes(limits.ask(ANNE, OFFICE, NOW));
    assertWaits(limits.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void ask_floodFromOneNetwork_leavesTheGoodNetworkOpen() {
    signIn(ANNE, OFFICE);
    for (int i = 0; i < 10_000; i++) {
      limits.ask(ANNE, ELSEWHERE, NOW);
    }
    assertGoes(limits.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void ask_floodFromManyNetworks_isShutAndLeavesTheGoodNetworkOpen() {
    signIn(ANNE, OFFICE);
    int let = 0;
    for (int net = 0; net < 2_000; net++) {
      if (limits.ask(ANNE, stranger(net), NOW) instanceof GuessOutcome.Go) {
        let++;
      }
    }
    assertThat(let).isEqualTo(50);
    assertThat(limits.ask(ANNE, ELSEWHERE, NOW.plus(Duration.ofDays(365))))
        .isEqualTo(new GuessOutcome.Shut(Reason.PASSWORD_LIMITED));
    signIn(ANNE, OFFICE);
    assertGoes(limits.ask(ANNE, ELSEWHERE, NOW));
  }

  @Test
  void ask_floodFromOneDesk_leavesColleaguesWhoSignedInThereOpen() {
    signIn(ANNE, OFFICE);
    for (int i = 0; i < 1_000; i++) {
      limits.askNobody("name" + i, OFFICE_TOO, NOW);
    }
    assertThat(limits.ask(BRUNO, OFFICE, NOW))
        .isEqualTo(new GuessOutcome.Wait(Duration.ofSeconds(30), Reason.RATE_LIMITED));
    assertGoes(limits.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void ask_hundredWrongInARow_neverMore() {
    signIn(ANNE, OFFICE);
    Instant now = NOW;
    int let = 0;
    for (int i = 0; i < 500; i++) {
      now = now.plus(Duration.ofHours(6));
      let += limits.ask(ANNE, OFFICE, now) instanceof GuessOutcome.Go ? 1 : 0;
      let += limits.ask(ANNE, stranger(i), now) instanceof GuessOutcome.Go ? 1 : 0;
    }
    assertThat(let).isEqualTo(100);
    assertThat(limits.ask(ANNE, OFFICE, now)).isInstanceOf(GuessOutcome.Shut.class);
    limits.reopen(ANNE);
    assertGoes(limits.ask(ANNE, OFFICE, now));
    assertGoes(limits.ask(ANNE, ELSEWHERE, now));
  }

  @Test
  void reopen_freesLockedPairs() {
    for (int i = 0; i < 11; i++) {
      limits.ask(ANNE, ELSEWHERE, NOW);
    }
    assertWaits(limits.ask(ANNE, ELSEWHERE, NOW));
    limits.reopen(ANNE);
    assertGoes(limits.ask(ANNE, ELSEWHERE, NOW));
  }

  @Test
  void askNobody_meetsTheSameLimits() {
    for (int i = 0; i < 10; i++) {
      assertGoes(limits.askNobody("nobody", ELSEWHERE, NOW));
      assertGoes(limits.ask(ANNE, ELSEWHERE, NOW));
    }
    assertThat(limits.askNobody("nobody", ELSEWHERE, NOW))
        .isEqualTo(limits.ask(ANNE, ELSEWHERE, NOW));
    for (int net = 0; net < 40; net++) {
      assertGoes(limits.askNobody("nobody", stranger(net), NOW));
      assertGoes(limits.ask(ANNE, stranger(net), NOW));
    }
    assertThat(limits.askNobody("nobody", stranger(41), NOW))
        .isEqualTo(limits.ask(ANNE, stranger(41), NOW));
  }

  @Test
  void ask_fullTable_resetsNobodyAndLeavesTheGoodNetworkOpen() {
    var small = new GuessLimits(small(16), RANDOMNESS);
    signIn(small, ANNE, OFFICE);
    for (int i = 0; i < 10; i++) {
      assertGoes(small.ask(BRUNO, ELSEWHERE, NOW));
    }
    int let = 0;
    for (int net = 0; net < 5_000; net++) {
      if (small.askNobody("name" + net, stranger(net), NOW) instanceof GuessOutcome.Go) {
        let++;
      }
    }
    // Fifteen find room for a bucket of their own; all the others share those of 20 wide networks.
    assertThat(let).isLessThanOrEqualTo(15 + 20 * 10);
    assertWaits(small.ask(BRUNO, ELSEWHERE, NOW));
    assertGoes(small.ask(ANNE, OFFICE, NOW));
  }

  @Test
  void ask_fullTable_makesRoomForGoodOnesOnceTheyAreFresh() {
    var small = new GuessLimits(small(4), RANDOMNESS);
    for (int net = 0; net < 100; net++) {
      small.askNobody("name" + net, stranger(net), NOW);
    }
    Instant later = NOW.plus(Duration.ofHours(6));
    for (int i = 0; i < 10; i++) {
      assertGoes(small.ask(BRUNO, ELSEWHERE, later));
    }
    assertWaits(small.ask(BRUNO, ELSEWHERE, later));
  }

  @Test
  void right_ninthNetwork_forgetsTheOldestOnly() {
    for (int net = 0; net < 9; net++) {
      signIn(ANNE, stranger(net));
    }
    for (int i = 100; i < 200; i++) {
      limits.ask(ANNE, stranger(i), NOW);
    }
    assertThat(limits.ask(ANNE, stranger(0), NOW)).isInstanceOf(GuessOutcome.Shut.class);
    assertGoes(limits.ask(ANNE, stranger(1), NOW));
  }

  @Test
  void settings_laxerThanTheStandards_cannotBeBuilt() {
    Duration half = Duration.ofMinutes(30);
    Duration some = Duration.ofSeconds(30);
    assertThatThrownBy(() -> new Settings(11, half, 100, some, 50, 50, 1))
        .hasMessageContaining("8.3.4");
    assertThatThrownBy(() -> new Settings(10, half.minusSeconds(1), 100, some, 50, 50, 1))
        .hasMessageContaining("8.3.4");
    assertThatThrownBy(() -> new Settings(10, half, 100, some, 51, 50, 1))
        .hasMessageContaining("NIST");
  }

  private static Settings small(int capacity) {
    return new Settings(10, Duration.ofMinutes(30), 100, Duration.ofSeconds(30), 50, 50, capacity);
  }

  private void signIn(PersonId person, IpAddress source) {
    signIn(limits, person, source);
  }

  private static void signIn(GuessLimits limits, PersonId person, IpAddress source) {
    limits.right(goes(limits.ask(person, source, NOW)));
  }

  /// One address in each of many /24, spread over 20 wide networks.
  private static IpAddress stranger(int network) {
    return IpAddress.parse("10." + network % 20 + "." + network / 20 + ".1");
  }

  private static GuessOutcome.Go goes(GuessOutcome outcome) {
    assertThat(outcome).isInstanceOf(GuessOutcome.Go.class);
    return (GuessOutcome.Go) outcome;
  }

  private static void assertGoes(GuessOutcome outcome) {
    assertThat(outcome).isInstanceOf(GuessOutcome.Go.class);
  }

  private static void assertWaits(GuessOutcome outcome) {
    assertThat(outcome).isInstanceOf(GuessOutcome.Wait.class);
  }
}

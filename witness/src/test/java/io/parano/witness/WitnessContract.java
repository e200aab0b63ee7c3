package io.parano.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.WatchedLog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every witness does, whatever it is made of.
interface WitnessContract {
  Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  TestKey LOG = TestKey.of("log.example/audit");

  /// A witness that knows [#LOG], whose clock stands at [#NOW].
  Witness witness();

  private static TestLog log() {
    return new TestLog(LOG).grow(30, "honest");
  }

  private static long cosigned(Witness.Added added) {
    return switch (added) {
      case Witness.Added.Cosigned(var checkpoint) -> {
        assertThat(checkpoint.cosignatures()).hasSize(1);
        assertThat(checkpoint.cosignatures().getFirst().at()).isEqualTo(NOW);
        yield checkpoint.signed().checkpoint().size();
      }
      case Witness.Added.Elsewhere _, Witness.Added.Refused _, Witness.Added.Silent _ ->
          throw new AssertionError(added.toString());
    };
  }

  private static long latest(Witness.Latest latest) {
    return switch (latest) {
      case Witness.Latest.Cosigned(var checkpoint) -> checkpoint.signed().checkpoint().size();
      case Witness.Latest.Never _, Witness.Latest.Silent _ ->
          throw new AssertionError(latest.toString());
    };
  }

  @Test
  default void latest_neverCosigned_isNever() {
    assertThat(witness().latest(log().log())).isEqualTo(new Witness.Latest.Never());
  }

  @Test
  default void add_growingLog_isCosignedAndKept() {
    Witness witness = witness();
    TestLog log = log();
    assertThat(cosigned(witness.add(log.log(), log.request(0, 10)))).isEqualTo(10);
    assertThat(latest(witness.latest(log.log()))).isEqualTo(10);
    assertThat(cosigned(witness.add(log.log(), log.request(10, 30)))).isEqualTo(30);
    assertThat(cosigned(witness.add(log.log(), log.request(30, 30)))).isEqualTo(30);
    assertThat(latest(witness.latest(log.log()))).isEqualTo(30);
  }

  @Test
  default void add_fork_isRefusedAndTheHonestContinuationCosigned() {
    Witness witness = witness();
    TestLog log = log();
    TestLog fork = log.copyOf(9).grow(20, "forged");
    assertThat(cosigned(witness.add(log.log(), log.request(0, 10)))).isEqualTo(10);
    assertThat(witness.add(log.log(), fork.request(10, 25)))
        .isInstanceOf(Witness.Added.Refused.class);
    assertThat(witness.add(log.log(), fork.request(10, 10)))
        .isInstanceOf(Witness.Added.Refused.class);
    assertThat(latest(witness.latest(log.log()))).isEqualTo(10);
    assertThat(cosigned(witness.add(log.log(), log.request(10, 25)))).isEqualTo(25);
  }

  @Test
  default void add_rolledBack_isToldWhereTheWitnessStands() {
    Witness witness = witness();
    TestLog log = log();
    assertThat(cosigned(witness.add(log.log(), log.request(0, 25)))).isEqualTo(25);
    assertThat(witness.add(log.log(), log.request(0, 10)))
        .isEqualTo(new Witness.Added.Elsewhere(25));
    assertThat(witness.add(log.log(), log.request(10, 10)))
        .isEqualTo(new Witness.Added.Elsewhere(25));
    assertThat(witness.add(log.log(), new AddCheckpoint(25, List.of(), log.note(10))))
        .isInstanceOf(Witness.Added.Silent.class);
    assertThat(latest(witness.latest(log.log()))).isEqualTo(25);
  }

  @Test
  default void add_strangersLog_isRefused() {
    Witness witness = witness();
    TestLog stranger = new TestLog(TestKey.of("stranger.example/audit")).grow(5, "s");
    assertThat(witness.add(stranger.log(), stranger.request(0, 5)))
        .isInstanceOf(Witness.Added.Refused.class);
    assertThat(witness.latest(stranger.log())).isEqualTo(new Witness.Latest.Never());
    TestLog thief = new TestLog(TestKey.of(LOG.name())).grow(5, "s");
    assertThat(witness.add(thief.log(), thief.request(0, 5)))
        .isInstanceOf(Witness.Added.Refused.class);
    WatchedLog honest = log().log();
    assertThat(cosigned(witness.add(honest, log().request(0, 5)))).isEqualTo(5);
  }
}

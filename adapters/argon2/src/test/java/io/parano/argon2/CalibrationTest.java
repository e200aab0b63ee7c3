package io.parano.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /// A machine that takes a microsecond for each KiB and pass, and a fixed part.
  private static final class Machine {
    private long nanos;

    Argon2 argon2() {
      return (password, salt, parameters, tagLength) -> {
        nanos += 1_000L * parameters.memoryKib() * parameters.passes() + 5_000_000;
        return new byte[tagLength];
      };
    }

    Calibration calibration() {
      return new Calibration(argon2(), () -> nanos);
    }
  }

  @Test
  void calibrate_roomyTarget_findsTheMostPassesThatFit() {
    var figure = new Machine().calibration().calibrate(Duration.ofMillis(250), 47_104, 1);
    assertThat(figure.parameters()).isEqualTo(new Argon2Parameters(47_104, 5, 1));
    assertThat(figure.took()).isLessThanOrEqualTo(Duration.ofMillis(250));
    assertThat(figure.aSecond()).isBetween(4.0, 5.0);
  }

  @Test
  void calibrate_targetBelowTheLeast_givesTheLeast() {
    var figure = new Machine().calibration().calibrate(Duration.ofMillis(1), 1_024, 1);
    assertThat(figure.parameters()).isEqualTo(Argon2Parameters.LEAST);
  }

  @Test
  void calibrate_anyMemory_isNeverWeakerThanTheLeast() {
    for (int memory = 8; memory < 200_000; memory += 7_001) {
      var figure = new Machine().calibration().calibrate(Duration.ofMillis(1), memory, 1);
      assertThat(figure.parameters().weakerThan(Argon2Parameters.LEAST)).isFalse();
    }
  }

  @Test
  void calibrate_endlessTarget_staysWithinBounds() {
    var figure = new Machine().calibration().calibrate(Duration.ofDays(1), 19_456, 1);
    assertThat(figure.parameters().passes()).isEqualTo(64);
  }
}

package io.parano.argon2;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// Finds how many passes fit into a given time on this machine.
public final class Calibration {
  /// The shortest of a few runs: whatever else the machine does only adds.
  private static final int RUNS = 3;

  private static final int MOST_PASSES = 64;

  private final Argon2 argon2;
  private final LongSupplier nanoClock;

  /// @param nanoClock `System::nanoTime`
  public Calibration(Argon2 argon2, LongSupplier nanoClock) {
    this.argon2 = argon2;
    this.nanoClock = nanoClock;
  }

  /// @param took one computation with `parameters`, alone on the machine
  public record Figure(Argon2Parameters parameters, Duration took) {
    /// How many a second one core verifies.
    public double aSecond() {
      return 1e9 / Math.max(1, took.toNanos());
    }
  }

  /// The most passes with which one computation stays within `target`, and what that takes; never
  /// weaker than [Argon2Parameters#LEAST], even when that takes longer.
  ///
  /// @param memoryKib at least [Argon2Parameters#LEAST]'s; less is raised to it
  public Figure calibrate(Duration target, int memoryKib, int lanes) {
    int memory = Math.max(memoryKib, Argon2Parameters.LEAST.memoryKib());
    int least = leastPasses(memory);
    Figure cheapest = measure(new Argon2Parameters(memory, least, lanes));
    Figure figure = measure(with(fitting(cheapest, target), cheapest));
    while (figure.took().compareTo(target) > 0 && figure.parameters().passes() > least) {
      figure = measure(with(figure.parameters().passes() - 1, figure));
    }
    while (figure.parameters().passes() < MOST_PASSES) {
      Figure next = measure(with(figure.parameters().passes() + 1, figure));
      if (next.took().compareTo(target) > 0) {
        break;
      }
      figure = next;
    }
    return figure;
  }

  private static Argon2Parameters with(int passes, Figure figure) {
    Argon2Parameters parameters = figure.parameters();
    return new Argon2Parameters(parameters.memoryKib(), passes, parameters.lanes());
  }

  /// Time grows with passes, nearly in proportion: a place to begin.
  private static int fitting(Figure cheapest, Duration target) {
    int least = cheapest.parameters().passes();
    long fitting = least * target.toNanos() / Math.max(1, cheapest.took().toNanos());
    return Math.clamp(fitting, least, MOST_PASSES);
  }

  private static int leastPasses(int memoryKib) {
    Argon2Parameters least = Argon2Parameters.LEAST;
    return Math.ceilDiv(least.memoryKib() * least.passes(), memoryKib);
  }

  private Figure measure(Argon2Parameters parameters) {
    long shortest = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long before = nanoClock.getAsLong();
      try (Secret password = Secret.ofText("calibration only")) {
        Arrays.fill(argon2.hash(password, new byte[16], parameters, 32), (byte) 0);
      }
      shortest = Math.min(shortest, nanoClock.getAsLong() - before);
    }
    return new Figure(parameters, Duration.ofNanos(shortest));
  }
}

package io.parano.authn;

import java.util.Optional;

/// What one Argon2id computation costs.
///
/// @param memoryKib memory in KiB (m)
/// @param passes iterations (t)
/// @param lanes parallelism (p)
public record Argon2Parameters(int memoryKib, int passes, int lanes) {
  /// OWASP's password storage cheat sheet: m=19456, t=2, p=1 is the least that may be configured.
  public static final Argon2Parameters LEAST = new Argon2Parameters(19_456, 2, 1);

  private static final int MOST_LANES = 16;
  private static final int MOST_PASSES = 64;
  private static final int MOST_MEMORY_KIB = 1 << 20;
  private static final int KIB_A_LANE = 8;

  public Argon2Parameters {
    if (!bearable(memoryKib, passes, lanes)) {
      throw new IllegalArgumentException(
          "expected 1 to 16 lanes, 1 to 64 passes and 8 KiB a lane to 1 GiB of memory, found m=%d, t=%d, p=%d"
              .formatted(memoryKib, passes, lanes));
    }
  }

  /// The same bounds for numbers that somebody else wrote: empty when they are outside, so that a
  /// hash string cannot ask for a computation that takes the machine down.
  public static Optional<Argon2Parameters> within(long memoryKib, long passes, long lanes) {
    return bearable(memoryKib, passes, lanes)
        ? Optional.of(new Argon2Parameters((int) memoryKib, (int) passes, (int) lanes))
        : Optional.empty();
  }

  /// Whether an attacker with the hash pays less for a guess than under `other`: less memory, or
  /// less work (memory times passes). Lanes change neither.
  public boolean weakerThan(Argon2Parameters other) {
    return memoryKib < other.memoryKib || work() < other.work();
  }

  /// As in PHC strings: `m=19456,t=2,p=1`.
  @Override
  public String toString() {
    return "m=" + memoryKib + ",t=" + passes + ",p=" + lanes;
  }

  private long work() {
    return (long) memoryKib * passes;
  }

  private static boolean bearable(long memoryKib, long passes, long lanes) {
    return lanes >= 1
        && lanes <= MOST_LANES
        && passes >= 1
        && passes <= MOST_PASSES
        && memoryKib >= KIB_A_LANE * lanes
        && memoryKib <= MOST_MEMORY_KIB;
  }
}

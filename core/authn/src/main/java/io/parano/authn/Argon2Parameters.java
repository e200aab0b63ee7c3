package io.parano.authn;

/// @param memoryKib memory in KiB (m)
/// @param passes iterations (t)
/// @param lanes parallelism (p)
public record Argon2Parameters(int memoryKib, int passes, int lanes) {
  /// OWASP's password storage cheat sheet: m=19456, t=2, p=1 is the least that may be configured.
  public static final Argon2Parameters LEAST = new Argon2Parameters(19_456, 2, 1);

  public Argon2Parameters {
    if (lanes < 1
        || lanes > 16
        || passes < 1
        || passes > 64
        || memoryKib < 8 * lanes
        || memoryKib > 1 << 20) {
      throw new IllegalArgumentException(
          "expected 1 to 16 lanes, 1 to 64 passes and 8 KiB a lane to 1 GiB of memory, found m=%d, t=%d, p=%d"
              .formatted(memoryKib, passes, lanes));
    }
  }
}

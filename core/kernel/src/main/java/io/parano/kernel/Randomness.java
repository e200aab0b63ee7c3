package io.parano.kernel;

/// Where unpredictable bytes come from. Production passes the operating system's generator; tests
/// pass a seeded one.
@FunctionalInterface
public interface Randomness {
  /// Fills `bytes` with cryptographically strong random bytes.
  void fill(byte[] bytes);

  /// `length` fresh bytes.
  default byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return bytes;
  }
}

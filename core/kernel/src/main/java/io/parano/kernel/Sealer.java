package io.parano.kernel;

/// Authenticated encryption under a key that the caller never sees. `context` is bound as
/// associated data: what was sealed for one row and column opens nowhere else.
public interface Sealer {
  byte[] seal(byte[] plain, String context);

  /// Opens what [#seal] made under the same context. Throws [SealBroken] when the bytes, the key or
  /// the context differ.
  Secret open(byte[] sealed, String context);

  /// Whether `sealed` was made under the key that seals now, and not under an earlier one.
  boolean isFresh(byte[] sealed);

  /// HMAC-SHA-256 under a key of its own, for values that must be derivable by nobody else.
  byte[] tag(byte[] content, String context);

  /// Sealed bytes that do not open: altered, moved from another place, or made under a lost key.
  final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SealBroken(String context) {
      super(
          "what was sealed for "
              + context
              + " does not open: altered, moved, or sealed under another key");
    }
  }
}

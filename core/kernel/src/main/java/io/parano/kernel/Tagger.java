package io.parano.kernel;

import java.util.List;

/// HMAC-SHA-256 under a key that the caller never sees: tells what this installation wrote from
/// what somebody else did.
public interface Tagger {
  /// The length of a tag in bytes.
  int LENGTH = 32;

  /// The tag of `content` for `purpose`. What is tagged for one purpose counts for no other. Called
  /// from many threads at once.
  byte[] tag(String purpose, byte[] content);

  /// Under the keys that this one takes over from, newest first: what was tagged under one of them
  /// is still to be tagged anew.
  default List<Tagger> before() {
    return List.of();
  }
}

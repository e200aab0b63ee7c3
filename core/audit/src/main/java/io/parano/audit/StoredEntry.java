package io.parano.audit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import org.jspecify.annotations.Nullable;

/// An entry as it is found where the log is kept, nothing of it believed yet.
///
/// @param at the place where it was found
/// @param hash the leaf hash kept beside it; null when none is
/// @param personal null when the entry never had any, or it was erased
public record StoredEntry(
    long at, Bytes leaf, @Nullable Digest hash, @Nullable PersonalData personal) {

  /// Canonical JSON, and the salt under which the entry is committed to it.
  public record PersonalData(Bytes salt, Bytes json) {}
}

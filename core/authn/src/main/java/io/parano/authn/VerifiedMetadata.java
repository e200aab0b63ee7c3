package io.parano.authn;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.UUID;

/// Proof that a metadata BLOB was signed by FIDO's metadata service. Only `Metadata` makes one.
public sealed interface VerifiedMetadata permits CheckedMetadata {
  /// Grows with every BLOB.
  long number();

  /// The day by which there is a later one.
  LocalDate nextUpdate();

  /// The models that are revoked or compromised, with the status that says so.
  SortedMap<UUID, String> recalled();
}

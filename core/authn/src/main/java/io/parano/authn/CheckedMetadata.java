package io.parano.authn;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// See [VerifiedMetadata].
record CheckedMetadata(long number, LocalDate nextUpdate, SortedMap<UUID, String> recalled)
    implements VerifiedMetadata {
  CheckedMetadata {
    recalled = Collections.unmodifiableSortedMap(new TreeMap<>(recalled));
  }
}

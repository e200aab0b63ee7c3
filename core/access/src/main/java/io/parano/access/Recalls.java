package io.parano.access;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The models of tokens that count no more, by the newest metadata that was imported. An immutable
/// snapshot, replaced whole.
///
/// @param number of the metadata; it only grows, and is -1 before the first
/// @param nextUpdate the day by which there is later metadata
/// @param models by AAGUID, with the status that says why
public record Recalls(long number, LocalDate nextUpdate, SortedMap<UUID, String> models) {
  static final Recalls NONE = new Recalls(-1, LocalDate.EPOCH, Collections.emptySortedMap());

  public Recalls {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /// Why that model counts no more; null while it does.
  @Nullable String status(UUID model) {
    return models.get(model);
  }
}

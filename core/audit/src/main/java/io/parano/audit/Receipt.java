package io.parano.audit;

/// Proof that an event is durably in the log. Only the log's own code makes one, after the commit
/// that holds the entry.
public sealed interface Receipt permits Recorded {
  /// The entry's place, from 0.
  long index();
}

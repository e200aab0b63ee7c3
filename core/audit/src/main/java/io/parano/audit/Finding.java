package io.parano.audit;

/// What is wrong with a log, and where. Indexes count from 0.
public sealed interface Finding {
  /// Entry `index` is not the one whose hash is kept beside it.
  record Altered(long index) implements Finding {}

  /// Entries `first` to `last`, both included, are nowhere, though later ones are there.
  record Removed(long first, long last) implements Finding {}

  /// What stands at place `at` was never appended there.
  record Inserted(long at) implements Finding {}

  /// At place `at` there is another entry that says it is `index`.
  record Duplicated(long index, long at) implements Finding {}

  /// Entry `index` stands at place `at`, after later ones.
  record Reordered(long index, long at) implements Finding {}

  /// The log ends after `entries`, but `checkpoint` was signed over `expected`.
  record Truncated(long entries, long expected, String checkpoint) implements Finding {}

  /// Hashes and entries agree with each other and not with `checkpoint`: what was appended after
  /// the first `from` entries and before `to` was made anew.
  ///
  /// @param from the size of the last checkpoint before it that holds, 0 when none does
  /// @param resigned whether the log's key has also signed the new history
  record Rewritten(long from, long to, String checkpoint, boolean resigned) implements Finding {}

  /// The personal data of entry `index` is not what the entry was committed to.
  record PersonalAltered(long index) implements Finding {}

  /// Entry `index` is right, as a checkpoint shows; the hash kept beside it is not.
  record HashAltered(long index) implements Finding {}

  /// Hash `index` of tile level `level` is not that of the hashes below it.
  record TileAltered(int level, long index) implements Finding {}

  /// The entry at place `at` cannot be read as one.
  record Unreadable(long at, String why) implements Finding {}

  /// A file that an export has to have is not there.
  record FileMissing(String path) implements Finding {}

  /// A file of an export is malformed.
  record FileBroken(String path, String why) implements Finding {}

  /// A checkpoint counts for nothing: not one of this log under the given key.
  record CheckpointRefused(String checkpoint, String why) implements Finding {}

  /// Entries `first` to `last`, both included, come after the last checkpoint: nothing vouches for
  /// them.
  record Unproven(long first, long last) implements Finding {}

  /// No checkpoint that holds was cosigned by this witness.
  record NotCosigned(String witness) implements Finding {}
}

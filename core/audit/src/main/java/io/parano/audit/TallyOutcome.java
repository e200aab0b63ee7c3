package io.parano.audit;

/// Whether one of the things that outsiders can cause in any number gets an entry of its own.
public sealed interface TallyOutcome {
  /// It was counted; the next [Tally#drain] tells how often.
  record Counted() implements TallyOutcome {}

  /// Among the first of its kind this minute: it is to be listed, and was not counted.
  record ListIt() implements TallyOutcome {}
}

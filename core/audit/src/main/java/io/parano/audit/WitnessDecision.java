package io.parano.audit;

/// What a witness answers to [AddCheckpoint]. One file translates it into statuses: the witness's
/// door.
public sealed interface WitnessDecision {
  /// Nothing is cosigned. From the most refusing to the most allowing.
  sealed interface Refusal extends WitnessDecision {}

  /// Not a request that can be understood.
  record Malformed(String why) implements Refusal {}

  /// No log of this name is known.
  record UnknownLog(String origin) implements Refusal {}

  /// The log's own key has not signed it.
  record NotSigned(String why) implements Refusal {}

  /// The log's own key signed another history than the one that was cosigned, or does not show that
  /// it is the same.
  record Inconsistent(String why) implements Refusal {}

  /// A proof cannot lead from `old` entries to fewer.
  record OldBeyond(long old, long size) implements Refusal {}

  /// The proof starts elsewhere than where this witness stands.
  ///
  /// @param size how many entries it has cosigned
  record Elsewhere(long size) implements Refusal {}

  record Cosign(Cosignable checkpoint) implements WitnessDecision {}
}

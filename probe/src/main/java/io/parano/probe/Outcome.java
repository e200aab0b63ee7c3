package io.parano.probe;

/// What became of one probe. From the worst to the best.
public sealed interface Outcome {
  /// What must be refused was granted.
  record Broken() implements Outcome {}

  /// It says nothing.
  ///
  /// @param detail for the operator, perhaps empty
  record NotRun(Why why, String detail) implements Outcome {}

  /// Refused, while its twin, which differs in the attacked condition alone, was granted.
  record Held(long millis) implements Outcome {}

  enum Why {
    /// Where nothing is granted, a refusal proves nothing.
    TWIN_REFUSED,
    /// The set-up says nothing of that door.
    NOT_SET_UP,
    /// The lever was pulled on the account before, and no officer has reopened it since.
    CUT,
    /// No answer, or one that nobody can read.
    TROUBLE
  }

  /// The stable kebab-case name.
  default String code() {
    return switch (this) {
      case Broken broken -> "broken";
      case NotRun notRun -> "not-run";
      case Held held -> "held";
    };
  }
}

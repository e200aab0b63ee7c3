package io.parano.policy;

import io.parano.document.Mistake;
import java.util.List;

/// What became of reading a document.
public sealed interface PolicyReading {
  /// It is no policy.
  ///
  /// @param mistakes everything wrong with it, in the order of the document; never empty
  record Mistaken(List<Mistake> mistakes) implements PolicyReading {
    public Mistaken {
      mistakes = List.copyOf(mistakes);
    }
  }

  /// It is a policy.
  ///
  /// @param weaknesses what officers should know before they agree to it
  record Read(Policy policy, List<Weakness> weaknesses) implements PolicyReading {
    public Read {
      weaknesses = List.copyOf(weaknesses);
    }
  }
}

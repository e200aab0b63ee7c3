package io.parano.policy;

import io.parano.document.Mistake;
import java.util.List;

/// What tests expect of a reading.
final class Reading {
  private Reading() {}

  /// The policy of a document that must be right.
  static Policy policy(String document) {
    return switch (Policy.read(document)) {
      case PolicyReading.Read(var policy, var _) -> policy;
      case PolicyReading.Mistaken(var mistakes) ->
          throw new AssertionError("expected a policy, found " + mistakes + "\n" + document);
    };
  }

  /// The mistakes of a document that must be wrong.
  static List<Mistake> mistakes(String document) {
    return switch (Policy.read(document)) {
      case PolicyReading.Read _ -> throw new AssertionError("expected mistakes in\n" + document);
      case PolicyReading.Mistaken(var mistakes) -> mistakes;
    };
  }
}

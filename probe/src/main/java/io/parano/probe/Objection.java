package io.parano.probe;

import java.util.List;

/// Why a deployment must not be probed.
///
/// @param arguments what the sentence mentions, in its order
public record Objection(Kind kind, List<String> arguments) {
  public Objection {
    arguments = List.copyOf(arguments);
  }

  static Objection of(Kind kind, String... arguments) {
    return new Objection(kind, List.of(arguments));
  }

  public enum Kind {
    /// The account's name does not begin as probes' do.
    NAME,
    /// Nobody on the staff is called that.
    UNKNOWN,
    OFFICER,
    /// One account for two parts: what is cut would be what the others use.
    TWICE,
    /// The account is in other groups.
    GROUPS,
    /// Somebody else is in the probes' group.
    STRANGER,
    POLICY,
    /// A rule that is not for probes grants something to their group.
    RULE
  }
}

package io.parano.kernel;

/// The three levels of verification, and the rest: what a refusal was about.
public enum Level {
  /// Where the request comes from.
  SOURCE,
  /// What the person knows.
  PASSWORD,
  /// What the person holds and touches.
  TOKEN,
  /// What was granted before: a session, bound to all three.
  SESSION,
  /// What the policy says of this person and this resource.
  POLICY,
  /// Whether the asking party or its message can be believed at all.
  MESSAGE,
  /// What officers have to agree to.
  OFFICERS
}

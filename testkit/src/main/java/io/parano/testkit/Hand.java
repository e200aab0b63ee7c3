package io.parano.testkit;

/// What the person who holds the key does when it blinks.
public enum Hand {
  /// Touches it and, when asked, enters the right PIN.
  TOUCHES,
  /// Lets it blink until the browser gives up.
  TOUCHES_NOT,
  /// Touches it, but enters a wrong PIN.
  ENTERS_WRONG_PIN,
  /// Has pulled it out.
  REMOVED
}

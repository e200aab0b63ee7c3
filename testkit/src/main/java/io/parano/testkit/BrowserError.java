package io.parano.testkit;

/// The `DOMException` with which a browser ends a ceremony that yields nothing (WebAuthn Level 3
/// sections 5.1.3 and 5.1.4).
public enum BrowserError {
  /// Not touched, wrong PIN, removed, or no credential of this key fits: browsers tell these apart
  /// to nobody.
  NOT_ALLOWED("NotAllowedError"),
  /// The key already holds one of the excluded credentials.
  INVALID_STATE("InvalidStateError"),
  /// The key knows none of the algorithms asked for.
  NOT_SUPPORTED("NotSupportedError"),
  /// The page's origin may not speak for this relying party.
  SECURITY("SecurityError");

  private final String domName;

  BrowserError(String domName) {
    this.domName = domName;
  }

  /// The exception's name, as scripts see it.
  public String domName() {
    return domName;
  }
}

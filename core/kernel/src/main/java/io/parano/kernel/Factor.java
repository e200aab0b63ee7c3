package io.parano.kernel;

/// By what somebody showed their token, from the weaker to the stronger.
public enum Factor {
  /// A one-time password that it typed: it can be phished while it is fresh.
  OTP,
  /// A touch (WebAuthn), bound to our site and to whom holds it.
  TOUCH
}

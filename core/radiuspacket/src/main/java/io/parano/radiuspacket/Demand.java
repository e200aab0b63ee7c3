package io.parano.radiuspacket;

/// What a client's Access-Requests must show, from the most refusing to the most allowing.
public enum Demand {
  /// A right Message-Authenticator (CVE-2024-3596).
  MESSAGE_AUTHENTICATOR,
  /// Nothing, from a client that can't: then neither Proxy-State, by which answers are forged, nor
  /// EAP. One that is there must be right all the same.
  NOTHING
}

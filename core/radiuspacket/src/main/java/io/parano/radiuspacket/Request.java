package io.parano.radiuspacket;

import java.util.List;

/// A request that was checked under the secret of whoever sent it. Only [RequestCheck] makes one.
public sealed interface Request permits CheckedRequest {
  Packet packet();

  Password password();

  /// The octets of an answer. A Message-Authenticator stands first in it (CVE-2024-3596), then
  /// `attributes`, then whatever proxies on the way want back, in their order.
  ///
  /// In one to accounting it stands where the request had one, and is summed as that was: with
  /// zeros for the authenticator, as FreeRADIUS does; no standard speaks of it. Throws
  /// [IllegalArgumentException] when it does not fit a packet.
  byte[] answer(Code code, List<Attribute> attributes);
}

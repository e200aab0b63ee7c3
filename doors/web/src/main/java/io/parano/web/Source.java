package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Where a request comes from, and by whose word.
sealed interface Source {
  record Refused(Reason reason) implements Source {}

  /// Straight from the connection: nobody claims to speak for somebody else.
  record Direct(IpAddress address) implements Source {}

  record Vouched(Believed proxy, IpAddress address) implements Source {}

  Refused UNPROVEN = new Refused(Reason.PROXY_UNPROVEN);
  Refused FORGED = new Refused(Reason.HEADER_FORGED);
  Refused MALFORMED = new Refused(Reason.HEADER_MALFORMED);

  static Source of(Peer peer, Head head, Addresses addresses) {
    Believed proxy = head.proxy == null ? peer.proven : peer.holderOf(head.proxy);
    if (proxy == null) {
      return head.proxy == null && !forwarded(head) ? new Direct(peer.address) : UNPROVEN;
    }
    if (head.forwardedFor == null) {
      return MALFORMED;
    }
    String hop = proxy.hop(head.forwardedFor);
    if (hop == null) {
      return FORGED;
    }
    @Nullable IpAddress address = addresses.read(hop);
    return address == null ? MALFORMED : new Vouched(proxy, address);
  }

  private static boolean forwarded(Head head) {
    return head.forwardedFor != null
        || head.forwardedHost != null
        || head.forwardedProto != null
        || head.forwardedUri != null
        || head.forwardedMethod != null
        || head.originalUrl != null
        || head.originalMethod != null;
  }
}

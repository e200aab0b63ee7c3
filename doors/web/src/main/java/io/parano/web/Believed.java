package io.parano.web;

import io.parano.web.TrustedProxy.Hops;
import io.parano.web.TrustedProxy.Proof;
import io.parano.web.WebConfig.ProtectedHost;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trusted proxy made ready for asking, one request after the other, whether this is it and
/// whether it speaks for that host.
final class Believed {
  final TrustedProxy proxy;
  final Map<String, ProtectedHost> hosts;
  final boolean speaksForSignIn;
  private final byte @Nullable [] secret;

  Believed(TrustedProxy proxy, WebConfig config) {
    this.proxy = proxy;
    this.hosts = new HashMap<>();
    for (ProtectedHost host : config.hosts()) {
      if (proxy.hosts().contains(host.site().host())) {
        hosts.put(host.site().host(), host);
      }
    }
    this.speaksForSignIn = proxy.hosts().contains(config.signIn().host());
    this.secret = proxy.proof() instanceof Proof.SharedSecret(var shared) ? shared.copy() : null;
  }

  /// Whether `presented` is the secret, in time that depends on its length alone.
  boolean knows(String presented) {
    byte[] expected = secret;
    if (expected == null || expected.length != presented.length()) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < expected.length; i++) {
      difference |= (expected[i] & 0xff) ^ presented.charAt(i);
    }
    return difference == 0;
  }

  /// The trace that it began; null for none.
  @Nullable String trace(Head head) {
    return proxy.ownTraceparent() ? head.traceparent : null;
  }

  /// The part of `X-Forwarded-For` that is the proxy's own word; null when the header can't be only
  /// that.
  @Nullable String hop(String forwardedFor) {
    int comma = forwardedFor.lastIndexOf(',');
    if (comma < 0) {
      return forwardedFor;
    }
    return proxy.hops() == Hops.ONE ? null : forwardedFor.substring(comma + 1).strip();
  }
}

package io.parano.web;

import io.parano.identity.Identity;
import java.util.HashMap;
import java.util.Map;

/// Identities as another process tells them, a copy with each answer: what was told before stands
/// for its equals, so that [IdentityHeaders] finds it. Belongs to one event loop.
final class Identities {
  /// As many as are rendered.
  private static final int MOST = IdentityHeaders.MOST;

  private final Map<String, Identity> byUser = new HashMap<>();

  /// The first that came of those equal to `told`, as long as no other of that user came between.
  Identity same(Identity told) {
    Identity before = byUser.get(told.user());
    if (before != null && told.equals(before)) {
      return before;
    }
    if (byUser.size() >= MOST) {
      byUser.clear();
    }
    byUser.put(told.user(), told);
    return told;
  }
}

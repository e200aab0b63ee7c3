package io.parano.web;

import io.netty.util.AsciiString;
import io.parano.access.Passing.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What an application is told of who asks, as headers that are rendered once per identity and then
/// reused. All four are always there: one that is missing could be filled in by the client
/// (GHSA-7r4p-vjf4-gxv4). Belongs to one event loop.
final class IdentityHeaders {
  private static final CharSequence USER = HttpHeaders.createOptimized("Remote-User");
  private static final CharSequence GROUPS = HttpHeaders.createOptimized("Remote-Groups");
  private static final CharSequence NAME = HttpHeaders.createOptimized("Remote-Name");
  private static final CharSequence EMAIL = HttpHeaders.createOptimized("Remote-Email");
  private static final CharSequence NOTHING = new AsciiString("");
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
  private static final int SLOTS = 2048;

  private final MultiMap anonymous = rendered(NOTHING, NOTHING, NOTHING, NOTHING);
  private final @Nullable Identity[] identities = new @Nullable Identity[SLOTS];
  private final @Nullable MultiMap[] renderings = new @Nullable MultiMap[SLOTS];

  /// Complete, immutable headers of an answer without body.
  MultiMap of(@Nullable Identity identity) {
    if (identity == null) {
      return anonymous;
    }
    int slot = identity.user().hashCode() & (SLOTS - 1);
    MultiMap known = renderings[slot];
    if (known != null && identity.equals(identities[slot])) {
      return known;
    }
    MultiMap headers = render(identity);
    identities[slot] = identity;
    renderings[slot] = headers;
    return headers;
  }

  private static MultiMap render(Identity identity) {
    for (String group : identity.groups()) {
      if (group.indexOf(',') >= 0) {
        // It would be read as two groups.
        throw new IllegalStateException("the group \"" + group + "\" can't be written into a list");
      }
    }
    return rendered(
        text(identity.user()),
        text(String.join(",", identity.groups())),
        text(identity.displayName()),
        text(identity.email()));
  }

  private static MultiMap rendered(
      CharSequence user, CharSequence groups, CharSequence name, CharSequence email) {
    return HttpHeaders.headers()
        .add(USER, user)
        .add(GROUPS, groups)
        .add(NAME, name)
        .add(EMAIL, email)
        .add(HttpHeaders.CONTENT_LENGTH, ZERO)
        .copy(false);
  }

  /// UTF-8 as it is: names have accents, and applications read them so.
  private static AsciiString text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new IllegalStateException("an identity holds a control character");
      }
    }
    return new AsciiString(text.getBytes(StandardCharsets.UTF_8), false);
  }
}

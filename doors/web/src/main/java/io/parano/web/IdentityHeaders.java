package io.parano.web;

import io.netty.util.AsciiString;
import io.parano.access.Passing.Answer;
import io.parano.identity.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an application is told of who asks, as headers that are rendered once per identity and then
/// reused. All four are always there: one that is missing could be filled in by the client
/// (GHSA-7r4p-vjf4-gxv4). Belongs to one event loop.
final class IdentityHeaders {
  static final List<String> NAMES =
      List.of("Remote-User", "Remote-Groups", "Remote-Name", "Remote-Email");
  private static final List<CharSequence> FIELDS =
      NAMES.stream().map(HttpHeaders::createOptimized).toList();
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");

  /// More people than sign in on one day; a bound on memory, some 700 bytes each.
  static final int MOST = 10_000;

  private final MultiMap anonymous = rendered(null);
  private final IdentityHashMap<Identity, MultiMap> known = new IdentityHashMap<>();

  /// Of what was read ahead. Nobody asks for it; a compiler leaves out what leads to nothing.
  @SuppressWarnings("UnusedVariable")
  private int traces;

  /// Complete, immutable headers of an answer without body. Whoever's identity stands comes with
  /// the same object each time, and is found by it; another one is rendered anew, even if it is
  /// equal.
  MultiMap of(@Nullable Identity identity) {
    if (identity == null) {
      return anonymous;
    }
    MultiMap before = known.get(identity);
    if (before != null) {
      return before;
    }
    MultiMap headers = rendered(identity);
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(identity, headers);
    return headers;
  }

  /// Has the processor fetch what these answers are written from: as
  /// [io.parano.access.Passing#fetch], which does it for what they are decided by.
  void fetch(List<Answer> answers) {
    int all = answers.size();
    @Nullable MultiMap[] found = new @Nullable MultiMap[all];
    for (int i = 0; i < all; i++) {
      if (answers.get(i) instanceof Answer.Allowed(var identity, var life) && identity != null) {
        found[i] = known.get(identity);
      }
    }
    int trace = 0;
    for (MultiMap headers : found) {
      // The engine looks that up.
      if (headers != null && headers.contains(HttpHeaders.CONTENT_LENGTH)) {
        trace++;
      }
    }
    traces = trace;
  }

  /// What each of [#NAMES] says; all empty for a visitor whom the source alone lets pass.
  static List<String> values(@Nullable Identity identity) {
    if (identity == null) {
      return List.of("", "", "", "");
    }
    for (String group : identity.groups()) {
      if (group.indexOf(',') >= 0) {
        // It would be read as two groups.
        throw new IllegalStateException("the group \"" + group + "\" can't be written into a list");
      }
    }
    List<String> values =
        List.of(
            identity.user(),
            String.join(",", identity.groups()),
            identity.displayName(),
            identity.email());
    if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalStateException("an identity holds a control character");
    }
    return values;
  }

  private static MultiMap rendered(@Nullable Identity identity) {
    List<String> values = values(identity);
    MultiMap headers = HttpHeaders.headers();
    for (int i = 0; i < values.size(); i++) {
      headers.add(FIELDS.get(i), text(values.get(i)));
    }
    return headers.add(HttpHeaders.CONTENT_LENGTH, ZERO).copy(false);
  }

  /// UTF-8 as it is: names have accents, and applications read them so.
  private static AsciiString text(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.UTF_8), false);
  }
}

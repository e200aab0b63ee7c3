package io.parano.traces;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header `traceparent` (W3C Trace Context section 3.2), of version 00 alone.
///
/// @param trace 32 hexadecimal digits, not all zero
/// @param span 16 of them, not all zero
record TraceParent(String trace, String span, boolean sampled) {
  private static final Pattern FORM =
      Pattern.compile(
          "00-(?<trace>(?!0{32})[0-9a-f]{32})-(?<span>(?!0{16})[0-9a-f]{16})-[0-9a-f](?<flags>[0-9a-f])");

  String header() {
    return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
  }

  /// Null when there is none, or when it can't be read.
  static @Nullable TraceParent read(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher found = FORM.matcher(header);
    return found.matches()
        ? new TraceParent(
            found.group("trace"),
            found.group("span"),
            (Character.digit(found.group("flags").charAt(0), 16) & 1) == 1)
        : null;
  }
}

package io.parano.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Canonical JSON for what is hashed or signed: objects with sorted keys, strings, integers and
/// arrays only, no white space, escapes as in RFC 8785 section 3.2.2.2. The same values always give
/// the same bytes.
public final class Canonical {
  private final TreeMap<String, String> members = new TreeMap<>();

  private Canonical() {}

  public static Canonical object() {
    return new Canonical();
  }

  public Canonical put(String key, String value) {
    return raw(key, quote(value));
  }

  public Canonical put(String key, long value) {
    return raw(key, Long.toString(value));
  }

  public Canonical put(String key, Canonical value) {
    return raw(key, value.text());
  }

  /// The strings in the order in which `values` gives them; pass a sorted collection where the
  /// order means nothing.
  public Canonical put(String key, Collection<String> values) {
    return raw(
        key, values.stream().map(Canonical::quote).collect(Collectors.joining(",", "[", "]")));
  }

  public Canonical put(String key, Map<String, String> values) {
    Canonical nested = object();
    values.forEach(nested::put);
    return put(key, nested);
  }

  public String text() {
    StringBuilder out = new StringBuilder("{");
    members.forEach((key, value) -> {
      if (out.length() > 1) {
        out.append(',');
      }
      out.append(quote(key)).append(':').append(value);
    });
    return out.append('}').toString();
  }

  public byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  private Canonical raw(String key, String json) {
    if (members.put(key, json) != null) {
      throw new IllegalArgumentException("the key \"" + key + "\" was given twice");
    }
    return this;
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}

package io.parano.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object, field by field.
final class JsonText {
  private final StringBuilder out = new StringBuilder("{");

  static JsonText object() {
    return new JsonText();
  }

  JsonText put(String name, @Nullable String value) {
    key(name);
    if (value == null) {
      out.append("null");
    } else {
      quote(value);
    }
    return this;
  }

  JsonText put(String name, long value) {
    key(name).append(value);
    return this;
  }

  JsonText put(String name, boolean value) {
    key(name).append(value);
    return this;
  }

  JsonText put(String name, JsonText value) {
    key(name).append(value.text());
    return this;
  }

  JsonText texts(String name, List<String> values) {
    key(name).append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",");
      quote(values.get(i));
    }
    out.append(']');
    return this;
  }

  JsonText objects(String name, List<JsonText> values) {
    key(name)
        .append('[')
        .append(String.join(",", values.stream().map(JsonText::text).toList()))
        .append(']');
    return this;
  }

  JsonText numbers(String name, List<Integer> values) {
    key(name).append(values);
    return this;
  }

  String text() {
    return out + "}";
  }

  private StringBuilder key(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    quote(name);
    return out.append(':');
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f || c == '<' || c == 0x2028 || c == 0x2029) {
        // '<' too, so that the text is harmless wherever it is put.
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

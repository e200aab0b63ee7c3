package io.parano.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as the demo reads and writes it: a value and the ways into it. Reading what is not there
/// throws [IllegalStateException] that shows what is: here that is a fault of ours.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /// Throws [IllegalStateException] when `text` is no JSON.
  public static Json read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new Json(value(parser));
    } catch (JacksonException e) {
      throw new IllegalStateException("expected JSON, found \"" + start(text) + "\"", e);
    }
  }

  /// An object from alternating keys and values; a value is a string, a number, a truth value, a
  /// list, a map, or [Json].
  public static Json object(Object... keysAndValues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      members.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Json(members);
  }

  public static Json array(List<Json> items) {
    return new Json(new ArrayList<@Nullable Object>(items));
  }

  /// The same object with one member more.
  public Json with(String key, Object member) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> members.put((String) name, inner));
    }
    members.put(key, member);
    return new Json(members);
  }

  public Optional<Json> find(String... path) {
    @Nullable Object at = value;
    for (String key : path) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return at == null ? Optional.empty() : Optional.of(new Json(at));
  }

  public Json at(String... path) {
    return find(path)
        .orElseThrow(() ->
            new IllegalStateException(
                "expected \"" + String.join(".", path) + "\" in " + start(toString())));
  }

  public String text(String... path) {
    return at(path).text();
  }

  public String text() {
    return value instanceof String text ? text : toString();
  }

  public long number(String... path) {
    if (at(path).value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("expected a number in " + start(toString()));
  }

  public List<Json> list(String... path) {
    if (at(path).value instanceof List<?> list) {
      return list.stream().map(Json::new).toList();
    }
    throw new IllegalStateException("expected a list in " + start(toString()));
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalStateException("expected JSON, found nothing");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("expected a JSON value, found " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      members.put(key, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Json json -> write(json.value, out);
      case String text -> quote(text, out);
      case Map<?, ?> map -> {
        String comma = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(comma);
          quote(String.valueOf(entry.getKey()), out);
          out.append(':');
          write(entry.getValue(), out);
          comma = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String comma = "[";
        for (Object item : list) {
          out.append(comma);
          write(item, out);
          comma = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      default -> out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static String start(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}

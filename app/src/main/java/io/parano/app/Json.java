package io.parano.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as the command line reads a server's answers and writes its own: a value, and the ways into
/// it. What is not there is an [IOException]: the answer is not one of ours.
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  static Json read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new Json(value(parser));
    } catch (JacksonException e) {
      throw new IOException(Texts.say("json.none", Plain.of(start(text))), e);
    }
  }

  /// An object from alternating keys and values: strings, numbers, truth values, lists, [Json].
  static Json object(Object... keysAndValues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      members.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Json(members);
  }

  /// The same object with one member more.
  Json with(String key, Object member) {
    return and(object(key, member));
  }

  /// The same object with the members of `more` too.
  Json and(Json more) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Json one : List.of(this, more)) {
      if (one.value instanceof Map<?, ?> map) {
        map.forEach((name, inner) -> members.put((String) name, inner));
      }
    }
    return new Json(members);
  }

  /// The member; empty when there is none or it is null.
  Optional<Json> find(String name) {
    @Nullable Object member = value instanceof Map<?, ?> map ? map.get(name) : null;
    return member == null ? Optional.empty() : Optional.of(new Json(member));
  }

  Json at(String name) throws IOException {
    return find(name)
        .orElseThrow(() -> new IOException(Texts.say("json.lacks", name, Plain.of(start()))));
  }

  String text(String name) throws IOException {
    return at(name).text();
  }

  /// The string itself; anything else as JSON writes it.
  String text() {
    return value instanceof String text ? text : toString();
  }

  long number(String name) throws IOException {
    if (at(name).value instanceof Number number) {
      return number.longValue();
    }
    throw new IOException(Texts.say("json.lacks", name, Plain.of(start())));
  }

  boolean truth(String name) throws IOException {
    return Boolean.TRUE.equals(at(name).value);
  }

  List<Json> list(String name) throws IOException {
    if (at(name).value instanceof List<?> list) {
      return list.stream().map(Json::new).toList();
    }
    throw new IOException(Texts.say("json.lacks", name, Plain.of(start())));
  }

  List<String> texts(String name) throws IOException {
    return list(name).stream().map(Json::text).toList();
  }

  /// The members of an object as text, in their order.
  Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> members.put((String) name, new Json(inner).text()));
    }
    return members;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
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
        String before = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(before);
          quote(String.valueOf(entry.getKey()), out);
          write(entry.getValue(), out.append(':'));
          before = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String before = "[";
        for (Object item : list) {
          write(item, out.append(before));
          before = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      default -> out.append(value);
    }
  }

  /// What a terminal could take for a command is escaped too, so that the answer may be shown.
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Plain.harmless(c)) {
        out.append(c);
      } else {
        out.append(Plain.escape(c));
      }
    }
    out.append('"');
  }

  private String start() {
    return start(Objects.toString(value));
  }

  private static String start(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}

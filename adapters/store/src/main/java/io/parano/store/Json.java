package io.parano.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads back what [io.parano.kernel.Canonical] writes: objects whose members are strings,
/// integers, lists of strings, or such objects. Anything else is [Unreadable].
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  static Map<String, Object> object(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, text);
      Map<String, Object> members = members(parser, text);
      if (parser.nextToken() != null) {
        throw new Unreadable("more follows after the object in " + text);
      }
      return members;
    } catch (JacksonException e) {
      throw new Unreadable("not JSON: " + text, e);
    }
  }

  static String string(Map<String, Object> members, String key) {
    if (members.get(key) instanceof String value) {
      return value;
    }
    throw new Unreadable("expected a string \"" + key + "\" in " + members);
  }

  static long number(Map<String, Object> members, String key) {
    if (members.get(key) instanceof Long value) {
      return value;
    }
    throw new Unreadable("expected a number \"" + key + "\" in " + members);
  }

  static List<String> strings(Map<String, Object> members, String key) {
    if (members.get(key) instanceof List<?> values) {
      return values.stream().map(String.class::cast).toList();
    }
    throw new Unreadable("expected a list \"" + key + "\" in " + members);
  }

  private static Map<String, Object> members(JsonParser parser, String text) {
    Map<String, Object> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(
          name,
          switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_ARRAY -> strings(parser, text);
            case START_OBJECT -> members(parser, text);
            default -> throw new Unreadable("unexpected kind of value in " + text);
          });
    }
    return members;
  }

  private static List<String> strings(JsonParser parser, String text) {
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_STRING, text);
      values.add(parser.getString());
    }
    return List.copyOf(values);
  }

  private static void expect(JsonToken found, JsonToken expected, String text) {
    if (found != expected) {
      throw new Unreadable("expected " + expected + ", found " + found + " in " + text);
    }
  }
}

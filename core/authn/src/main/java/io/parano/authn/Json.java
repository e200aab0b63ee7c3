package io.parano.authn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A strict reader of one JSON object (RFC 8259): no duplicate keys, at most eight levels, nothing
/// after it. Numbers are checked, and stay as they were written.
final class Json {
  private static final int DEPTH = 8;

  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  static Reading<Map<String, Value>> readObject(String text) {
    Json json = new Json(text);
    try {
      json.space();
      Thing object = json.object(0);
      json.space();
      if (json.position != text.length()) {
        throw new Unexpected("nothing after the object");
      }
      return new Reading.Read<>(object.members());
    } catch (Unexpected e) {
      return new Reading.Malformed<>(
          "JSON at character " + json.position + ": expected " + e.getMessage());
    }
  }

  sealed interface Value {}

  record Text(String value) implements Value {}

  record Truth(boolean value) implements Value {}

  record Thing(Map<String, Value> members) implements Value {}

  record Row(List<Value> items) implements Value {}

  /// As it was written.
  record Numeral(String digits) implements Value {}

  /// Null.
  record Other() implements Value {}

  private Value value(int depth) throws Unexpected {
    if (depth > DEPTH) {
      throw new Unexpected("at most " + DEPTH + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> row(depth);
      case '"' -> new Text(string());
      case 't' -> word("true", new Truth(true));
      case 'f' -> word("false", new Truth(false));
      case 'n' -> word("null", new Other());
      default -> number();
    };
  }

  private Thing object(int depth) throws Unexpected {
    expect('{');
    Map<String, Value> members = new LinkedHashMap<>();
    space();
    if (peek() == '}') {
      position++;
      return new Thing(members);
    }
    do {
      space();
      String key = string();
      space();
      expect(':');
      space();
      if (members.put(key, value(depth + 1)) != null) {
        throw new Unexpected("each key once");
      }
      space();
    } while (next("a comma or a closing brace", '}'));
    return new Thing(members);
  }

  private Row row(int depth) throws Unexpected {
    expect('[');
    List<Value> items = new ArrayList<>();
    space();
    if (peek() == ']') {
      position++;
      return new Row(items);
    }
    do {
      space();
      items.add(value(depth + 1));
      space();
    } while (next("a comma or a closing bracket", ']'));
    return new Row(items);
  }

  /// Whether another element follows; steps over the comma or the end.
  private boolean next(String expected, char end) throws Unexpected {
    char c = peek();
    if (c != ',' && c != end) {
      throw new Unexpected(expected);
    }
    position++;
    return c == ',';
  }

  private Value word(String word, Value value) throws Unexpected {
    if (!text.startsWith(word, position)) {
      throw new Unexpected(word);
    }
    position += word.length();
    return value;
  }

  private Value number() throws Unexpected {
    int start = position;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    if (position == start) {
      throw new Unexpected("a value");
    }
    return new Numeral(text.substring(start, position));
  }

  private void digits() throws Unexpected {
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    if (position == start) {
      throw new Unexpected("a value");
    }
  }

  private String string() throws Unexpected {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = peek(); c != '"'; c = peek()) {
      position++;
      if (c < 0x20) {
        throw new Unexpected("no control character in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
    position++;
    return out.toString();
  }

  private char escape() throws Unexpected {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new Unexpected("a known escape");
    };
  }

  private char unicode() throws Unexpected {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      // Character.digit knows other scripts' digits too.
      if (digit < 0 || peek() > 'f') {
        throw new Unexpected("four hexadecimal digits");
      }
      value = (value << 4) | digit;
      position++;
    }
    return (char) value;
  }

  private char peek() throws Unexpected {
    if (position >= text.length()) {
      throw new Unexpected("more text");
    }
    return text.charAt(position);
  }

  private void expect(char c) throws Unexpected {
    if (peek() != c) {
      throw new Unexpected("'" + c + "'");
    }
    position++;
  }

  private boolean skip(char c) {
    boolean there = position < text.length() && text.charAt(position) == c;
    if (there) {
      position++;
    }
    return there;
  }

  private void space() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  /// How the descent ends early; it never leaves this class.
  private static final class Unexpected extends Exception {
    private static final long serialVersionUID = 1L;

    Unexpected(String expected) {
      super(expected, null, false, false);
    }
  }
}

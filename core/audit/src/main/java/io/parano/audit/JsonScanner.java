package io.parano.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads back what [JsonBytes] writes: known keys in a known order, without white space. Everything
/// else throws [IllegalArgumentException].
final class JsonScanner {
  private final String text;
  private int at;

  JsonScanner(byte[] utf8) {
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  JsonScanner literal(String expected) {
    if (!text.startsWith(expected, at)) {
      throw malformed(expected);
    }
    at += expected.length();
    return this;
  }

  long number() {
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      return Long.parseLong(text.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      throw malformed("a number");
    }
  }

  String string() {
    literal("\"");
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < 0x20) {
        throw malformed("an escaped control character");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    literal("\"");
    return value.toString();
  }

  SortedMap<String, String> map() {
    SortedMap<String, String> map = new TreeMap<>();
    literal("{");
    while (at < text.length() && text.charAt(at) != '}') {
      if (!map.isEmpty()) {
        literal(",");
      }
      String key = string();
      String value = literal(":").string();
      if (map.put(key, value) != null) {
        throw malformed("each key once");
      }
    }
    literal("}");
    return Collections.unmodifiableSortedMap(map);
  }

  void end() {
    if (at != text.length()) {
      throw malformed("the end");
    }
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : '\0';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw malformed("an escape");
    };
  }

  private char hexadecimal() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw malformed("four hexadecimal digits");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private IllegalArgumentException malformed(String expected) {
    return new IllegalArgumentException("expected " + expected + " at character " + at);
  }
}

package io.parano.web;

import io.parano.identity.Authenticator;
import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// One JSON object of a request, read strictly: no field twice, none that the reader did not ask
/// for, none too long. Every getter throws [Malformed], which the front desk answers; nothing a
/// client sends counts as a fault of ours.
final class JsonBody {
  private static final int DEEPEST = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(20)
                  .maxNameLength(64)
                  .maxStringLength(256 * 1024)
                  .build())
          .build();

  /// What came is not what the call takes.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  private final Map<String, @Nullable Object> fields;

  private JsonBody(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  static JsonBody read(Secret body) {
    byte[] bytes = body.copy();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text(bytes))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("an object was expected");
      }
      JsonBody read = object(parser);
      if (parser.nextToken() != null) {
        throw new Malformed("one object was expected");
      }
      return read;
    } catch (JacksonException e) {
      throw new Malformed("no JSON");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// A string of 1 to `longest` characters.
  String text(String name, int longest) {
    if (take(name) instanceof String text && !text.isEmpty() && text.length() <= longest) {
      return text;
    }
    throw new Malformed(name);
  }

  /// What a thing is called, such that officers can read it.
  String label(String name) {
    String label = text(name, 64).strip();
    if (!Authenticator.validLabel(label)) {
      throw new Malformed(name);
    }
    return label;
  }

  /// As [#text], or null where the field is missing or null.
  @Nullable String optionalText(String name, int longest) {
    return absent(name) ? null : text(name, longest);
  }

  Secret secret(String name, int longest) {
    return Secret.ofText(text(name, longest));
  }

  Bytes bytes(String name, int longest) {
    try {
      return Bytes.fromBase64Url(text(name, longest * 4 / 3 + 4));
    } catch (IllegalArgumentException e) {
      throw new Malformed(name);
    }
  }

  @Nullable Bytes optionalBytes(String name, int longest) {
    return absent(name) ? null : bytes(name, longest);
  }

  JsonBody object(String name) {
    if (take(name) instanceof JsonBody object) {
      return object;
    }
    throw new Malformed(name);
  }

  List<String> texts(String name, int most, int longest) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name, most)) {
      if (!(item instanceof String text) || text.isEmpty() || text.length() > longest) {
        throw new Malformed(name);
      }
      texts.add(text);
    }
    return texts;
  }

  List<JsonBody> objects(String name, int most) {
    List<JsonBody> objects = new ArrayList<>();
    for (Object item : list(name, most)) {
      if (!(item instanceof JsonBody object)) {
        throw new Malformed(name);
      }
      objects.add(object);
    }
    return objects;
  }

  /// Nothing may be left that nobody asked for: a misspelt field would go unnoticed.
  void end() {
    if (!fields.isEmpty()) {
      throw new Malformed("unknown field " + fields.keySet().iterator().next());
    }
  }

  private List<?> list(String name, int most) {
    if (take(name) instanceof List<?> list && list.size() <= most) {
      return list;
    }
    throw new Malformed(name);
  }

  private @Nullable Object take(String name) {
    if (!fields.containsKey(name)) {
      throw new Malformed(name + " is missing");
    }
    return fields.remove(name);
  }

  /// Whether the field is missing or null; in both cases nothing is left of it.
  private boolean absent(String name) {
    if (fields.get(name) != null) {
      return false;
    }
    fields.remove(name);
    return true;
  }

  private static JsonBody object(JsonParser parser) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new JsonBody(fields);
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_NULL -> null;
      default -> throw new Malformed("a number or a boolean");
    };
  }

  private static char[] text(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      char[] chars = new char[text.remaining()];
      text.get(chars);
      return chars;
    } catch (CharacterCodingException e) {
      throw new Malformed("no UTF-8");
    }
  }
}

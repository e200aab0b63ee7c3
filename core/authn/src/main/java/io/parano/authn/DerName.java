package io.parano.authn;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The attributes of a distinguished name (RFC 5280 section 4.1.2.4), read from its DER: the JDK's
/// textual forms escape and reorder, so that comparing them would be guessing.
final class DerName {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int PRINTABLE_STRING = 0x13;

  private DerName() {}

  /// @param type the content of the object identifier
  /// @param value empty when the string is of another kind than UTF8String or PrintableString
  record Attribute(Bytes type, Optional<String> value) {}

  /// The value of the only attribute of a type; empty when there is none or more than one.
  static Optional<String> single(List<Attribute> name, Bytes type) {
    List<Attribute> found = name.stream().filter(a -> a.type().equals(type)).toList();
    return found.size() == 1 ? found.getFirst().value() : Optional.empty();
  }

  /// All attributes in their order; none at all when the name is malformed.
  static List<Attribute> read(byte[] der) {
    List<Attribute> attributes = new ArrayList<>();
    try {
      ByteBuffer names = content(ByteBuffer.wrap(der), SEQUENCE);
      while (names.hasRemaining()) {
        ByteBuffer relative = content(names, SET);
        while (relative.hasRemaining()) {
          attributes.add(attribute(content(relative, SEQUENCE)));
        }
      }
    } catch (Unexpected e) {
      return List.of();
    }
    return List.copyOf(attributes);
  }

  private static Attribute attribute(ByteBuffer pair) throws Unexpected {
    Bytes type = bytes(content(pair, OBJECT_IDENTIFIER));
    int tag = pair.hasRemaining() ? pair.get(pair.position()) & 0xff : 0;
    String value = new String(bytes(content(pair, tag)).copy(), StandardCharsets.UTF_8);
    boolean readable = tag == UTF8_STRING || tag == PRINTABLE_STRING;
    return new Attribute(type, readable ? Optional.of(value) : Optional.empty());
  }

  /// The content of the next element, which must have `tag`.
  private static ByteBuffer content(ByteBuffer from, int tag) throws Unexpected {
    if (octet(from) != tag) {
      throw new Unexpected();
    }
    int length = octet(from);
    if (length >= 0x80) {
      int octets = length - 0x80;
      if (octets < 1 || octets > 2) {
        throw new Unexpected();
      }
      length = octet(from);
      length = octets == 2 ? (length << 8) | octet(from) : length;
    }
    if (length > from.remaining()) {
      throw new Unexpected();
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static int octet(ByteBuffer from) throws Unexpected {
    if (!from.hasRemaining()) {
      throw new Unexpected();
    }
    return from.get() & 0xff;
  }

  private static Bytes bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Bytes.of(bytes);
  }

  /// How the reading ends early; it never leaves this class.
  private static final class Unexpected extends Exception {
    private static final long serialVersionUID = 1L;

    Unexpected() {
      super("no distinguished name", null, false, false);
    }
  }
}

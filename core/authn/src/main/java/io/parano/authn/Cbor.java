package io.parano.authn;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A reader of CBOR (RFC 8949) in CTAP2's canonical form (CTAP 2.1 section 8) and in no other:
/// shortest heads, definite lengths, sorted keys without duplicates, at most four levels, no tags
/// and no floating point. WebAuthn Level 3 section 2 asks decoders to refuse the rest.
///
/// Every count is checked against the bytes that remain before anything is allocated for it.
final class Cbor {
  /// CTAP 2.1 section 8: "the depth of nested CBOR structures ... is limited to at most four
  /// levels".
  private static final int DEPTH = 4;

  private final byte[] bytes;
  private int position;

  private Cbor(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /// One item that fills `bytes` to the end.
  static Reading<Item> read(byte[] bytes) {
    return switch (readAt(bytes, 0)) {
      case Reading.Malformed<Prefix>(String detail) -> new Reading.Malformed<>(detail);
      case Reading.Read<Prefix>(Prefix prefix) ->
          prefix.end() == bytes.length
              ? new Reading.Read<>(prefix.item())
              : new Reading.Malformed<>(
                  "CBOR ends at byte " + prefix.end() + " but " + bytes.length + " bytes came");
    };
  }

  /// The item that begins at `from`; what follows it is left alone.
  static Reading<Prefix> readAt(byte[] bytes, int from) {
    Cbor cbor = new Cbor(bytes, from);
    try {
      Item item = cbor.item(0);
      return new Reading.Read<>(new Prefix(item, cbor.position));
    } catch (Unexpected e) {
      return new Reading.Malformed<>(
          "CBOR at byte " + cbor.position + ": expected " + e.getMessage());
    }
  }

  /// @param end the index of the first byte after the item
  record Prefix(Item item, int end) {}

  sealed interface Item {}

  record Int(long value) implements Item {}

  record ByteString(Bytes value) implements Item {}

  record Text(String value) implements Item {}

  record Truth(boolean value) implements Item {}

  record Array(List<Item> items) implements Item {}

  /// Keys are [Int] or [Text].
  record Table(Map<Item, Item> entries) implements Item {
    Optional<Item> get(long key) {
      return Optional.ofNullable(entries.get(new Int(key)));
    }

    Optional<Item> get(String key) {
      return Optional.ofNullable(entries.get(new Text(key)));
    }

    Optional<Long> integer(long key) {
      return get(key).flatMap(item -> item instanceof Int(long v) ? Optional.of(v) : none());
    }

    Optional<Long> integer(String key) {
      return get(key).flatMap(item -> item instanceof Int(long v) ? Optional.of(v) : none());
    }

    Optional<Bytes> bytes(long key) {
      return get(key)
          .flatMap(item -> item instanceof ByteString(Bytes v) ? Optional.of(v) : none());
    }

    Optional<Bytes> bytes(String key) {
      return get(key)
          .flatMap(item -> item instanceof ByteString(Bytes v) ? Optional.of(v) : none());
    }

    private static <T> Optional<T> none() {
      return Optional.empty();
    }
  }

  private Item item(int depth) throws Unexpected {
    int initial = octet();
    int major = initial >> 5;
    int additional = initial & 31;
    return switch (major) {
      case 0 -> new Int(argument(additional));
      case 1 -> new Int(-1 - argument(additional));
      case 2 -> new ByteString(Bytes.of(take(argument(additional))));
      case 3 -> new Text(utf8(take(argument(additional))));
      case 4 -> array(argument(additional), deeper(depth));
      case 5 -> table(argument(additional), deeper(depth));
      case 7 -> truth(additional);
      default -> throw new Unexpected("no tag");
    };
  }

  /// The shortest form only: a longer one, and 31 for an indefinite length, are refused.
  private long argument(int additional) throws Unexpected {
    if (additional < 24) {
      return additional;
    }
    if (additional > 27) {
      throw new Unexpected("a definite length");
    }
    int width = 1 << (additional - 24);
    byte[] big = take(width);
    long value = 0;
    for (byte octet : big) {
      value = (value << 8) | (octet & 0xff);
    }
    long least = width == 1 ? 24 : 1L << (4 * width);
    if (value < least) {
      throw new Unexpected("the shortest form of a number below 2^63");
    }
    return value;
  }

  private Array array(long count, int depth) throws Unexpected {
    refuseMoreThan(remaining(), count);
    List<Item> items = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      items.add(item(depth));
    }
    return new Array(List.copyOf(items));
  }

  private Table table(long count, int depth) throws Unexpected {
    refuseMoreThan(remaining() / 2, count);
    Map<Item, Item> entries = new LinkedHashMap<>();
    byte[] before = {};
    for (long i = 0; i < count; i++) {
      int start = position;
      Item key = item(depth);
      if (!(key instanceof Int) && !(key instanceof Text)) {
        throw new Unexpected("a number or a text as key");
      }
      byte[] encoded = Arrays.copyOfRange(bytes, start, position);
      // The head of a key holds its major type and its length, so that one comparison of bytes
      // gives CTAP2's order; equal neighbours are duplicates.
      if (Arrays.compareUnsigned(before, encoded) >= 0) {
        throw new Unexpected("keys in canonical order, each once");
      }
      before = encoded;
      entries.put(key, item(depth));
    }
    return new Table(entries);
  }

  private static int deeper(int depth) throws Unexpected {
    if (depth == DEPTH) {
      throw new Unexpected("at most " + DEPTH + " levels");
    }
    return depth + 1;
  }

  private static Truth truth(int additional) throws Unexpected {
    return switch (additional) {
      case 20 -> new Truth(false);
      case 21 -> new Truth(true);
      default -> throw new Unexpected("true or false");
    };
  }

  private static String utf8(byte[] content) throws Unexpected {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new Unexpected("well-formed UTF-8");
    }
  }

  private int octet() throws Unexpected {
    refuseMoreThan(remaining(), 1);
    return bytes[position++] & 0xff;
  }

  private byte[] take(long length) throws Unexpected {
    refuseMoreThan(remaining(), length);
    byte[] taken = Arrays.copyOfRange(bytes, position, position + (int) length);
    position += (int) length;
    return taken;
  }

  private int remaining() {
    return bytes.length - position;
  }

  private static void refuseMoreThan(int room, long wanted) throws Unexpected {
    if (wanted < 0 || wanted > room) {
      throw new Unexpected("more bytes");
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

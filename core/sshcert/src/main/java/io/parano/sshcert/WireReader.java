package io.parano.sshcert;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// SSH's data types (RFC 4251 section 5), read strictly: what has two encodings is taken in one.
/// Every method throws [Flawed], which never leaves this room.
final class WireReader {
  private final ByteBuffer in;

  WireReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /// How reading ends when something is wrong.
  static final class Flawed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Flaw flaw;

    Flawed(Flaw flaw) {
      super(flaw.code(), null, false, false);
      this.flaw = flaw;
    }

    Flaw flaw() {
      return flaw;
    }
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  void end() {
    if (in.hasRemaining()) {
      throw new Flawed(Flaw.TRAILING_BYTES);
    }
  }

  int position() {
    return in.position();
  }

  /// What was read since `from`.
  byte[] since(int from) {
    byte[] bytes = new byte[in.position() - from];
    in.get(from, bytes);
    return bytes;
  }

  byte[] raw(int length) {
    if (length > in.remaining()) {
      throw new Flawed(Flaw.TRUNCATED);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  int uint8() {
    return raw(1)[0] & 0xff;
  }

  long uint32() {
    return ByteBuffer.wrap(raw(Integer.BYTES)).getInt() & 0xffff_ffffL;
  }

  /// As 64 bits; the sign means nothing.
  long uint64() {
    return ByteBuffer.wrap(raw(Long.BYTES)).getLong();
  }

  byte[] string() {
    long length = uint32();
    if (length > in.remaining()) {
      throw new Flawed(Flaw.TRUNCATED);
    }
    return raw((int) length);
  }

  WireReader nested() {
    return new WireReader(string());
  }

  /// UTF-8 without control characters, which could hide in a log.
  String text() {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string()));
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new Flawed(Flaw.TEXT_MALFORMED);
      }
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new Flawed(Flaw.TEXT_MALFORMED);
    }
  }

  /// Zero or positive, in as few bytes as it takes.
  BigInteger mpint() {
    byte[] bytes = string();
    if (bytes.length == 0) {
      return BigInteger.ZERO;
    }
    boolean padded = bytes[0] == 0 && (bytes.length == 1 || bytes[1] >= 0);
    if (bytes[0] < 0 || padded) {
      throw new Flawed(Flaw.NUMBER_MALFORMED);
    }
    return new BigInteger(bytes);
  }
}

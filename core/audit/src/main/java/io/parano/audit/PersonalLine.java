package io.parano.audit;

import io.parano.kernel.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One line of an export's personal data: `index SP salt SP json LF`. The JSON stands last and as
/// it is, so that its exact bytes come back without reading it.
record PersonalLine(long index, StoredEntry.PersonalData data) {
  private static final int SALT_LENGTH = 32;

  byte[] bytes() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    String head = index + " " + data.salt().hex() + " ";
    line.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(data.json().copy());
    line.write('\n');
    return line.toByteArray();
  }

  /// Takes the next line from `rest`, also when it throws [IllegalArgumentException] for one that
  /// is none.
  static PersonalLine next(ByteBuffer rest) {
    ByteBuffer line = until('\n', rest);
    long index = Decimal.read(ascii(until(' ', line)));
    Bytes salt = Bytes.fromHex(ascii(until(' ', line)));
    if (salt.length() != SALT_LENGTH || !line.hasRemaining()) {
      throw new IllegalArgumentException("the line of entry " + index + " is incomplete");
    }
    byte[] json = new byte[line.remaining()];
    line.get(json);
    return new PersonalLine(index, new StoredEntry.PersonalData(salt, Bytes.of(json)));
  }

  // What stands before the mark, or all when there is none; `bytes` goes on behind it.
  private static ByteBuffer until(char mark, ByteBuffer bytes) {
    int start = bytes.position();
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != mark) {
      end++;
    }
    bytes.position(Math.min(end + 1, bytes.limit()));
    return bytes.slice(start, end - start);
  }

  private static String ascii(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }
}

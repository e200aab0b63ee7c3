package io.parano.store;

import io.parano.identity.OtpCounters;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the vocabulary stands in columns: times as epoch microseconds (finer parts are dropped), ids
/// as 16 bytes, digests as 32, enum constants by name, lists of bytes as base64url between spaces.
final class Columns {
  private Columns() {}

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static @Nullable Long microsOrNull(@Nullable Instant instant) {
    return instant == null ? null : micros(instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static byte[] id(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  static UUID uuid(byte[] bytes) {
    if (bytes.length != 16) {
      throw new Unreadable("an id has 16 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static String words(List<Bytes> values) {
    return values.stream().map(Bytes::base64Url).collect(Collectors.joining(" "));
  }

  static List<Bytes> bytesOfWords(String words) {
    return words.isEmpty()
        ? List.of()
        : Arrays.stream(words.split(" ", -1)).map(Bytes::fromBase64Url).toList();
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return uuid(row.getBytes(column));
  }

  static Bytes bytes(ResultSet row, String column) throws SQLException {
    return Bytes.of(row.getBytes(column));
  }

  static Digest digest(ResultSet row, String column) throws SQLException {
    return Digest.fromBytes(row.getBytes(column));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return instant(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  static boolean flag(ResultSet row, String column) throws SQLException {
    return row.getLong(column) != 0;
  }

  static long flag(boolean value) {
    return value ? 1 : 0;
  }

  /// Both counters of a token as one number, in the order in which they grow.
  static long place(OtpCounters counters) {
    return ((long) counters.usage() << 8) | counters.session();
  }

  static OtpCounters counters(long place, long clock, Instant at, String nonce) {
    return new OtpCounters((int) (place >> 8), (int) (place & 0xff), (int) clock, at, nonce);
  }
}

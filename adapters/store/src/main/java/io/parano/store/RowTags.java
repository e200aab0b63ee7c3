package io.parano.store;

import io.parano.audit.Frontier;
import io.parano.audit.Tiles;
import io.parano.kernel.Tagger;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is tagged, byte by byte: a row with the names of its table and columns, a table's rows
/// together, the head, and a record of the reserve. Each for a purpose of its own, so that none
/// stands for another.
final class RowTags {
  private volatile Tagger tagger;
  private final Map<Table, String> rows = new EnumMap<>(Table.class);

  RowTags(Tagger tagger) {
    this.tagger = tagger;
    for (Table table : Table.values()) {
      rows.put(table, "row %s (%s)".formatted(table.sqlName(), String.join(", ", table.columns())));
    }
  }

  /// Goes on under the key of `other`: to be called when the head is under it.
  void follow(RowTags other) {
    tagger = other.tagger;
  }

  /// A row's tag, as it stands beside it.
  byte[] row(Table table, List<@Nullable Object> values) {
    return tagger.tag(String.valueOf(rows.get(table)), canonical(values));
  }

  /// What a row adds to its table's sum. It depends on the row's tag, and nobody without the key
  /// can tell it from chance, though the tag lies open.
  BigInteger element(Table table, byte[] rowTag) {
    return new BigInteger(1, tagger.tag("element " + table.sqlName(), rowTag));
  }

  /// A table's rows: how many, and their sum.
  byte[] seal(Table table, long count, BigInteger sum) {
    byte[] bytes = sum.toByteArray();
    return tagger.tag(
        "table " + table.sqlName(),
        ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(count).put(bytes).array());
  }

  byte[] head(long writer, Frontier end, byte[] sets) {
    byte[] root = end.root().bytes();
    byte[] peaks = Tiles.encodeHashes(end.peaks());
    return tagger.tag(
        "head",
        ByteBuffer.allocate(
                2 * Long.BYTES + Integer.BYTES + root.length + peaks.length + sets.length)
            .putLong(writer)
            .putLong(end.size())
            .put(root)
            .putInt(peaks.length)
            .put(peaks)
            .put(sets)
            .array());
  }

  boolean isGenuine(Head head) {
    return head.tag() != null
        && head.sets() != null
        && same(head(head.writer(), head.frontier(), head.sets().copy()), head.tag().copy());
  }

  byte[] reserve(byte[] record) {
    return tagger.tag("reserve", record);
  }

  static boolean same(byte[] one, byte @Nullable [] other) {
    return other != null && MessageDigest.isEqual(one, other);
  }

  /// Each value with its kind and, where that varies, its length.
  private static byte[] canonical(List<@Nullable Object> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Object value : values) {
        switch (value) {
          case null -> out.writeByte(0);
          case Long number -> {
            out.writeByte(1);
            out.writeLong(number);
          }
          case String text -> write(out, 2, text.getBytes(StandardCharsets.UTF_8));
          case byte[] blob -> write(out, 3, blob);
          default -> throw new IllegalArgumentException("not a value: " + value.getClass());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, int kind, byte[] bytes) throws IOException {
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}

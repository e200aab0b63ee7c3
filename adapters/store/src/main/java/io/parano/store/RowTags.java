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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is tagged, byte by byte: a row with the names of its table and columns, a table's rows
/// together, the head, and a record of the reserve. Each for a purpose of its own, so that none
/// stands for another.
final class RowTags {
  private final List<Layout> layouts;
  private volatile Tagger tagger;
  private final Map<Table, String> rows = new EnumMap<>(Table.class);

  RowTags(Tagger tagger) {
    this(tagger, Layout.known());
  }

  /// @param layouts those that a database may have, the present one first
  RowTags(Tagger tagger, List<Layout> layouts) {
    this.tagger = tagger;
    this.layouts = List.copyOf(layouts);
    for (Table table : Table.values()) {
      rows.put(table, row(present(), table));
    }
  }

  /// The same layouts under another key.
  RowTags under(Tagger other) {
    return new RowTags(other, layouts);
  }

  Tagger tagger() {
    return tagger;
  }

  /// Goes on under the key of `other`: to be called when the head is under it.
  void follow(RowTags other) {
    tagger = other.tagger;
  }

  private static String row(Layout layout, Table table) {
    return "row %s (%s)".formatted(table.sqlName(), String.join(", ", layout.columns(table)));
  }

  /// The layout in which everything is written.
  Layout present() {
    return layouts.getFirst();
  }

  /// A row's tag, as it stands beside it.
  byte[] row(Table table, List<@Nullable Object> values) {
    return tagger.tag(String.valueOf(rows.get(table)), canonical(values));
  }

  /// A row's tag as it was under `layout`.
  byte[] row(Layout layout, Table table, List<@Nullable Object> values) {
    return tagger.tag(row(layout, table), canonical(values));
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
    return head(present(), writer, end, sets);
  }

  /// For one layout and no other: a head of before counts other tables.
  byte[] head(Layout layout, long writer, Frontier end, byte[] sets) {
    return tagger.tag(
        layout.version() == Layout.FIRST ? "head" : "head " + layout.version(),
        head(writer, end, sets, new byte[0]));
  }

  private static byte[] head(long writer, Frontier end, byte[] sets, byte[] more) {
    byte[] root = end.root().bytes();
    byte[] peaks = Tiles.encodeHashes(end.peaks());
    return ByteBuffer.allocate(
            2 * Long.BYTES + Integer.BYTES + root.length + peaks.length + sets.length + more.length)
        .putLong(writer)
        .putLong(end.size())
        .put(root)
        .putInt(peaks.length)
        .put(peaks)
        .put(sets)
        .put(more)
        .array();
  }

  /// The tag of a head whose log has left for `to`: no head of a log that is served.
  byte[] left(Head head, String to) {
    return left(present(), head, to);
  }

  private byte[] left(Layout layout, Head head, String to) {
    return tagger.tag(
        "left " + layout.version(),
        head(
            head.writer(),
            head.frontier(),
            head.sets() == null ? new byte[0] : head.sets().copy(),
            to.getBytes(StandardCharsets.UTF_8)));
  }

  /// The layout for which `head` was tagged as having left for `to`.
  Optional<Layout> hasLeft(Head head, String to) {
    byte @Nullable [] tag = head.tag() == null ? null : head.tag().copy();
    return layouts.stream().filter(layout -> same(left(layout, head, to), tag)).findFirst();
  }

  boolean isGenuine(Head head) {
    return isGenuine(present(), head);
  }

  boolean isGenuine(Layout layout, Head head) {
    return head.tag() != null
        && head.sets() != null
        && same(
            head(layout, head.writer(), head.frontier(), head.sets().copy()), head.tag().copy());
  }

  /// The layout for which `head` was tagged; empty when for none, or not by this installation.
  Optional<Layout> layout(Head head) {
    return layouts.stream().filter(layout -> isGenuine(layout, head)).findFirst();
  }

  byte[] reserve(byte[] record) {
    return tagger.tag("reserve", record);
  }

  static boolean same(byte[] one, byte @Nullable [] other) {
    return other != null && MessageDigest.isEqual(one, other);
  }

  /// Each value with its kind and, where that varies, its length.
  static byte[] canonical(List<@Nullable Object> values) {
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

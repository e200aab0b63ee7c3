package io.parano.store;

import io.parano.kernel.Bytes;
import io.parano.kernel.Tagger;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/// For each table how many rows it has and the sum of their elements modulo 2^256: an incremental
/// hash of a set (Clarke, Devadas, van Dijk, Gassend, Suh: "Incremental Multiset Hash Functions and
/// Their Application to Memory Integrity Checking", 2003, MSet-Add-Hash). A row comes and goes by
/// one addition.
///
/// Elements and sums are never written anywhere: what stands in the head is their seal. Whoever
/// knew them could look for other rows with the same sum.
final class RowSets {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * Tagger.LENGTH);
  private static final int LENGTH = Long.BYTES + Tagger.LENGTH;

  private final Map<Table, Sum> sums;
  private final Map<Table, Seal> seals;

  private RowSets(Map<Table, Sum> sums, Map<Table, Seal> seals) {
    this.sums = sums;
    this.seals = seals;
  }

  private record Sum(long count, BigInteger sum) {}

  /// What the head says of a table.
  ///
  /// @param count how many rows it has
  /// @param tag over that number and their sum
  record Seal(long count, Bytes tag) {}

  static RowSets empty() {
    Map<Table, Sum> sums = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      sums.put(table, new Sum(0, BigInteger.ZERO));
    }
    return new RowSets(sums, new EnumMap<>(Table.class));
  }

  RowSets copy() {
    return new RowSets(new EnumMap<>(sums), new EnumMap<>(seals));
  }

  void add(Table table, BigInteger element) {
    Sum before = sum(table);
    change(table, new Sum(before.count() + 1, reduced(before.sum().add(element))));
  }

  void remove(Table table, BigInteger element) {
    Sum before = sum(table);
    change(table, new Sum(before.count() - 1, reduced(before.sum().subtract(element))));
  }

  Seal seal(Table table, RowTags tags) {
    return seals.computeIfAbsent(
        table,
        one -> {
          Sum sum = sum(one);
          return new Seal(sum.count(), Bytes.of(tags.seal(one, sum.count(), sum.sum())));
        });
  }

  /// All seals, as they stand in the head.
  Bytes sealed(RowTags tags) {
    ByteBuffer out = ByteBuffer.allocate(LENGTH * Table.values().length);
    for (Table table : Table.values()) {
      Seal seal = seal(table, tags);
      out.putLong(seal.count()).put(seal.tag().copy());
    }
    return Bytes.of(out.array());
  }

  /// Reads what [#sealed] made under `layout`; empty for bytes of another length.
  static Map<Table, Seal> read(Bytes sealed, Layout layout) {
    Map<Table, Seal> seals = new EnumMap<>(Table.class);
    if (sealed.length() == LENGTH * layout.tables().size()) {
      ByteBuffer in = ByteBuffer.wrap(sealed.copy());
      for (Table table : layout.tables()) {
        long count = in.getLong();
        byte[] tag = new byte[Tagger.LENGTH];
        in.get(tag);
        seals.put(table, new Seal(count, Bytes.of(tag)));
      }
    }
    return seals;
  }

  private Sum sum(Table table) {
    return sums.getOrDefault(table, new Sum(0, BigInteger.ZERO));
  }

  /// Of one addition or subtraction, which a division would cost more than.
  private static BigInteger reduced(BigInteger sum) {
    if (sum.signum() < 0) {
      return sum.add(MODULUS);
    }
    return sum.bitLength() > 8 * Tagger.LENGTH ? sum.subtract(MODULUS) : sum;
  }

  private void change(Table table, Sum sum) {
    sums.put(table, sum);
    seals.remove(table);
  }
}

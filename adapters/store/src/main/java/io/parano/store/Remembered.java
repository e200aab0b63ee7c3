package io.parano.store;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows that were written last among those that are written again and again, such as how far a
/// token has come: what one is changed from need not be read first. The statement still compares
/// every column with what stands there.
///
/// Of durable groups and the one under way: [#forget] all when that one fails.
final class Remembered {
  /// Some 3 MB.
  private static final int MOST = 4_096;

  /// @param key as it is tagged
  private record Key(Table table, ByteBuffer key) {}

  /// @param element what it adds to its table's sum
  record Row(StoredRow stored, BigInteger element) {}

  private final Map<Key, Row> rows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Row> eldest) {
          return size() > MOST;
        }
      };

  /// The row of the key that `values` begin with; null when it is not remembered.
  @Nullable Row of(Table table, List<@Nullable Object> values) {
    return rows.get(key(table, values));
  }

  void keep(Table table, Row row) {
    rows.put(key(table, row.stored().values()), row);
  }

  void forget() {
    rows.clear();
  }

  private static Key key(Table table, List<@Nullable Object> values) {
    return new Key(
        table, ByteBuffer.wrap(RowTags.canonical(values.subList(0, table.key().size()))));
  }
}

package io.parano.store;

import org.jspecify.annotations.Nullable;

/// What a statement makes of a row. It is worked out here and not in SQL, so that the tag is over
/// what was meant and not over what the database says has come of it.
sealed interface Effect {
  /// The statement as it stands: no grant follows from the rows that it touches.
  record Bare(String statement) implements Effect {}

  /// The row of that key becomes what is given. Columns beyond the given ones keep what they had.
  ///
  /// @param rising where set, nothing happens unless this column becomes greater
  record Put(Table table, @Nullable String rising) implements Effect {}

  /// One column of a row that is there becomes greater: given the key and then the value.
  record Raise(Table table, String column) implements Effect {}

  /// The row of that key goes, if there is one.
  record Drop(Table table) implements Effect {}

  /// Every row goes whose column is less than what is given.
  record Sweep(Table table, String column) implements Effect {}

  static boolean greater(@Nullable Object value, @Nullable Object than) {
    return value instanceof Long number
        && (than == null || (than instanceof Long other && number > other));
  }
}

package io.parano.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reading the audit log, newest first.
public interface LogBook {
  List<Line> read(Query query);

  /// Empty strings and nulls ask for everything.
  ///
  /// @param before only entries with a smaller index; null for the newest
  record Query(
      String type,
      String actor,
      String resource,
      String reason,
      String outcome,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable Long before,
      int limit) {
    public static Query newest(int limit) {
      return new Query("", "", "", "", "", null, null, null, limit);
    }
  }

  /// @param leaf the canonical JSON that the tree holds
  /// @param personal the JSON kept beside the tree; empty when there was none or it was erased
  record Line(long index, String leaf, String personal) {}
}

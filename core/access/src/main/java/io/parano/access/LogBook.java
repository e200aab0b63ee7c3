package io.parano.access;

import io.parano.audit.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reading the audit log.
public interface LogBook {
  /// Newest first.
  List<Line> read(Query query);

  /// At most `most` entries behind `index`, oldest first.
  List<Line> after(long index, int most);

  /// The last signed checkpoint; empty when none was signed yet.
  Optional<Signed> signed();

  /// Entries from `from` on and before `until`, in order, as they are kept: at least one where
  /// there is one, and no more than what fits into an answer.
  List<StoredEntry> entries(long from, long until);

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

    /// What is asked for, for whoever reads later that it was.
    String asked() {
      StringBuilder asked = new StringBuilder("at most " + limit + " entries");
      add(asked, "type", type);
      add(asked, "actor", actor);
      add(asked, "resource", resource);
      add(asked, "reason", reason);
      add(asked, "outcome", outcome);
      add(asked, "from", from);
      add(asked, "until", until);
      add(asked, "before", before);
      return asked.toString();
    }

    private static void add(StringBuilder asked, String name, @Nullable Object value) {
      if (value != null && !value.toString().isEmpty()) {
        asked.append(", ").append(name).append(' ').append(value);
      }
    }
  }

  /// @param size how many entries the checkpoint was signed over
  /// @param checkpoint its signed note
  /// @param earlier the signed notes before it, oldest first
  record Signed(long size, String checkpoint, List<String> earlier) {
    public Signed {
      earlier = List.copyOf(earlier);
    }
  }

  /// @param leaf the canonical JSON that the tree holds
  /// @param personal the JSON kept beside the tree; empty when there was none or it was erased
  record Line(long index, String leaf, String personal) {}
}

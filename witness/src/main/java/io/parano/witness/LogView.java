package io.parano.witness;

import io.parano.audit.WatchedLog;
import io.parano.kernel.Digest;
import java.util.List;

/// The log as its witnesses are shown it. Throws an unchecked exception of its own when the log
/// cannot be read.
public interface LogView {
  WatchedLog log();

  /// The last signed checkpoint, of a size that [#root] and [#consistency] know.
  String note();

  /// How many entries there are now; at least as many as the last checkpoint says.
  long size();

  /// The root of the first `size` entries.
  Digest root(long size);

  /// Shows that the first `second` entries begin with the first `first`; empty from none.
  List<Digest> consistency(long first, long second);
}

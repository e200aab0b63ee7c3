package io.parano.app;

import io.parano.audit.WatchedLog;
import io.parano.kernel.Digest;
import io.parano.store.AuditReader;
import io.parano.witness.LogView;
import java.util.List;

/// The server's own log, as its witnesses are shown it.
record StoredLogView(WatchedLog log, AuditReader reader) implements LogView {
  @Override
  public String note() {
    return reader
        .checkpoint()
        .orElseThrow(() -> new IllegalStateException("no checkpoint was signed yet"));
  }

  @Override
  public long size() {
    return reader.size();
  }

  @Override
  public Digest root(long size) {
    return reader.root(size);
  }

  @Override
  public List<Digest> consistency(long first, long second) {
    return reader.consistency(first, second);
  }
}

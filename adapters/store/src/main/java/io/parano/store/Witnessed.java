package io.parano.store;

import io.parano.audit.CheckedCheckpoint;

/// The newest checkpoint of this log that a witness has cosigned, as the witness tells it at start.
///
/// @param witness what the witness is called
public record Witnessed(String witness, CheckedCheckpoint checkpoint) {
  long size() {
    return checkpoint.checkpoint().size();
  }
}

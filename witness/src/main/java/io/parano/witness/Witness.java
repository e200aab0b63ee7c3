package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.CosignatureKey;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.WatchedLog;

/// Somebody elsewhere who cosigns our checkpoints and keeps the newest. Calls may come from any
/// thread, wait for the network, and end within [HttpWitness#PATIENCE]. Whatever a witness says
/// that is not what it should is [Latest.Silent] or [Added.Silent].
public interface Witness {
  CosignatureKey key();

  /// The newest checkpoint of `log` that it cosigned.
  Latest latest(WatchedLog log);

  /// Asks for a cosignature.
  Added add(WatchedLog log, AddCheckpoint request);

  /// From the most refusing to the most allowing.
  sealed interface Latest {
    /// Not reached, or nothing that counts was said.
    record Silent(String why) implements Latest {}

    /// It has never cosigned a checkpoint of this log.
    record Never() implements Latest {}

    /// Under the log's own key and the witness's.
    record Cosigned(CosignedCheckpoint checkpoint) implements Latest {}
  }

  /// From the most refusing to the most allowing.
  sealed interface Added {
    /// Not reached, or nothing that counts was said.
    record Silent(String why) implements Added {}

    /// It will not cosign: it says that it does not know the log or its key, or that the proof does
    /// not hold.
    record Refused(String why) implements Added {}

    /// It has cosigned `size` entries, and wants a proof from there.
    record Elsewhere(long size) implements Added {}

    /// The checkpoint that was sent, with its line under it.
    record Cosigned(CosignedCheckpoint checkpoint) implements Added {}
  }
}

package io.parano.store;

import io.parano.audit.HashReader;
import io.parano.audit.Proofs;
import io.parano.audit.Tiles;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/// Compares the log with what its witnesses have seen of it. [LogCheck] has shown before that the
/// stored hashes are those of its entries, up to the log's own checkpoint; so a few of them tell.
final class WitnessCheck {
  private WitnessCheck() {}

  /// What speaks against serving; empty when the log goes on from all that was witnessed.
  static Optional<Opening> objection(Connection connection, long size, List<Witnessed> seen) {
    HashReader hashes = Tiles.hashes(new SqlTiles(connection), size);
    for (Witnessed witnessed : seen) {
      if (witnessed.size() > size) {
        return Optional.of(new Opening.BehindWitness(witnessed.witness(), size, witnessed.size()));
      }
      if (!Proofs.root(witnessed.size(), hashes)
          .equals(witnessed.checkpoint().checkpoint().root())) {
        return Optional.of(new Opening.Forked(witnessed.witness(), witnessed.size()));
      }
    }
    return Optional.empty();
  }
}

package io.parano.audit;

import java.util.Optional;

/// Where tiles are read from: an export directory, a store, a web server.
@FunctionalInterface
public interface TileReader {
  /// The tile's bytes; empty when there is no such tile. Throws an unchecked exception of the
  /// reader's own when it cannot be read.
  Optional<byte[]> read(TilePath tile);
}

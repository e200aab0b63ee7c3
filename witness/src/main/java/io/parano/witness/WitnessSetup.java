package io.parano.witness;

import io.parano.audit.WatchedLog;
import io.parano.document.Mistake;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `witness.yaml` says. Paths are absolute: relative ones were taken from the file's folder.
///
/// @param key the file of the witness's own key
/// @param state the folder of what was cosigned
/// @param tls null on loopback alone
record WitnessSetup(
    Path key, Path state, InetSocketAddress listen, @Nullable Tls tls, List<WatchedLog> logs) {
  WitnessSetup {
    logs = List.copyOf(logs);
  }

  /// Files in PEM: the chain, and the private key in PKCS #8.
  record Tls(Path certificate, Path key) {}

  /// What became of reading a document, from the most refusing to the most allowing.
  sealed interface Reading {
    /// @param mistakes everything wrong with it; never empty
    record Mistaken(List<Mistake> mistakes) implements Reading {
      public Mistaken {
        mistakes = List.copyOf(mistakes);
      }
    }

    record Read(WitnessSetup setup) implements Reading {}
  }

  static Reading read(String document, Path folder) {
    return new WitnessSetupReader(folder).read(document);
  }
}

package io.parano.witness;

import io.parano.audit.CosignatureKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// A witness as it is installed, in a test's folder, on a free port of loopback.
final class WitnessOnDisk {
  final Path configuration;
  final CosignatureKey key;

  WitnessOnDisk(Path folder, TestKey log) {
    this(folder, log, "");
  }

  /// @param tls what stands under `listen` besides
  WitnessOnDisk(Path folder, TestKey log, String tls) {
    try {
      configuration = Files.createDirectories(folder).resolve("witness.yaml");
      Files.writeString(
          configuration,
          """
          version: 1
          key: witness.key
          state: state
          listen: { tcp: "127.0.0.1:0"%s }
          logs:
            - { origin: "%s", key: "%s" }
          """
              .formatted(tls, log.name(), log.key().vkey()));
      key = WitnessProgram.makeKey(configuration, "witness.example");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WitnessProgram start(InstantSource clock) {
    try {
      return WitnessProgram.open(configuration, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path state() {
    return configuration.resolveSibling("state");
  }

  static URI url(WitnessProgram program, String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + program.address().getPort());
  }
}

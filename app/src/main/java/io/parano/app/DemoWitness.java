package io.parano.app;

import io.parano.audit.NoteKey;
import io.parano.audit.WatchedLog;
import io.parano.witness.HttpWitness;
import io.parano.witness.WitnessProgram;
import io.parano.witness.Witnesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The demo's witness: the program that a second machine would run, on loopback, and the way of the
/// demo's server to it. It is asked when the demo says so, not every ten seconds, so that what it
/// has seen is known.
final class DemoWitness implements AutoCloseable {
  private static final String NAME = "witness.demo";

  private final WitnessProgram program;
  private final WitnessWatch watch;
  private final WitnessPlan plan;

  private DemoWitness(WitnessProgram program, WitnessWatch watch, WitnessPlan plan) {
    this.program = program;
    this.watch = watch;
    this.plan = plan;
  }

  /// Starts it in `folder`, for the log of `server`, which is called `origin`.
  static DemoWitness start(Path folder, String origin, NoteKey key, Server server)
      throws IOException {
    Files.createDirectories(folder);
    Path file =
        Files.writeString(
            folder.resolve("witness.yaml"),
            """
            version: 1
            key: witness.key
            state: state
            listen: { tcp: "127.0.0.1:0" }
            logs:
              - { origin: "%s", key: "%s" }
            """
                .formatted(origin, key.vkey()));
    var own = WitnessProgram.makeKey(file, NAME);
    WitnessProgram program = WitnessProgram.open(file, InstantSource.system());
    HttpWitness asked =
        HttpWitness.at(URI.create("http://127.0.0.1:" + program.address().getPort()), own, null);
    Instant now = Instant.now();
    WitnessWatch watch =
        new WitnessWatch(
            new Witnesses(List.of(asked), now),
            new StoredLogView(new WatchedLog(origin, key), server.log()),
            server.ledger());
    return new DemoWitness(
        program,
        watch,
        new WitnessPlan(List.of(asked), WitnessPlan.WhenSilent.REFUSE, Duration.ZERO));
  }

  /// Has the newest checkpoint cosigned; throws [IOException] when it isn't.
  void round() throws IOException {
    switch (watch.round(Instant.now())) {
      case WitnessWatch.Came.Vouched _ -> {}
      case WitnessWatch.Came.Nobody(var why) -> throw new IOException(why);
      case WitnessWatch.Came.Tampered(var why) -> throw new IOException(why);
    }
  }

  /// What a start that asks it would be told to do.
  WitnessPlan plan() {
    return plan;
  }

  @Override
  public void close() {
    program.close();
  }
}

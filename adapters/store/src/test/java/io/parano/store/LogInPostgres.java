package io.parano.store;

import io.parano.access.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A log in a test's database, opened and closed as often as the test likes.
final class LogInPostgres implements StoreUnderTest {
  final PostgresAddress address;
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final Random random = new Random(1);

  LogInPostgres(Path folder, PostgresAddress address) {
    this.folder = folder;
    this.address = address;
  }

  @Override
  public Opening tryOpen() {
    try {
      return new PostgresLog(
              folder.resolve("log"),
              address,
              CheckpointFolder.at(folder.resolve("outside")),
              new TestKey(),
              new TestTagger(),
              bytes -> {
                synchronized (random) {
                  random.nextBytes(bytes);
                }
              },
              notices::add)
          .open(Samples.NOW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Opened open() {
    return switch (tryOpen()) {
      case Opening.NewLog(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening.Opened(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening other -> throw new AssertionError("the log does not open: " + other);
    };
  }
}

package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.State;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A log in a test's folder, opened and closed as often as the test likes.
final class LogOnDisk implements StoreUnderTest {
  final Path directory;
  final Path outside;
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final Random random = new Random(1);
  Tagger tagger = new TestTagger();

  LogOnDisk(Path folder) {
    this(folder.resolve("log"), folder.resolve("outside"));
  }

  LogOnDisk(Path directory, Path outside) {
    this.directory = directory;
    this.outside = outside;
  }

  @Override
  public Opening tryOpen() {
    return log().open(Samples.NOW);
  }

  @Override
  public Opened open() {
    return switch (tryOpen()) {
      case Opening.NewLog(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening.Opened(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening other -> throw new AssertionError("the log does not open: " + other);
    };
  }

  SqliteLog log() {
    try {
      return new SqliteLog(
          directory,
          CheckpointFolder.at(outside),
          new TestKey(),
          tagger,
          bytes -> {
            synchronized (random) {
              random.nextBytes(bytes);
            }
          },
          notices::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path database() {
    return directory.resolve("parano.db");
  }

  void assertNotices(Class<?>... kinds) {
    List<Class<?>> told = new ArrayList<>();
    notices.forEach(notice -> told.add(notice.getClass()));
    assertThat(told).containsExactly(kinds);
  }
}

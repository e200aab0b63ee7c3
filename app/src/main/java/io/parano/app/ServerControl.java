package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Lever;
import io.parano.access.OldHashes;
import io.parano.access.Targets;
import io.parano.web.Readiness;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// [Control] of a running server.
///
/// @param logEntries how many entries the log has
/// @param witnesses how the witnesses do
record ServerControl(
    Books books,
    Lever lever,
    OldHashes oldHashes,
    LongSupplier logEntries,
    Supplier<Readiness> ready,
    Supplier<String> witnesses,
    Instant startedAt)
    implements Control {
  @Override
  public Status status() {
    return new Status(
        readiness(),
        startedAt,
        books.policy().version(),
        books.roster().everybody().size(),
        books.roster().officers().size(),
        books.sessions().size(),
        logEntries.getAsLong(),
        books.closures().networks().size(),
        books.closures().everybody(),
        oldHashes.left(),
        witnesses.get());
  }

  @Override
  public Lever.Report cut(String order, String because, String operator) {
    return lever.cut(
        Targets.parse(order, books.roster()), because, new Lever.By(null, "control", operator));
  }

  private String readiness() {
    return switch (ready.get()) {
      case Readiness.Doubtful(var what) -> "ready, but " + what;
      case Readiness.Ready _ -> "ready";
      case Readiness.NotReady(var why) -> why;
    };
  }
}

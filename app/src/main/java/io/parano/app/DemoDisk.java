package io.parano.app;

import io.parano.demo.ParanoUnderTest.Started;
import io.parano.store.CheckpointFolder;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// The demo's intruder who has the host's disk: copies of the database and of what is kept outside,
/// edits, and what a start says to them.
final class DemoDisk {
  private static final String OUTSIDE = "outside";

  private final ServerPlan plan;
  private final Path outside;
  private final DemoWitness witness;

  /// @param outside the folder that `plan` keeps checkpoints in
  /// @param witness has seen the log up to the last copy
  DemoDisk(ServerPlan plan, Path outside, DemoWitness witness) {
    this.plan = plan;
    this.outside = outside;
    this.witness = witness;
  }

  /// A copy that is whole although the server goes on writing, and that the witness has seen.
  void copy(Path folder) throws IOException {
    witness.round();
    Files.createDirectories(folder.resolve(OUTSIDE));
    Files.createDirectory(
        log(folder),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    SqliteLog.copy(plan.data(), SqliteLog.database(log(folder)));
    try (var kept = Files.list(outside)) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(OUTSIDE).resolve(file.getFileName()));
      }
    }
  }

  static void write(Path copy, List<String> statements) throws IOException {
    int changed = 0;
    try (Connection connection = open(log(copy));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        changed = statement.executeUpdate(sql);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    if (changed == 0) {
      throw new IOException("expected a row to change: " + statements.getLast());
    }
  }

  Started tryStart(Path copy, Path outsideOf) throws IOException {
    return started(
        LogStart.find(of(copy, outsideOf), InstantSource.system(), new SystemRandomness()));
  }

  /// The same, and the witness is asked first.
  Started tryWitnessedStart(Path copy, Path outsideOf) throws IOException {
    return started(
        LogStart.findWitnessed(
            of(copy, outsideOf), witness.plan(), InstantSource.system(), new SystemRandomness()));
  }

  private ServerPlan of(Path copy, Path outsideOf) throws IOException {
    return plan.on(log(copy), CheckpointFolder.at(outsideOf.resolve(OUTSIDE)));
  }

  private static Started started(Opening opening) {
    return switch (opening) {
      case Opening.RowsAltered(var findings) ->
          new Started.Refused(
              findings.getFirst().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Opening.Opened(SqlLedger ledger, _, _) -> {
        ledger.close();
        yield new Started.Opened();
      }
      case Opening.NewLog(SqlLedger ledger, _, _) -> {
        ledger.close();
        yield new Started.Refused("new-log");
      }
      case Opening.Altered _,
          Opening.Behind _,
          Opening.BehindWitness _,
          Opening.Forked _,
          Opening.Unwitnessed _,
          Opening.Refused _,
          Opening.Failed _ ->
          new Started.Refused(DemoServer.kebab(opening.getClass()));
    };
  }

  private static Path log(Path copy) {
    return copy.resolve("log");
  }

  private static Connection open(Path folder) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + SqliteLog.database(folder));
  }
}

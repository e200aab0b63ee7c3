package io.parano.app;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parano audit tail [-f]`: the newest entries, and with `-f` whatever comes, until it is stopped
/// or the session ends.
@Command(name = "tail", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class AuditTailCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MILLIS = 1_000;

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Option(
      names = "-n",
      defaultValue = "20",
      paramLabel = "ENTRIES",
      descriptionKey = "audit.how-many")
  private int entries = 20;

  @Option(
      names = {"-f", "--follow"},
      descriptionKey = "audit.follow")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    return desk.with(remote -> {
      LogLines lines = LogLines.of(desk, remote);
      String most = Integer.toString(Math.clamp(entries, 1, 1_000));
      List<Json> newest = remote.post("/api/log", Json.object("limit", most)).list("lines");
      long last = print(newest.reversed(), lines, -1);
      while (follow && paused()) {
        Json later =
            remote.post("/api/log/after", Json.object("after", Long.toString(Math.max(0, last))));
        last = print(later.list("lines"), lines, last);
      }
      return ExitCode.DONE;
    });
  }

  /// @return the index of the last entry printed
  private static long print(List<Json> entries, LogLines lines, long before) throws IOException {
    long last = before;
    for (Json entry : entries) {
      lines.print(entry);
      last = entry.number("index");
    }
    return last;
  }

  private static boolean paused() {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

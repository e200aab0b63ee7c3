package io.parano.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Signals to a process of the tests.
public final class Signal {
  private static final int TRIES = 10_000;

  private Signal() {}

  /// Sends it, as `kill -NAME`. After `STOP` every thread has stopped when it returns: the kernel
  /// tells them one after another, and on a busy machine some go on for a while.
  public static void send(String name, Process process) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .start()
            .waitFor();
    if (code != 0 && process.isAlive()) {
      throw new IOException("kill -" + name + " ended with " + code);
    }
    for (int tries = 0; name.equals("STOP") && !isStopped(process); tries++) {
      if (tries == TRIES) {
        throw new IOException("the process goes on");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// proc_pid_stat(5): the state stands behind the name, which is in brackets.
  private static boolean isStopped(Process process) {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        String stat = Files.readString(thread.resolve("stat"));
        if (!stat.substring(stat.lastIndexOf(')') + 1).startsWith(" T")) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // A thread that ended meanwhile; there may be another.
      return !Files.exists(threads);
    }
  }
}

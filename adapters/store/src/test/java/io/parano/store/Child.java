package io.parano.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/// A second Java process over the test's own classes, whose word counts only in whole lines.
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private Child(Process process) {
    this.process = process;
    this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static Child run(Class<?> main, Object... arguments) throws IOException {
    List<String> command = JavaCommand.of(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Prints one line for the parent; whole, or not at all.
  static void say(String line) {
    synchronized (System.out) {
      System.out.print(line + " .\n");
      System.out.flush();
    }
  }

  /// At most `most` lines, or what there is until it ends.
  List<String> listen(int most) throws IOException {
    List<String> heard = new ArrayList<>();
    while (heard.size() < most) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      if (line.endsWith(" .")) {
        heard.add(line.substring(0, line.length() - 2));
      }
    }
    return heard;
  }

  /// Ends it as `kill -9` does, and returns what it had still said.
  List<String> kill() throws IOException, InterruptedException {
    // Through the handle: the process itself would close the pipe, and what it said with it.
    process.toHandle().destroyForcibly();
    process.waitFor();
    return listen(Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

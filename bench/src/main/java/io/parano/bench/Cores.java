package io.parano.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which core does what: one for the server that is measured, one for the load on it.
enum Cores {
  SERVER("0"),
  LOAD("1");

  private final String number;

  Cores(String number) {
    this.number = number;
  }

  /// `command`, held to this core; as it is where there is no telling (a single core, no
  /// `taskset`).
  List<String> hold(List<String> command) {
    if (!apart()) {
      return command;
    }
    List<String> held = new ArrayList<>(List.of("taskset", "-c", number));
    held.addAll(command);
    return held;
  }

  /// Holds all threads of a running process to this core.
  void take(Process process) throws IOException, InterruptedException {
    if (apart()) {
      new ProcessBuilder("taskset", "-acp", number, Long.toString(process.pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  static boolean apart() {
    return Runtime.getRuntime().availableProcessors() > 1 && Packages.isThere("taskset");
  }
}

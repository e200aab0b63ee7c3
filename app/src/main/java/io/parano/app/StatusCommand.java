package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano status`, on the server's host.
@Command(
    name = "status",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  static final String SOCKET = "/run/parano/control";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--control",
      paramLabel = "SOCKET",
      descriptionKey = "control",
      defaultValue = SOCKET)
  private Path socket = Path.of(SOCKET);

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    return show(new ControlClient(socket).ask("status"), json, spec);
  }

  /// Prints an answer as it came, or a member a line.
  static int show(ControlClient.Answer answer, boolean json, CommandLine.Model.CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.json());
    } else {
      answer.members().forEach((name, value) -> out.printf("%-14s %s%n", name, value));
    }
    return answer.done() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}

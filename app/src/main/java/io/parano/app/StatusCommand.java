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
    Json answer = new ControlClient(socket).ask("status");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
    } else {
      answer.members().forEach((name, value) -> out.printf("%-14s %s%n", name, Plain.of(value)));
    }
    return ControlClient.done(answer) ? ExitCode.DONE : ExitCode.REFUSED;
  }
}

package io.parano.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano ssh authority`, on the server's host: what hosts and people are to believe, told where
/// nobody is on the way.
@Command(
    name = "authority",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class SshAuthorityCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--hosts", descriptionKey = "ssh.authority.hosts")
  private boolean hosts;

  @Option(
      names = "--control",
      paramLabel = "SOCKET",
      descriptionKey = "control",
      defaultValue = StatusCommand.SOCKET)
  private Path socket = Path.of(StatusCommand.SOCKET);

  @Override
  public Integer call() throws IOException {
    Json answer = new ControlClient(socket).ask("ssh-authorities");
    if (!ControlClient.done(answer)) {
      throw new ServerSaidNo(403, "refused", Plain.of(answer.text("why")));
    }
    spec.commandLine().getOut().println(answer.text(hosts ? "hosts" : "users"));
    return ExitCode.DONE;
  }
}

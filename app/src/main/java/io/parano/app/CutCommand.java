package io.parano.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano cut person|token|network|session|everybody [WHICH] --because WHY`, on the server's host.
@Command(name = "cut", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class CutCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "person|token|network|session|everybody",
      descriptionKey = "cut.kind")
  private String kind = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "WHICH", descriptionKey = "cut.which")
  private String which = "";

  @Option(names = "--because", paramLabel = "WHY", descriptionKey = "cut.because")
  private String because = "";

  @Option(
      names = "--control",
      paramLabel = "SOCKET",
      descriptionKey = "control",
      defaultValue = StatusCommand.SOCKET)
  private Path socket = Path.of(StatusCommand.SOCKET);

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String order = kind.equals("everybody") ? kind : kind + ":" + which;
    String why = because.replaceAll("[\\t\\n\\r]", " ");
    return StatusCommand.show(new ControlClient(socket).ask("cut", order, why), json, spec);
  }
}

package io.parano.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `parano completion bash|zsh`: a script to source.
@Command(
    name = "completion",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "bash|zsh", descriptionKey = "completion.shell")
  private Shell shell = Shell.bash;

  /// Lower case, as it is typed.
  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    CommandLine line = ParanoCommand.whole();
    // What is not for people is not offered to them.
    List.copyOf(line.getSubcommands().values()).stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> command.usageMessage().hidden())
        .forEach(hidden -> line.getCommandSpec().removeSubcommand(hidden.name()));
    String script = AutoComplete.bash("parano", line);
    spec.commandLine()
        .getOut()
        .print(
            switch (shell) {
              case bash -> script;
              case zsh -> "autoload -U +X bashcompinit && bashcompinit\n" + script;
            });
    return ExitCode.DONE;
  }
}

package io.parano.app;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `parano`: without a subcommand it says what there is.
@Command(
    name = "parano",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ParanoCommand {
  static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ProbeCommand.class,
          InitCommand.class,
          CheckConfigCommand.class,
          BootstrapCommand.class,
          ServeCommand.class,
          StatusCommand.class,
          LoginCommand.class,
          LogoutCommand.class,
          WhoCommand.class,
          SessionCommand.class,
          CutCommand.class,
          ReopenCommand.class,
          StaffCommand.class,
          ActCommand.class,
          PolicyCommand.class,
          PasswordsCommand.class,
          KeysCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          SshCommand.class,
          RadiusCommand.class,
          MailCommand.class,
          VpnHelperCommand.class,
          AuditCommand.class,
          StoreCommand.class,
          MetadataCommand.class,
          CompletionCommand.class,
          TrainCommand.class,
          VersionCommand.class,
          HelpCommand.class);

  /// The whole command line.
  static CommandLine whole() {
    return with(COMMANDS);
  }

  /// As much of it as `arguments` can need: to describe every command takes half a second, which a
  /// start and a cut do not have. Help needs them all.
  static CommandLine of(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> command != HelpCommand.class)
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .map(command -> with(List.of(command)))
        .orElseGet(ParanoCommand::whole);
  }

  private static CommandLine with(List<Class<?>> commands) {
    CommandLine line = new CommandLine(new ParanoCommand());
    commands.forEach(line::addSubcommand);
    return line;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}

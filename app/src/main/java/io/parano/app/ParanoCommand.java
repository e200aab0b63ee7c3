package io.parano.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `parano`: without a subcommand it says what there is.
@Command(
    name = "parano",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
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
      SshCommand.class,
      RadiusCommand.class,
      AuditCommand.class,
      CompletionCommand.class,
      TrainCommand.class,
      VersionCommand.class,
      HelpCommand.class
    })
final class ParanoCommand {}

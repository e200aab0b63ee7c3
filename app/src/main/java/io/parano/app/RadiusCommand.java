package io.parano.app;

import io.parano.config.RadiusPlace;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano radius secret`: what a VPN server and we share, sealed for the configuration.
@Command(
    name = "radius",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class RadiusCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "secret",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int secret(
      @Parameters(paramLabel = "NAME", descriptionKey = "radius.name") String name,
      @Option(names = "--of", paramLabel = "FILE", descriptionKey = "radius.of") @Nullable Path of,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              descriptionKey = "config",
              defaultValue = CheckConfigCommand.FILE)
          Path file)
      throws IOException {
    return new SealedForConfiguration(
            name, RadiusPlace.Client.context(name), "secret", "radius.secret-once")
        .print(file, of, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

package io.parano.app;

import io.parano.argon2.Argon2Pool;
import io.parano.argon2.Calibration;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Canonical;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano passwords calibrate`: how dear a password hash may be on this machine.
@Command(
    name = "passwords",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class PasswordsCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "calibrate",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int calibrate(
      @Option(
              names = "--millis",
              defaultValue = "250",
              paramLabel = "MS",
              descriptionKey = "calibrate.millis")
          int millis,
      @Option(
              names = "--memory",
              defaultValue = "65536",
              paramLabel = "KIB",
              descriptionKey = "calibrate.memory")
          int memory,
      @Option(names = "--json", descriptionKey = "json") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      Calibration.Figure figure =
          new Calibration(argon2, System::nanoTime).calibrate(Duration.ofMillis(millis), memory, 1);
      Argon2Parameters parameters = figure.parameters();
      if (json) {
        out.println(
            Canonical.object()
                .put("memory", parameters.memoryKib())
                .put("passes", parameters.passes())
                .put("lanes", parameters.lanes())
                .put("micros", figure.took().toNanos() / 1000)
                .put("engine", argon2.engine())
                .text());
      } else {
        out.println(
            Texts.say(
                "calibrate.took",
                Long.toString(figure.took().toMillis()),
                Long.toString(Math.round(figure.aSecond())),
                argon2.engine()));
        out.printf(
            "passwords:%n  memory: %d%n  passes: %d%n  lanes: %d%n",
            parameters.memoryKib(), parameters.passes(), parameters.lanes());
      }
    }
    return ExitCode.DONE;
  }
}

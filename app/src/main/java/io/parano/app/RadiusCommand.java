package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.RadiusPlace;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
  /// 192 bits in base64url; servers take 32 characters at least.
  private static final int RANDOM_BYTES = 24;

  private static final int SHORTEST = 16;

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
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return switch (Preparation.prepare(file, Preparation.Root.ALLOWED)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(err::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) ->
          sealed(name, of, configuration, out, err);
    };
  }

  private static int sealed(
      String name, @Nullable Path of, Configuration configuration, PrintWriter out, PrintWriter err)
      throws IOException {
    Randomness randomness = new SystemRandomness();
    try (Secret secret = of == null ? fresh(randomness) : Secrets.firstLine(of)) {
      if (secret.length() < SHORTEST) {
        err.println(Texts.say("radius.secret-short", Integer.toString(SHORTEST)));
        return ExitCode.FAILED;
      }
      byte[] plain = secret.copy();
      Bytes sealed =
          Bytes.of(
              Preparation.open(configuration, Secrets.ofProcess())
                  .sealer(randomness)
                  .seal(plain, RadiusPlace.Client.context(name)));
      if (of == null) {
        out.println(
            Texts.say("radius.secret-once", name, new String(plain, StandardCharsets.UTF_8)));
      }
      Arrays.fill(plain, (byte) 0);
      out.println("secret: " + sealed.base64Url());
    }
    return ExitCode.DONE;
  }

  private static Secret fresh(Randomness randomness) {
    return Secret.ofText(Bytes.of(randomness.bytes(RANDOM_BYTES)).base64Url());
  }
}

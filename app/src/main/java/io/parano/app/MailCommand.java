package io.parano.app;

import io.parano.config.MailPlace;
import io.parano.mail.DovecotSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano mail list|check|secret|review`: the passwords of devices, and what mail servers and we
/// share.
@Command(
    name = "mail",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = MailReviewCommand.class)
final class MailCommand {
  private static final Map<String, MailPlace.Use> USES =
      Map.of(
          "server",
          MailPlace.Use.SERVER,
          "backend",
          MailPlace.Use.BACKEND,
          "doveadm",
          MailPlace.Use.DOVEADM);

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "list",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int list(@Mixin RemoteDesk desk) throws IOException {
    return desk.with(remote -> {
      Json answer = remote.get("/api/devices");
      List<Json> devices = answer.list("devices");
      Table table = new Table("id", "person", "label", "made", "until");
      for (Json device : devices) {
        table.row(
            device.text("id"),
            device.text("person"),
            device.text("label"),
            Times.minute(device.text("madeAt")),
            Times.minute(device.text("endsAt")));
      }
      return desk.show(answer, table, devices.isEmpty());
    });
  }

  @Command(
      name = "check",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int check(@Parameters(paramLabel = "FILE", descriptionKey = "mail.doveconf") Path file)
      throws IOException {
    List<DovecotSettings.Flaw> flaws = DovecotSettings.flaws(Files.readString(file));
    for (DovecotSettings.Flaw flaw : flaws) {
      spec.commandLine().getOut().println(Texts.say("mail.flaw-" + flaw.code()));
    }
    if (flaws.isEmpty()) {
      spec.commandLine().getOut().println(Texts.say("mail.no-flaw"));
    }
    return flaws.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Command(
      name = "secret",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int secret(
      @Parameters(paramLabel = "NAME", descriptionKey = "mail.name") String name,
      @Option(
              names = "--for",
              paramLabel = "server|backend|doveadm",
              descriptionKey = "mail.for",
              defaultValue = "server")
          String use,
      @Option(names = "--of", paramLabel = "FILE", descriptionKey = "radius.of") @Nullable Path of,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              descriptionKey = "config",
              defaultValue = CheckConfigCommand.FILE)
          Path file)
      throws IOException {
    MailPlace.Use known = USES.get(use.toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new ParameterException(spec.commandLine(), Texts.say("mail.unknown-use", use));
    }
    String key =
        switch (known) {
          case SERVER -> "secret";
          case BACKEND -> "password";
          case DOVEADM -> "key";
        };
    return new SealedForConfiguration(name, known.context(name), key, "mail.secret-once")
        .print(file, of, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

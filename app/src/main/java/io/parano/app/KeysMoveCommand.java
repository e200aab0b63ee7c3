package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano keys move`, on the server's host: the keyset goes behind a hardware module, or away from
/// one. The running server does it; the configuration has to follow.
@Command(name = "move", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class KeysMoveCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--to", required = true, paramLabel = "LOCK", descriptionKey = "keys.move-to")
  private String to = "";

  @Option(names = "--library", paramLabel = "FILE", descriptionKey = "keys.library")
  private @Nullable Path library;

  @Option(names = "--slot", paramLabel = "N", descriptionKey = "keys.slot")
  private int slot;

  @Option(
      names = "--key",
      paramLabel = "LABEL",
      descriptionKey = "keys.label",
      defaultValue = "parano-keyset")
  private String label = "";

  @Option(names = "--pin", paramLabel = "FILE", descriptionKey = "keys.pin")
  private @Nullable Path pinFile;

  @Option(names = "--new-passphrase", paramLabel = "FILE", descriptionKey = "keys.new")
  private @Nullable Path freshFile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path file = Path.of(CheckConfigCommand.FILE);

  @Override
  public Integer call() throws IOException {
    boolean module = to.equals("pkcs11");
    Path maker = library;
    if (module == (maker == null)
        || !(module || to.equals("passphrase"))
        || !label.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new CommandLine.ParameterException(spec.commandLine(), Texts.say("keys.move-usage"));
    }
    Configuration configuration = ConfigurationFile.right(file);
    String library = maker == null ? "" : maker.toAbsolutePath().toString();
    try (Secret passphrase = KeysCommand.passphrase(configuration);
        Secret fresh = module ? pin() : KeysCommand.fresh(freshFile)) {
      KeysCommand.change(
          configuration,
          spec.commandLine().getOut(),
          false,
          "keys-move",
          KeysCommand.text(passphrase),
          KeysCommand.text(fresh),
          library,
          Integer.toString(slot),
          label);
    }
    spec.commandLine()
        .getOut()
        .println(
            module
                ? Texts.say("keys.moved.pkcs11", library, Integer.toString(slot), label)
                : Texts.say("keys.moved.passphrase"));
    return ExitCode.DONE;
  }

  private Secret pin() throws IOException {
    Path from = pinFile;
    return Secrets.ofProcess()
        .passphrase(
            from == null ? new PassphraseSource.Terminal() : new PassphraseSource.File(from));
  }
}

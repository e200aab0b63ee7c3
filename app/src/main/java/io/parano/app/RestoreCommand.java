package io.parano.app;

import io.parano.access.Restoring;
import io.parano.config.Configuration;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.kernel.Secret;
import io.parano.keys.BackupOpener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano restore FILE --key KEY`, where there is neither keyset nor log: a backup becomes an
/// installation that grants nothing yet, with a log under another name.
@Command(
    name = "restore",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "FILE", descriptionKey = "restore.file")
  private Path file = Path.of("");

  @Option(names = "--key", required = true, paramLabel = "KEY", descriptionKey = "restore.key")
  private Path keyFile = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path configurationFile = Path.of(CheckConfigCommand.FILE);

  @Option(names = "--passphrase", paramLabel = "FILE", descriptionKey = "restore.passphrase")
  private @Nullable Path passphraseFile;

  @Option(names = "--allow-root", descriptionKey = "serve.allow-root")
  private boolean allowRoot;

  @Override
  public Integer call() throws IOException {
    Preparation.Root root = allowRoot ? Preparation.Root.ALLOWED : Preparation.Root.REFUSED;
    return switch (Preparation.prepare(configurationFile, root)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(spec.commandLine().getErr()::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) -> restore(configuration);
    };
  }

  private int restore(Configuration configuration) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Restoration restoration = new Restoration(configuration, step -> {});
    var objection = restoration.objection();
    if (objection.isPresent()) {
      spec.commandLine().getErr().println(objection.get());
      return ExitCode.REFUSED;
    }
    if (restoration.isReady()) {
      restoration.place(Instant.now());
    } else {
      try (Secret passphrase = passphrase(configuration)) {
        Restoring.Voided voided = restore(restoration, file, keyFile, passphrase);
        out.println(
            Texts.say(
                "restore.voided",
                Integer.toString(voided.sessions()),
                Integer.toString(voided.acts()),
                Integer.toString(voided.otpTokens())));
      }
    }
    out.println(Texts.say("restore.done"));
    return ExitCode.DONE;
  }

  /// All of it, from the file to the places.
  static Restoring.Voided restore(Restoration restoration, Path backup, Path key, Secret passphrase)
      throws IOException {
    BackupContent content = restoration.unseal(backup, opener(key));
    Restoring.Voided voided = restoration.prepare(content, passphrase, Instant.now());
    restoration.place(Instant.now());
    return voided;
  }

  private static BackupOpener opener(Path key) throws IOException {
    try {
      return BackupOpener.read(Files.readString(key));
    } catch (IOException e) {
      throw new IOException(Texts.say("backup.no-key", key.toString(), Refusal.why(e)), e);
    }
  }

  /// That of the backup's keyset.
  private Secret passphrase(Configuration configuration) throws IOException {
    Path from = passphraseFile;
    PassphraseSource source =
        from == null ? configuration.keyset().passphrase() : new PassphraseSource.File(from);
    return Secrets.ofProcess()
        .passphrase(
            source instanceof PassphraseSource.SystemdCredential
                ? new PassphraseSource.Terminal()
                : source);
  }
}

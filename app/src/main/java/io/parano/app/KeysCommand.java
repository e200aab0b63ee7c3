package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano keys list|rotate|reseal|retire|move`, on the server's host: the keys of the running
/// server. It does the work; the command hands it the passphrase and tells how it goes.
@Command(
    name = "keys",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = KeysMoveCommand.class)
final class KeysCommand {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "list",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--control",
              paramLabel = "SOCKET",
              descriptionKey = "control",
              defaultValue = StatusCommand.SOCKET)
          Path socket,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    Json keys = done(new ControlClient(socket).ask("keys"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(keys);
      return ExitCode.DONE;
    }
    for (Json key : keys.list("keys")) {
      out.println(
          Texts.say(
              "keys.line",
              "%-11s".formatted(Plain.of(key.text("purpose"))),
              Long.toString(key.number("version")),
              Plain.of(key.text("made")),
              Texts.say("keys." + key.text("standing")),
              Texts.say("keys.for." + key.text("purpose"))));
      if (!key.text("publicKey").isEmpty()) {
        out.println("            " + Plain.of(key.text("publicKey")));
      }
    }
    out.println(
        Texts.say(
            "keys.sealed",
            Long.toString(keys.number("sealed")),
            Long.toString(keys.number("sealedUnderEarlier"))));
    for (Json configured : keys.list("configuredUnderEarlier")) {
      out.println(Texts.say("keys.configured", Plain.of(configured.text())));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "reseal",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int reseal(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              descriptionKey = "config",
              defaultValue = CheckConfigCommand.FILE)
          Path file)
      throws IOException {
    Configuration configuration = ConfigurationFile.right(file);
    PrintWriter out = spec.commandLine().getOut();
    try (Keyset keyset = Preparation.open(configuration, Secrets.ofProcess())) {
      Sealer sealer = keyset.sealer(new SystemRandomness());
      List<String> earlier = SealedLines.earlier(configuration.sealed(), sealer);
      for (Configuration.Sealed one : configuration.sealed()) {
        if (earlier.contains(one.what())) {
          out.println(one.what() + ": " + SealedLines.anew(one, sealer).base64Url());
        }
      }
      out.println(Texts.say(earlier.isEmpty() ? "keys.reseal-none" : "keys.reseal"));
      return ExitCode.DONE;
    } catch (Sealer.SealBroken e) {
      throw new IOException(Texts.say("keys.reseal-broken", String.valueOf(e.getMessage())), e);
    }
  }

  @Command(
      name = "rotate",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int rotate(
      @Parameters(paramLabel = "KEY", descriptionKey = "keys.which") String which,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              descriptionKey = "config",
              defaultValue = CheckConfigCommand.FILE)
          Path file,
      @Option(names = "--new-passphrase", paramLabel = "FILE", descriptionKey = "keys.new")
          @Nullable Path freshFile,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    Configuration configuration = ConfigurationFile.right(file);
    try (Secret passphrase = passphrase(configuration);
        Secret fresh = which.equals("passphrase") ? fresh(freshFile) : Secret.of(new byte[0])) {
      return told(configuration, json, "keys-rotate", which, text(passphrase), text(fresh));
    }
  }

  @Command(
      name = "retire",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int retire(
      @Parameters(paramLabel = "KEY", descriptionKey = "keys.which-retire") String which,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              descriptionKey = "config",
              defaultValue = CheckConfigCommand.FILE)
          Path file,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    Configuration configuration = ConfigurationFile.right(file);
    try (Secret passphrase = passphrase(configuration)) {
      return told(configuration, json, "keys-retire", which, text(passphrase));
    }
  }

  private int told(Configuration configuration, boolean json, String... order) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Json keys = change(configuration, out, json, order);
    out.println(
        json
            ? keys.toString()
            : Texts.say(
                order[0].equals("keys-retire") ? "keys.done.retire" : "keys.done." + order[1]));
    return ExitCode.DONE;
  }

  /// Has the running server do it, and waits; the keys as they are then.
  static Json change(Configuration configuration, PrintWriter out, boolean json, String... order)
      throws IOException {
    Path socket = configuration.control();
    if (socket == null) {
      throw new IOException(Texts.say("keys.no-control"));
    }
    ControlClient control = new ControlClient(socket);
    done(control.ask(order));
    long told = -1;
    Json keys = done(control.ask("keys"));
    while (!keys.truth("over")) {
      long left = keys.number("sealedUnderEarlier");
      if (!json && left > 0 && left != told) {
        out.println(Texts.say("keys.left", Long.toString(left)));
        out.flush();
        told = left;
      }
      pause();
      keys = done(control.ask("keys"));
    }
    if (!keys.text("refusal").isEmpty()) {
      throw refused(keys.text("refusal"), keys.text("detail"));
    }
    return keys;
  }

  private static Json done(Json answer) throws IOException {
    if (!ControlClient.done(answer)) {
      String why = answer.text("why");
      throw refused(why, answer.find("detail").map(Json::text).orElse(""));
    }
    return answer;
  }

  private static ServerSaidNo refused(String code, String detail) {
    boolean known = code.matches("[a-z-]+");
    return new ServerSaidNo(
        403, "refused", known ? Texts.say("keys.why." + code, Plain.of(detail)) : Plain.of(code));
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(Texts.say("keys.goes-on"), e);
    }
  }

  /// A credential of the service is nobody else's: whoever sits here types it.
  static Secret passphrase(Configuration configuration) throws IOException {
    PassphraseSource source = configuration.keyset().passphrase();
    return Secrets.ofProcess()
        .passphrase(
            switch (source) {
              case PassphraseSource.File inFile -> inFile;
              case PassphraseSource.Terminal _, PassphraseSource.SystemdCredential _ ->
                  new PassphraseSource.Terminal();
            });
  }

  static Secret fresh(@Nullable Path file) throws IOException {
    return Secrets.ofProcess()
        .newPassphrase(
            Optional.ofNullable(file)
                .<PassphraseSource>map(PassphraseSource.File::new)
                .orElseGet(PassphraseSource.Terminal::new));
  }

  static String text(Secret secret) {
    byte[] bytes = secret.copy();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

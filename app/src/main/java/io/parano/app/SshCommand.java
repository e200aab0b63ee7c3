package io.parano.app;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano ssh login|host-certificate|agent|authority`: certificates of minutes for people, longer
/// ones for hosts, and what a host must keep up with.
@Command(
    name = "ssh",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = {SshAgentCommand.class, SshAuthorityCommand.class})
final class SshCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "login",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int login(
      @Parameters(paramLabel = "HOSTS", descriptionKey = "ssh.hosts") String hosts,
      @Option(names = "--key", paramLabel = "FILE", descriptionKey = "ssh.key") @Nullable Path key,
      @Option(names = "--otp", descriptionKey = "ssh.otp") boolean otp,
      @Mixin ServerChoice choice,
      @Mixin RemoteDesk desk)
      throws IOException {
    Path own =
        key == null ? Path.of(System.getProperty("user.home"), ".ssh", "id_ed25519_sk") : key;
    SshLogin login = SshLogin.with(own, System.getenv());
    Json wanted = Json.object("hosts", hosts, "key", login.publicLine());
    if (!otp) {
      return desk.with(remote -> take(login, remote.post("/api/ssh/certificate", wanted), desk));
    }
    Console terminal =
        Terminal.console().orElseThrow(() -> new IOException(Texts.say("ssh.no-terminal")));
    Login server = choice.wanted(desk.file().read());
    Json shown = wanted;
    for (String level : List.of("name", "otp", "password")) {
      shown = shown.with(level, asked(terminal, level));
    }
    try (Remote remote = Remote.to(server)) {
      return take(login, remote.post("/api/command/ssh-certificate", shown), desk);
    }
  }

  /// Nothing but the name is shown: whoever looks on has no use of it.
  private static String asked(Console terminal, String level) throws IOException {
    String prompt = Texts.say("ssh.ask-" + level) + " ";
    if (level.equals("name")) {
      String line = terminal.readLine("%s", prompt);
      if (line != null) {
        return line.strip();
      }
    }
    char[] typed = level.equals("name") ? null : terminal.readPassword("%s", prompt);
    if (typed == null) {
      throw new IOException(Texts.say("remote.interrupted"));
    }
    return new String(typed);
  }

  private static int take(SshLogin login, Json answer, RemoteDesk desk) throws IOException {
    List<String> told = login.take(answer);
    if (desk.json()) {
      desk.out().println(answer);
    } else {
      told.forEach(desk.out()::println);
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "host-certificate",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int hostCertificate(
      @Parameters(paramLabel = "FILE", descriptionKey = "ssh.host-key") Path key,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              descriptionKey = "ssh.host-name")
          List<String> names,
      @Option(names = "--days", defaultValue = "90", paramLabel = "N", descriptionKey = "ssh.days")
          int days,
      @Option(
              names = "--control",
              paramLabel = "SOCKET",
              descriptionKey = "control",
              defaultValue = StatusCommand.SOCKET)
          Path socket)
      throws IOException {
    Json answer =
        new ControlClient(socket)
            .ask(
                "ssh-host-certificate",
                Files.readString(key).strip(),
                String.join(",", names),
                Integer.toString(days));
    if (!ControlClient.done(answer)) {
      throw new ServerSaidNo(403, "refused", Plain.of(answer.text("why")));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(answer.text("certificate"));
    return ExitCode.DONE;
  }
}

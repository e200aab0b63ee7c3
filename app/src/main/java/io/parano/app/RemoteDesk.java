package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// What every command over a login session takes, and the way to the server.
final class RemoteDesk {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--login", paramLabel = "FILE", descriptionKey = "login-file")
  private @Nullable Path file;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /// What is asked of the server; its answer becomes an exit code.
  interface Asking {
    int ask(Remote remote) throws IOException;
  }

  boolean json() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  LoginFile file() {
    return file == null
        ? LoginFile.of(System.getenv(), System.getProperty("user.home"))
        : new LoginFile(file);
  }

  /// The login of this user; throws [ServerSaidNo] when there is none or it is over.
  Login login() throws IOException {
    return file()
        .read()
        .filter(login -> login.held() != null)
        .orElseThrow(() -> new ServerSaidNo(401, "sign-in", Texts.say("login.none")));
  }

  int with(Asking asking) throws IOException {
    try (Remote remote = Remote.to(login())) {
      return asking.ask(remote);
    }
  }

  /// Prints an answer: as it is for programs, else as `table` has it.
  int show(Json answer, Table table, boolean empty) {
    if (json) {
      out().println(answer);
    } else if (empty) {
      out().println(Texts.say("nothing"));
    } else {
      table.print(out());
    }
    return ExitCode.DONE;
  }
}

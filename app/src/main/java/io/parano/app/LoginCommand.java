package io.parano.app;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `parano login`: shows a code and a page, waits until somebody who is signed in there confirms
/// the code after a touch, and keeps the short session that this gives. Whoever stops it meanwhile
/// has nothing, and the code dies by itself.
@Command(name = "login", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private static final long FIRST_WAIT_MILLIS = 250;
  private static final long LONGEST_WAIT_MILLIS = 2_000;
  private static final int NOT_YET = 202;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Option(names = "--server", paramLabel = "ORIGIN", descriptionKey = "login.server")
  private @Nullable String server;

  @Option(names = "--ca", paramLabel = "FILE", descriptionKey = "login.ca")
  private @Nullable Path authorities;

  @Option(names = "--source", paramLabel = "ADDRESS", descriptionKey = "login.source")
  private @Nullable String source;

  @Override
  public Integer call() throws IOException {
    Login login = wanted(desk.file().read());
    try (Remote remote = Remote.to(login)) {
      Json begun = remote.post("/api/command/begin", Json.object());
      // With --json the answer alone goes to standard output.
      PrintWriter screen = desk.json() ? desk.err() : desk.out();
      screen.println(Texts.say("login.open", Plain.of(begun.text("page"))));
      screen.println(Texts.say("login.code", Plain.of(begun.text("code"))));
      screen.println(
          Texts.say("login.waiting", Long.toString(Math.max(1, begun.number("seconds") / 60))));
      screen.flush();
      Json granted = confirmed(remote, begun.text("ticket"));
      return keep(
          login.holding(
              new Login.Held(
                  Secret.ofText(granted.text("bearer")), Instant.parse(granted.text("endsAt")))));
    }
  }

  /// What the options say; where they say nothing, what the last login said.
  private Login wanted(Optional<Login> last) {
    if (server == null && last.isEmpty()) {
      throw wrong(Texts.say("login.which-server"));
    }
    Site site = server == null ? last.orElseThrow().server() : site(server);
    Optional<Login> same = last.filter(login -> login.server().equals(site));
    return new Login(
        site,
        authorities == null
            ? same.map(Login::authorities).orElse(null)
            : authorities.toAbsolutePath(),
        source == null ? same.map(Login::source).orElse(null) : address(source),
        null);
  }

  private Site site(String origin) {
    try {
      return Site.parse(origin);
    } catch (IllegalArgumentException e) {
      throw wrong("--server: " + e.getMessage());
    }
  }

  private String address(String text) {
    try {
      return IpAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw wrong("--source: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /// Asks until the code is confirmed, or the server says that it is over.
  private static Json confirmed(Remote remote, String ticket) throws IOException {
    long wait = FIRST_WAIT_MILLIS;
    try {
      while (true) {
        Remote.Answer answer = remote.ask("/api/command/poll", Json.object("ticket", ticket));
        if (answer.status() != NOT_YET) {
          return answer.json();
        }
        Thread.sleep(wait);
        wait = Math.min(LONGEST_WAIT_MILLIS, wait + FIRST_WAIT_MILLIS);
      }
    } catch (ServerSaidNo e) {
      throw e.code().equals("code-refused")
          ? new ServerSaidNo(403, e.code(), Texts.say("login.unconfirmed"))
          : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(Texts.say("remote.interrupted"), e);
    }
  }

  private int keep(Login login) throws IOException {
    desk.file().write(login);
    try (Remote remote = Remote.to(login)) {
      WhoCommand.show(desk, login, remote.get("/api/who"));
    }
    if (!desk.json()) {
      desk.out().println(Texts.say("login.kept", desk.file().path().toString()));
    }
    return ExitCode.DONE;
  }
}

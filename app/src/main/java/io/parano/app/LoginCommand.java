package io.parano.app;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parano login`: shows a code and a page, waits until somebody who is signed in there confirms
/// the code after a touch, and keeps the short session that this gives. Whoever stops it meanwhile
/// has nothing, and the code dies by itself.
@Command(name = "login", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private static final long FIRST_WAIT_MILLIS = 250;
  private static final long LONGEST_WAIT_MILLIS = 2_000;
  private static final int NOT_YET = 202;

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Mixin private ServerChoice choice = new ServerChoice();

  @Override
  public Integer call() throws IOException {
    Login login = choice.wanted(desk.file().read());
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

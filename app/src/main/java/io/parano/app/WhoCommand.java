package io.parano.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parano who`: who is signed in here, and for how long.
@Command(name = "who", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class WhoCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Override
  public Integer call() throws IOException {
    Login login = desk.login();
    try (Remote remote = Remote.to(login)) {
      return show(desk, login, remote.get("/api/who"));
    }
  }

  static int show(RemoteDesk desk, Login login, Json who) throws IOException {
    if (desk.json()) {
      desk.out().println(who.with("server", login.server().toString()));
    } else {
      desk.out()
          .println(
              Texts.say(
                  who.truth("officer") ? "who.officer" : "who.staff",
                  Plain.of(who.text("name")),
                  Plain.of(who.text("displayName")),
                  login.server().toString(),
                  Times.minute(who.text("endsAt"))));
    }
    return ExitCode.DONE;
  }
}

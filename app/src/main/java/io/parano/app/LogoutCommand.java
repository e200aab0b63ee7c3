package io.parano.app;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parano logout`: ends the session at the server and forgets its secret; the server stays known.
@Command(
    name = "logout",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class LogoutCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Override
  public Integer call() throws IOException {
    Optional<Login> login = desk.file().read();
    if (login.isEmpty() || login.get().held() == null) {
      return said("logout.nobody");
    }
    // Forgotten first: whatever the server says, nobody finds the secret here any more.
    desk.file().write(login.get().holding(null));
    try (Remote remote = Remote.to(login.get())) {
      remote.post("/api/sign-out", Json.object());
    } catch (ServerSaidNo e) {
      return said("logout.was-over");
    } catch (IOException e) {
      throw new IOException(
          Texts.say(
              "logout.server-silent",
              Times.minute(login.get().held().endsAt()),
              String.valueOf(e.getMessage())),
          e);
    }
    return said("logout.done");
  }

  private int said(String key) {
    if (desk.json()) {
      desk.out().println(Json.object("outcome", key.substring(key.indexOf('.') + 1)));
    } else {
      desk.out().println(Texts.say(key));
    }
    return ExitCode.DONE;
  }
}

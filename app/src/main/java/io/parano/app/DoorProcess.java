package io.parano.app;

import io.parano.config.Configuration;
import io.parano.web.AuthorityPlace;
import io.parano.web.WebDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/// `serve --role door`: the web door alone. It opens no keyset and no database, and decides
/// nothing; what it takes from the configuration is where to listen, which hosts there are, and how
/// proxies prove themselves.
final class DoorProcess {
  private DoorProcess() {}

  /// Serves until the process is told to stop; throws [IOException] when a listener can't be had.
  static int serve(Configuration configuration, AuthorityPlace place, OperatorLines lines)
      throws IOException {
    WebDoor door;
    try {
      door = WebDoor.openApart(new ConfiguredPlan(configuration).web(), place);
    } catch (UncheckedIOException e) {
      throw new IOException(Refusal.why(e), e);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  door.close();
                  Runtime.getRuntime().halt(ExitCode.DONE);
                }));
    lines.tell(Texts.say("serve.door", place.socket().toString()));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }
}

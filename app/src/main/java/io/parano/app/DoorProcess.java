package io.parano.app;

import io.parano.config.Configuration;
import io.parano.web.AuthorityPlace;
import io.parano.web.WebDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

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
      ConfiguredPlan plan = new ConfiguredPlan(configuration, Role.Part.DOOR);
      door = WebDoor.openApart(plan.web(), place, plan.tracing());
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
    lines.tell(Texts.say("serve.door", place.text()));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  /// What this process can read although it is the authority's alone, one line each. Whoever takes
  /// over a door has what the door can read.
  static List<String> within(Configuration configuration) {
    Stream<Path> password =
        switch (configuration.store()) {
          case Configuration.Store.Local _ -> Stream.empty();
          case Configuration.Store.Postgres store -> Stream.of(store.password());
        };
    Stream<Path> passphrase =
        switch (configuration.keyset().passphrase()) {
          case Configuration.PassphraseSource.File(var path) -> Stream.of(path);
          case Configuration.PassphraseSource.Terminal _,
              Configuration.PassphraseSource.SystemdCredential _ ->
              Stream.empty();
        };
    return Stream.of(
            Stream.of(configuration.keyset().file(), configuration.data()), passphrase, password)
        .flatMap(files -> files)
        .filter(Files::isReadable)
        .map(file -> Texts.say("serve.door-has", file.toString()))
        .toList();
  }
}

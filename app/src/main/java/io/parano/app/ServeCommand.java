package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.config.Configuration;
import io.parano.config.Weakness;
import io.parano.identity.Person;
import io.parano.keys.Keyset;
import io.parano.web.AuthorityPlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano serve`: the server, from a configuration file, until it is told to stop.
@Command(name = "serve", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path file = Path.of(CheckConfigCommand.FILE);

  @Option(names = "--allow-root", descriptionKey = "serve.allow-root")
  private boolean allowRoot;

  @Option(names = "--without-witness", descriptionKey = "serve.without-witness")
  private boolean withoutWitness;

  @CommandLine.Mixin private Role role = new Role();

  @Override
  public Integer call() throws IOException {
    Role.Part part = role.part();
    PrintWriter err = spec.commandLine().getErr();
    Preparation.Root root = allowRoot ? Preparation.Root.ALLOWED : Preparation.Root.REFUSED;
    return switch (Preparation.prepare(file, root, part)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(err::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) ->
          serve(configuration, weaknesses, part, err);
    };
  }

  private int serve(
      Configuration configuration, List<Weakness> weaknesses, Role.Part part, PrintWriter err)
      throws IOException {
    LogLevels.set(configuration.logs());
    OperatorLines lines = OperatorLines.to(err);
    weaknesses.forEach(
        weakness -> lines.warn(Texts.say("serve.weak", weakness.text(Tongues.now()))));
    AuthorityPlace place = role.place();
    List<String> objections =
        place == null ? List.of() : BetweenPapers.objections(place, Instant.now());
    if (!objections.isEmpty()) {
      objections.forEach(err::println);
      return ExitCode.FAILED;
    }
    return place != null && part == Role.Part.DOOR
        ? DoorProcess.serve(configuration, place, lines)
        : serve(configuration, new ConfiguredPlan(configuration, part), place, lines, err);
  }

  /// @param place where doors in other processes come in; null for a door in this one
  private int serve(
      Configuration configuration,
      ConfiguredPlan plan,
      @Nullable AuthorityPlace place,
      OperatorLines lines,
      PrintWriter err)
      throws IOException {
    Keyset keyset = Preparation.open(configuration, Secrets.ofProcess());
    WitnessPlan witnesses = plan.witnesses();
    ServerPlan whole = plan.with(keyset, withoutWitness ? witnesses.excused() : witnesses);
    Server.Start start =
        Server.start(
            place == null ? whole : whole.apart(place),
            plan.tracing(),
            (books, randomness, now) ->
                switch (Bootstrap.progress(books)) {
                  case Bootstrap.Progress.NotBegun _ -> Texts.say("serve.empty");
                  case Bootstrap.Progress.HalfWay(var waiting) -> {
                    lines.warn(
                        Texts.say(
                            "serve.half-way",
                            waiting.stream().map(Person::name).collect(Collectors.joining(", "))));
                    yield "";
                  }
                  case Bootstrap.Progress.Over _ -> "";
                });
    return switch (start) {
      case Server.Start.Refused(var why) -> {
        err.println(why);
        yield ExitCode.REFUSED;
      }
      case Server.Start.Serving(var server) -> {
        lines.tell(
            place == null
                ? Texts.say("serve.serving", configuration.signIn().toString())
                : Texts.say("serve.authority", place.text(), place.peer()));
        untilStopped(server);
        yield ExitCode.DONE;
      }
    };
  }

  /// Waits until the process is told to stop (SIGTERM, Ctrl-C), and then ends it in order.
  private static void untilStopped(Server server) {
    closeWhenTold(server, ExitCode.DONE, () -> {});
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
    }
  }

  /// When the process is told to stop, the server is closed and the process ends with `status`. The
  /// virtual machine alone would end with 143, which reads as a failure.
  static void closeWhenTold(Server server, int status, Runnable farewell) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (server.isOpen()) {
                    server.close();
                    farewell.run();
                    Runtime.getRuntime().halt(status);
                  }
                }));
  }
}

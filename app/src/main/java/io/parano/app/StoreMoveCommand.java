package io.parano.app;

import io.parano.config.Configuration;
import io.parano.keys.Keyset;
import io.parano.store.PostgresAddress;
import io.parano.store.StoreMove;
import io.parano.store.StorePlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano store move --to …`: takes log and state from where the configuration has them to another
/// store, while no server runs. Stopped or killed at any instant, it goes on when it is run again.
@Command(name = "move", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class StoreMoveCommand implements Callable<Integer> {
  private static final String SQLITE = "sqlite";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path file = Path.of(CheckConfigCommand.FILE);

  @Option(names = "--to", paramLabel = "WHERE", required = true, descriptionKey = "store.to")
  private String to = SQLITE;

  @Option(names = "--user", paramLabel = "NAME", descriptionKey = "store.user")
  private String user = "parano";

  @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "store.password-file")
  private @Nullable Path passwordFile;

  @Option(names = "--authority", paramLabel = "FILE", descriptionKey = "store.authority")
  private @Nullable Path authority;

  @Option(names = "--allow-root", descriptionKey = "serve.allow-root")
  private boolean allowRoot;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Preparation.Root root = allowRoot ? Preparation.Root.ALLOWED : Preparation.Root.REFUSED;
    return switch (Preparation.prepare(file, root)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(err::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) ->
          move(configuration, err);
    };
  }

  private int move(Configuration configuration, PrintWriter err) throws IOException {
    StorePlace place = place(configuration);
    Keyset keyset = Preparation.open(configuration, Secrets.ofProcess());
    ServerPlan plan = new ConfiguredPlan(configuration).with(keyset, WitnessPlan.none());
    StoreMove move =
        new StoreMove(
            plan.data(),
            plan.store(),
            place,
            plan.outside(),
            new OriginSigner(plan.logOrigin(), keyset.logSigner()),
            keyset.rowTagger(),
            new SystemRandomness(),
            told(err));
    return switch (move.run(Instant.now())) {
      case StoreMove.Outcome.Shut(var why) -> refused(LogStart.why(why), err);
      case StoreMove.Outcome.Refused(var why) -> refused(StoreWords.of(why), err);
      case StoreMove.Outcome.Different(var where) ->
          refused(Texts.say("store.different", where), err);
      case StoreMove.Outcome.Done(long entries, var digest) -> {
        spec.commandLine()
            .getOut()
            .println(
                Texts.say("store.moved-done", Long.toString(entries), digest.hex(), place.name()));
        spec.commandLine().getOut().println(next(place));
        yield ExitCode.DONE;
      }
    };
  }

  private static int refused(String why, PrintWriter err) {
    err.println(why);
    return ExitCode.REFUSED;
  }

  /// What is to be written into the configuration before a server is started.
  private String next(StorePlace place) {
    return switch (place) {
      case StorePlace.File _ -> Texts.say("store.now-local", file.toString());
      case StorePlace.Postgres(var address) ->
          Texts.say(
              "store.now-postgres",
              file.toString(),
              address.url(),
              address.user(),
              String.valueOf(passwordFile),
              address.authority() == null ? "" : "\n  authority: " + address.authority());
    };
  }

  private StorePlace place(Configuration configuration) throws IOException {
    if (to.equals(SQLITE)) {
      return new StorePlace.File(configuration.data());
    }
    String objection = PostgresAddress.objection(to);
    if (!objection.isEmpty()) {
      throw new CommandLine.ParameterException(spec.commandLine(), Texts.say("store.where", to));
    }
    if (passwordFile == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), Texts.say("store.no-password-file"));
    }
    return new StorePlace.Postgres(
        new PostgresAddress(to, user, Secrets.firstLine(passwordFile), authority));
  }

  private static StoreMove.Progress told(PrintWriter err) {
    return new StoreMove.Progress() {
      @Override
      public void copied(String table, long rows) {
        if (rows > 0) {
          err.println(Texts.say("store.copied", table, Long.toString(rows)));
          err.flush();
        }
      }

      @Override
      public void reached(StoreMove.Step step) {
        err.println(
            Texts.say(
                switch (step) {
                  case ANNOUNCED -> "store.announced";
                  case COPIED -> "store.all-copied";
                  case VERIFIED -> "store.verified";
                  case LEFT -> "store.left";
                  case THERE -> "store.there";
                  case RECORDED -> "store.recorded";
                }));
        err.flush();
      }
    };
  }
}

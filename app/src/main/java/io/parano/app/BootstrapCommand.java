package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Bootstrap;
import io.parano.config.Configuration;
import io.parano.identity.Newcomer;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.policy.Policy;
import io.parano.store.StorePlace;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano bootstrap`: the keyset, the log, a first policy and the first two officers. On a
/// terminal only, and only while neither keyset nor log exists. It serves until both officers have
/// enrolled a token, since their codes are good for half an hour and for nothing else. What stopped
/// half-way, wherever it was, is taken up with `--resume` and the keyset's passphrase.
@Command(
    name = "bootstrap",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path file = Path.of(CheckConfigCommand.FILE);

  @Option(names = "--policy", paramLabel = "FILE", descriptionKey = "bootstrap.policy")
  private @Nullable Path policyFile;

  @Option(names = "--resume", descriptionKey = "bootstrap.resume")
  private boolean resume;

  @Option(names = "--allow-root", descriptionKey = "serve.allow-root")
  private boolean allowRoot;

  @Override
  public Integer call() throws IOException {
    Optional<Console> console = Terminal.console();
    PrintWriter err = spec.commandLine().getErr();
    if (console.isEmpty()) {
      err.println(Texts.say("bootstrap.no-terminal"));
      return ExitCode.REFUSED;
    }
    Preparation.Root root = allowRoot ? Preparation.Root.ALLOWED : Preparation.Root.REFUSED;
    return switch (Preparation.prepare(file, root)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(err::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) -> {
        weaknesses.forEach(
            weakness -> err.println(Texts.say("serve.weak", weakness.text(Tongues.now()))));
        StorePlace.Begun log = new ConfiguredPlan(configuration).store().begun();
        String objection = objection(configuration, log);
        if (!objection.isEmpty()) {
          err.println(objection);
          yield ExitCode.REFUSED;
        }
        yield begin(configuration, log, new BootstrapTalk(console.get(), configuration), err);
      }
    };
  }

  /// Why there is nothing to begin, or nothing to take up; empty when there is.
  private String objection(Configuration configuration, StorePlace.Begun log) throws IOException {
    Path keyset = configuration.keyset().file();
    if (log instanceof StorePlace.Begun.Unknown(var why)) {
      return StoreWords.of(why);
    }
    if (Files.exists(keyset)) {
      return resume ? "" : Texts.say("bootstrap.keyset-there", keyset.toString());
    }
    return switch (log) {
      case StorePlace.Begun.Unknown(var why) -> StoreWords.of(why);
      case StorePlace.Begun.Yes _ ->
          Texts.say("bootstrap.log-there", there(configuration), keyset.toString());
      case StorePlace.Begun.No _ ->
          resume ? Texts.say("bootstrap.nothing-there", keyset.toString()) : "";
    };
  }

  private static String there(Configuration configuration) throws IOException {
    return switch (new ConfiguredPlan(configuration).store()) {
      case StorePlace.File(var directory) -> directory.toString();
      case StorePlace.Postgres place -> place.name();
    };
  }

  private int begin(
      Configuration configuration, StorePlace.Begun log, BootstrapTalk talk, PrintWriter err)
      throws IOException {
    Policy policy = policy();
    boolean atOnce = log instanceof StorePlace.Begun.No;
    List<Newcomer> officers = atOnce ? talk.officers() : List.of();
    Keyset keyset = resume ? Preparation.open(configuration, Secrets.ofProcess()) : talk.keyset();
    AtomicReference<Map<String, Secret>> codes = new AtomicReference<>(Map.of());
    ServerPlan plan = new ConfiguredPlan(configuration).with(keyset, WitnessPlan.none());
    Server.Start start =
        Server.start(
            plan,
            (books, randomness, now) ->
                switch (Bootstrap.progress(books)) {
                  case Bootstrap.Progress.NotBegun _ -> {
                    List<Newcomer> asked = atOnce ? officers : askedLate(talk);
                    codes.set(Bootstrap.begin(books, policy, asked, randomness, Instant.now()));
                    yield "";
                  }
                  case Bootstrap.Progress.HalfWay _ -> {
                    codes.set(Bootstrap.resume(books, policy, randomness, Instant.now()));
                    yield "";
                  }
                  case Bootstrap.Progress.Over _ -> Texts.say("bootstrap.over");
                });
    return switch (start) {
      case Server.Start.Refused(var why) -> {
        err.println(why);
        if (!codes.get().isEmpty()) {
          err.println(Texts.say("bootstrap.stopped"));
        }
        yield ExitCode.REFUSED;
      }
      case Server.Start.Serving(var server) -> {
        try (server) {
          ServeCommand.closeWhenTold(
              server, ExitCode.REFUSED, () -> talk.say(Texts.say("bootstrap.stopped")));
          talk.tell(
              codes.get(),
              new OriginSigner(plan.logOrigin(), plan.keyset().logSigner()).key().vkey());
          yield awaitOfficers(server.books(), talk);
        }
      }
    };
  }

  /// The log was begun and holds nobody: the process died between the two.
  private static List<Newcomer> askedLate(BootstrapTalk talk) {
    try {
      return talk.officers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Policy policy() throws IOException {
    Path from = policyFile == null ? file.resolveSibling("policy.yaml") : policyFile;
    return PolicyFile.right(from);
  }

  /// Until both have enrolled, or their codes are void.
  private static int awaitOfficers(Books books, BootstrapTalk talk) {
    try {
      if (!books.await(
          those -> Bootstrap.progress(those) instanceof Bootstrap.Progress.Over,
          Bootstrap.TOGETHER)) {
        talk.say(Texts.say("bootstrap.lapsed"));
        return ExitCode.REFUSED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
    talk.say(Texts.say("bootstrap.done"));
    return ExitCode.DONE;
  }
}

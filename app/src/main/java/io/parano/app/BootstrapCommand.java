package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.config.Configuration;
import io.parano.identity.Newcomer;
import io.parano.identity.PersonState;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.policy.Policy;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano bootstrap`: the keyset, the log, a first policy and the first two officers. On a
/// terminal only, and only while neither keyset nor log exists. It serves until both officers have
/// enrolled a token, since their codes are good for half an hour and for nothing else.
@Command(
    name = "bootstrap",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {
  private static final int OFFICERS = 2;
  private static final long LOOK_EVERY_MILLIS = 500;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path file = Path.of(CheckConfigCommand.FILE);

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      descriptionKey = "bootstrap.policy",
      defaultValue = "policy.yaml")
  private Path policyFile = Path.of("policy.yaml");

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
      case Preparation.Prepared.Ready(var configuration, var weaknesses) ->
          begin(configuration, console.get(), err);
    };
  }

  private int begin(Configuration configuration, Console console, PrintWriter err)
      throws IOException {
    refuseSecondTime(configuration);
    Policy policy = PolicyFile.right(policyFile);
    List<Newcomer> officers = new ArrayList<>();
    for (int i = 1; i <= OFFICERS; i++) {
      officers.add(officer(i, configuration, console));
    }
    Keyset keyset = keyset(configuration, console);
    AtomicReference<Map<String, Secret>> codes = new AtomicReference<>(Map.of());
    ServerPlan plan = new ConfiguredPlan(configuration).with(keyset);
    Server.Start start =
        Server.start(
            plan,
            (books, randomness, now) -> {
              codes.set(Bootstrap.begin(books, policy, officers, randomness, now));
              return "";
            });
    return switch (start) {
      case Server.Start.Refused(var why) -> {
        err.println(why);
        yield ExitCode.REFUSED;
      }
      case Server.Start.Serving(var server) -> {
        try (server) {
          tell(configuration, plan, codes.get(), console.writer());
          yield awaitOfficers(server, console.writer());
        }
      }
    };
  }

  private static void refuseSecondTime(Configuration configuration) throws IOException {
    if (Files.exists(configuration.keyset().file())) {
      throw new IOException(
          Texts.say("bootstrap.keyset-there", configuration.keyset().file().toString()));
    }
    Path log = configuration.data().resolve("parano.db");
    if (Files.exists(log)) {
      throw new IOException(Texts.say("bootstrap.log-there", log.toString()));
    }
  }

  private static Newcomer officer(int number, Configuration configuration, Console console)
      throws IOException {
    console.printf("%n%s%n", Texts.say("bootstrap.officer", Integer.toString(number)));
    String name = asked(console, "bootstrap.name").toLowerCase(Locale.ROOT);
    String displayName = asked(console, "bootstrap.display-name");
    String email = asked(console, "bootstrap.email");
    try {
      return new Newcomer(name, displayName, email, new TreeSet<>(), configuration.language());
    } catch (IllegalArgumentException e) {
      console.printf("%s%n", String.valueOf(e.getMessage()));
      return officer(number, configuration, console);
    }
  }

  private static String asked(Console console, String key) throws IOException {
    String answer = console.readLine("  %s ", Texts.say(key));
    if (answer == null) {
      throw new IOException(Texts.say("bootstrap.given-up"));
    }
    return answer.isBlank() ? asked(console, key) : answer.strip();
  }

  private static Keyset keyset(Configuration configuration, Console console) throws IOException {
    console.printf("%n%s%n", Texts.say("bootstrap.keyset"));
    Secrets secrets = Secrets.ofProcess();
    try (Secret passphrase = secrets.newPassphrase(configuration.keyset().passphrase())) {
      return Preparation.create(
          configuration, passphrase, Keyset.fresh(Instant.now(), new SystemRandomness()));
    }
  }

  private static void tell(
      Configuration configuration, ServerPlan plan, Map<String, Secret> codes, PrintWriter out) {
    out.printf("%n%s%n", Texts.say("bootstrap.enrol", configuration.signIn() + "/enrol"));
    codes.forEach((name, code) -> {
      byte[] bytes = code.copy();
      out.printf("  %-20s %s%n", name, new String(bytes, StandardCharsets.UTF_8));
    });
    String key = new OriginSigner(plan.logOrigin(), plan.keyset().logSigner()).key().vkey();
    out.printf("%n%s%n  %s%n", Texts.say("bootstrap.log-key"), key);
    out.flush();
  }

  private static int awaitOfficers(Server server, PrintWriter out) {
    try {
      while (active(server) < OFFICERS) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
    out.println(Texts.say("bootstrap.done"));
    out.flush();
    return ExitCode.DONE;
  }

  private static long active(Server server) {
    return server.books().roster().officers().stream()
        .filter(officer -> officer.state() == PersonState.ACTIVE)
        .count();
  }
}

package io.parano.app;

import io.parano.document.Mistake;
import io.parano.probe.Deployment;
import io.parano.probe.Objection;
import io.parano.probe.Outcome;
import io.parano.probe.ProbeFile;
import io.parano.probe.ProbeRun;
import io.parano.probe.ProbeSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano probe SETUP [--only X]`: attacks the deployment that one is signed in to, with an
/// account that exists for nothing else. An officer's login says whether it does.
@Command(name = "probe", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class ProbeCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(paramLabel = "SETUP", descriptionKey = "probe.setup")
  private Path file = Path.of("");

  @Option(names = "--only", split = ",", paramLabel = "PROBE", descriptionKey = "probe.only")
  private @Nullable List<String> only;

  @Override
  public Integer call() throws IOException {
    return switch (ProbeFile.read(file)) {
      case ProbeFile.Reading.Mistaken(var mistakes) -> {
        mistakes.forEach(mistake -> desk.err().println(line(mistake)));
        yield ExitCode.REFUSED;
      }
      case ProbeFile.Reading.Read(ProbeSetup setup) -> {
        Path folder = Files.createTempDirectory("parano-probe");
        try {
          yield desk.with(remote -> run(setup, deployment(remote), folder));
        } finally {
          delete(folder);
        }
      }
    };
  }

  private String line(Mistake mistake) {
    return "%s:%d:%d: %s"
        .formatted(file, mistake.line(), mistake.column(), mistake.text(Tongues.now()));
  }

  private static Deployment deployment(Remote remote) throws IOException {
    List<Deployment.Account> staff = new ArrayList<>();
    for (Json person : remote.get("/api/staff").list("staff")) {
      staff.add(
          new Deployment.Account(
              person.text("name"),
              new HashSet<>(person.texts("groups")),
              Boolean.parseBoolean(person.members().getOrDefault("officer", "true")),
              !person.text("state").equals("active")));
    }
    return new Deployment(staff, remote.get("/api/policy").text("document"));
  }

  private int run(ProbeSetup setup, Deployment deployment, Path folder) throws IOException {
    List<Json> lines = new ArrayList<>();
    ProbeRun.Ran ran =
        ProbeRun.run(
            setup,
            deployment,
            only == null ? Set.of() : Set.copyOf(only),
            folder,
            trusting(),
            new SystemRandomness(),
            line -> {
              lines.add(json(line));
              if (!desk.json()) {
                desk.out().println(told(line));
                desk.out().flush();
              }
            });
    return switch (ran) {
      case ProbeRun.Ran.Unsafe(var why) -> {
        desk.err().println(Texts.say("probe.unsafe"));
        why.forEach(objection -> desk.err().println("  " + said(objection)));
        yield ExitCode.REFUSED;
      }
      case ProbeRun.Ran.Tried tried -> {
        if (desk.json()) {
          desk.out().println(Json.object("probes", lines));
        }
        boolean held =
            tried.lines().stream().anyMatch(line -> line.outcome() instanceof Outcome.Held);
        yield tried.broken() ? ExitCode.REFUSED : held ? ExitCode.DONE : ExitCode.FAILED;
      }
    };
  }

  /// As the login trusts.
  private SSLSocketFactory trusting() throws IOException {
    Path authorities = desk.login().authorities();
    try {
      return (authorities == null ? SSLContext.getDefault() : Authorities.besides(authorities))
          .getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private static String said(Objection objection) {
    return Texts.say(
        "probe.unsafe." + kebab(objection.kind()),
        objection.arguments().stream().map(Plain::of).toArray(String[]::new));
  }

  private static String told(ProbeRun.Line line) {
    String what =
        switch (line.outcome()) {
          case Outcome.Broken broken -> Texts.say("probe.broken");
          case Outcome.NotRun(Outcome.Why why, String detail) ->
              Texts.say("probe.not-run." + kebab(why), Plain.of(detail));
          case Outcome.Held(long millis) -> Texts.say("probe.held", Long.toString(millis));
        };
    return "%s %-30s %s".formatted(line.promise(), line.id(), what);
  }

  private static Json json(ProbeRun.Line line) {
    Json json =
        Json.object(
            "promise", line.promise(), "probe", line.id(), "outcome", line.outcome().code());
    return switch (line.outcome()) {
      case Outcome.Broken broken -> json;
      case Outcome.NotRun(Outcome.Why why, String detail) ->
          json.with("why", kebab(why)).with("detail", detail);
      case Outcome.Held(long millis) -> json.with("millis", millis);
    };
  }

  private static String kebab(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(one -> {
            try {
              Files.delete(one);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}

package io.parano.app;

import io.parano.config.Weakness;
import io.parano.document.Mistake;
import io.parano.kernel.Canonical;
import io.parano.web.AuthorityPlace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano check-config [FILE]`: every mistake with its place, what is weak, and what a start would
/// refuse as far as files tell.
@Command(
    name = "check-config",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
  static final String FILE = "parano.yaml";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", descriptionKey = "config")
  private Path file = Path.of(FILE);

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @CommandLine.Mixin private Role role = new Role();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Role.Part part = role.part();
    AuthorityPlace place = role.place();
    List<String> papers =
        place == null ? List.of() : BetweenPapers.objections(place, Instant.now());
    return switch (ConfigurationFile.load(file, part)) {
      case ConfigurationFile.Loaded.Unreadable(var why) -> {
        spec.commandLine().getErr().println(why);
        yield ExitCode.FAILED;
      }
      case ConfigurationFile.Loaded.Mistaken mistaken -> {
        (json ? asJson(mistaken.mistakes()) : mistaken.lines()).forEach(out::println);
        yield ExitCode.REFUSED;
      }
      case ConfigurationFile.Loaded.Right(var configuration, var weaknesses) ->
          foreseen(weaknesses, Forecast.of(file, configuration, part).and(papers), out);
    };
  }

  private int foreseen(List<Weakness> weaknesses, Forecast forecast, PrintWriter out) {
    if (!forecast.refusals().isEmpty()) {
      (json ? refusals(forecast.refusals()) : forecast.refusals()).forEach(out::println);
      return ExitCode.REFUSED;
    }
    if (json) {
      out.println(weak(weaknesses, forecast.notes()));
      return ExitCode.DONE;
    }
    weaknesses.forEach(
        weakness -> out.println(Texts.say("serve.weak", weakness.text(Tongues.now()))));
    forecast.notes().forEach(out::println);
    out.println(Texts.say("config.right", file.toString()));
    return ExitCode.DONE;
  }

  /// In the form of the mistakes, without a place: the text has it where there is one.
  private List<String> refusals(List<String> refusals) {
    return List.of(
        refusals.stream()
            .map(refusal ->
                Canonical.object()
                    .put("file", file.toString())
                    .put("line", 0)
                    .put("column", 0)
                    .put("code", "start-refused")
                    .put("text", refusal)
                    .put("nearest", "")
                    .text())
            .collect(Collectors.joining(",", "[", "]")));
  }

  private List<String> asJson(List<Mistake> mistakes) {
    return List.of(
        mistakes.stream()
            .map(mistake ->
                Canonical.object()
                    .put("file", file.toString())
                    .put("line", mistake.line())
                    .put("column", mistake.column())
                    .put("code", mistake.kind().code())
                    .put("text", mistake.text(Tongues.now()))
                    .put("nearest", mistake.nearest() == null ? "" : mistake.nearest())
                    .text())
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String weak(List<Weakness> weaknesses, List<String> notes) {
    return weaknesses.stream()
        .map(weakness ->
            Canonical.object()
                .put("code", weakness.kind().code())
                .put("text", weakness.text(Tongues.now()))
                .text())
        .collect(
            Collectors.joining(
                ",",
                "{\"weaknesses\":[",
                "]," + Canonical.object().put("notes", notes).text().substring(1)));
  }
}

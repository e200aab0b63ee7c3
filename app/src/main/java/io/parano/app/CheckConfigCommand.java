package io.parano.app;

import io.parano.config.Weakness;
import io.parano.document.Mistake;
import io.parano.kernel.Canonical;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano check-config [FILE]`: every mistake with its place, and what is weak.
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

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (ConfigurationFile.load(file)) {
      case ConfigurationFile.Loaded.Unreadable(var why) -> {
        spec.commandLine().getErr().println(why);
        yield ExitCode.FAILED;
      }
      case ConfigurationFile.Loaded.Mistaken mistaken -> {
        (json ? asJson(mistaken.mistakes()) : mistaken.lines()).forEach(out::println);
        yield ExitCode.REFUSED;
      }
      case ConfigurationFile.Loaded.Right(var configuration, var weaknesses) -> {
        if (json) {
          out.println(weak(weaknesses));
        } else {
          weaknesses.forEach(
              weakness -> out.println(Texts.say("serve.weak", weakness.text(Tongues.now()))));
          out.println(Texts.say("config.right", file.toString()));
        }
        yield ExitCode.DONE;
      }
    };
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

  private static String weak(List<Weakness> weaknesses) {
    return weaknesses.stream()
        .map(weakness ->
            Canonical.object()
                .put("code", weakness.kind().code())
                .put("text", weakness.text(Tongues.now()))
                .text())
        .collect(Collectors.joining(",", "{\"weaknesses\":[", "]}"));
  }
}

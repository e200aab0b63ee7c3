package io.parano.app;

import io.parano.document.Mistake;
import io.parano.kernel.Canonical;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano policy …`: `check` and `diff` on files, without a server; the others are classes of
/// their own.
@Command(
    name = "policy",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = {PolicyShowCommand.class, PolicyApplyCommand.class, PolicyExplainCommand.class})
final class PolicyCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "check",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(paramLabel = "FILE", descriptionKey = "policy.file") Path file,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    return switch (PolicyFile.read(file)) {
      case PolicyReading.Mistaken(var mistakes) -> {
        (json ? List.of(asJson(mistakes)) : PolicyFile.lines(file, mistakes)).forEach(out::println);
        yield ExitCode.REFUSED;
      }
      case PolicyReading.Read(var policy, var weaknesses) -> {
        if (json) {
          out.println(
              weaknesses.stream()
                  .map(weakness ->
                      at(weakness.line(), weakness.column(), weakness.kind().code())
                          .put("text", weakness.text(Tongues.now()))
                          .text())
                  .collect(
                      Collectors.joining(
                          ",",
                          "{\"digest\":\"" + policy.digest().hex() + "\",\"weaknesses\":[",
                          "]}")));
        } else {
          weaknesses.forEach(weakness ->
              out.printf(
                  "%s:%d:%d: %s%n",
                  file,
                  weakness.line(),
                  weakness.column(),
                  Texts.say("serve.weak", weakness.text(Tongues.now()))));
          out.println(Texts.say("policy.right", file.toString()));
        }
        yield ExitCode.DONE;
      }
    };
  }

  @Command(
      name = "diff",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int diff(
      @Parameters(index = "0", paramLabel = "BEFORE", descriptionKey = "policy.before") Path before,
      @Parameters(index = "1", paramLabel = "AFTER", descriptionKey = "policy.after") Path after,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    List<String> changes =
        Policy.difference(PolicyFile.right(before), PolicyFile.right(after)).stream()
            .map(difference -> difference.text(Tongues.now()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Canonical.object().put("changes", changes).text());
    } else {
      (changes.isEmpty() ? List.of(Texts.say("policy.same")) : changes).forEach(out::println);
    }
    return changes.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static String asJson(List<Mistake> mistakes) {
    return mistakes.stream()
        .map(mistake ->
            at(mistake.line(), mistake.column(), mistake.kind().code())
                .put("text", mistake.text(Tongues.now()))
                .text())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Canonical at(int line, int column, String code) {
    return Canonical.object().put("line", line).put("column", column).put("code", code);
  }
}

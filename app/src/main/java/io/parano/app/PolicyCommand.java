package io.parano.app;

import io.parano.document.Mistake;
import io.parano.kernel.Canonical;
import io.parano.kernel.IpAddress;
import io.parano.policy.Asker;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.policy.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano policy check|diff|explain` on files, without a server.
@Command(
    name = "policy",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(paramLabel = "FILE", descriptionKey = "policy.file") Path file,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    return switch (Policy.read(Files.readString(file))) {
      case PolicyReading.Mistaken(var mistakes) -> {
        (json ? List.of(asJson(mistakes)) : lines(file, mistakes)).forEach(out::println);
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
        Policy.difference(read(before), read(after)).stream()
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

  @Command(
      name = "explain",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int explain(
      @Parameters(paramLabel = "FILE", descriptionKey = "policy.file") Path file,
      @Option(
              names = "--host",
              required = true,
              paramLabel = "HOST",
              descriptionKey = "policy.host")
          String host,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "ADDRESS",
              descriptionKey = "policy.from")
          String from,
      @Option(
              names = "--path",
              defaultValue = "/",
              paramLabel = "PATH",
              descriptionKey = "policy.path")
          String path,
      @Option(
              names = "--method",
              defaultValue = "GET",
              paramLabel = "METHOD",
              descriptionKey = "policy.method")
          String method,
      @Option(names = "--group", paramLabel = "GROUP", descriptionKey = "policy.group")
          @Nullable Set<String> groups,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    Instant now = Instant.now();
    Asker asker =
        groups == null ? new Asker.Outsider() : new Asker.Holder(new TreeSet<>(groups), now, false);
    Question question =
        new Question(host.toLowerCase(Locale.ROOT), path, method, false, address(from), asker, now);
    List<String> lines = read(file).explain(question).lines(Tongues.now());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Canonical.object().put("lines", lines).text());
    } else {
      lines.forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private IpAddress address(String text) {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
    }
  }

  private static Policy read(Path file) throws IOException {
    return switch (Policy.read(Files.readString(file))) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken(var mistakes) ->
          throw new IOException(String.join("\n", lines(file, mistakes)));
    };
  }

  /// One line a mistake, in the form that editors jump to.
  static List<String> lines(Path file, List<Mistake> mistakes) {
    return mistakes.stream()
        .map(mistake ->
            "%s:%d:%d: %s"
                .formatted(file, mistake.line(), mistake.column(), mistake.text(Tongues.now())))
        .toList();
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

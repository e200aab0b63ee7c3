package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano metadata import FILE`: has the server on this host take in a BLOB of FIDO's Metadata
/// Service, and lists whose tokens count no more by it.
@Command(
    name = "metadata",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class MetadataCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "import",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int take(
      @Parameters(paramLabel = "FILE", descriptionKey = "metadata.file") Path file,
      @Option(
              names = "--control",
              paramLabel = "SOCKET",
              descriptionKey = "control",
              defaultValue = StatusCommand.SOCKET)
          Path socket,
      @Option(names = "--json", descriptionKey = "json") boolean json)
      throws IOException {
    Json answer =
        new ControlClient(socket).ask("metadata-import", file.toAbsolutePath().toString());
    if (!ControlClient.done(answer)) {
      throw new ServerSaidNo(403, "refused", refusal(answer));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
      return ExitCode.DONE;
    }
    String nextUpdate = answer.text("nextUpdate");
    out.println(
        Texts.say(
            "metadata.done",
            Long.toString(answer.number("number")),
            nextUpdate,
            Long.toString(answer.number("models"))));
    if (LocalDate.parse(nextUpdate).isBefore(LocalDate.now(ZoneOffset.UTC))) {
      out.println(Texts.say("metadata.stale"));
    }
    out.println(
        Texts.say(
            "metadata.stepped",
            Long.toString(answer.number("tokens")),
            Long.toString(answer.number("sessionsEnded"))));
    out.print(holders(answer));
    return ExitCode.DONE;
  }

  private static String holders(Json answer) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Json holder : answer.list("holders")) {
      lines.append(
          "  %s  %s  %s%n"
              .formatted(
                  Plain.of(holder.text("person")),
                  Plain.of(holder.text("label")),
                  Plain.of(holder.text("status"))));
    }
    return lines.toString();
  }

  private static String refusal(Json answer) throws IOException {
    String why = answer.text("why");
    return switch (why) {
      case "not-newer" ->
          Texts.say(
              "metadata.not-newer",
              Long.toString(answer.number("number")),
              Long.toString(answer.number("before")));
      case "officers-missing" ->
          Texts.say("metadata.officers", Long.toString(answer.number("left")))
              + System.lineSeparator()
              + holders(answer).stripTrailing();
      case "flaw-form",
          "flaw-header",
          "flaw-chain",
          "flaw-signer",
          "flaw-signature",
          "flaw-payload" ->
          Texts.say("metadata." + why, Plain.of(answer.text("detail")));
      default -> Plain.of(why);
    };
  }
}

package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano cut person|token|vpn-device|network|session|everybody [WHICH] --because WHY`: on the
/// server's host through the control socket, elsewhere over the login session.
@Command(name = "cut", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class CutCommand implements Callable<Integer> {
  /// Nobody looks for words before pulling the lever.
  static final String UNSAID = "no reason given";

  private static final Set<String> NAMED =
      Set.of("person", "token", "vpn-device", "network", "session");
  private static final String EVERYBODY = "everybody";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(
      index = "0",
      paramLabel = "person|token|vpn-device|network|session|everybody",
      descriptionKey = "cut.kind")
  private String kind = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "WHICH", descriptionKey = "cut.which")
  private String which = "";

  @Option(
      names = "--because",
      defaultValue = UNSAID,
      paramLabel = "WHY",
      descriptionKey = "cut.because")
  private String because = UNSAID;

  @Option(names = "--control", paramLabel = "SOCKET", descriptionKey = "control.or-login")
  private @Nullable Path socket;

  @Override
  public Integer call() throws IOException {
    if (!kind.equals(EVERYBODY) && !NAMED.contains(kind)) {
      throw new ParameterException(spec.commandLine(), Texts.say("cut.unknown-kind", kind));
    }
    if (kind.equals(EVERYBODY) != which.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          Texts.say(which.isEmpty() ? "cut.which-missing" : "cut.which-needless", kind));
    }
    Path usual = Path.of(StatusCommand.SOCKET);
    if (socket != null) {
      return here(socket);
    }
    return Files.isWritable(usual) ? here(usual) : elsewhere();
  }

  private int here(Path control) throws IOException {
    String order = kind.equals(EVERYBODY) ? kind : kind + ":" + which;
    String why = because.replaceAll("[\\t\\n\\r]", " ");
    Json answer = new ControlClient(control).ask("cut", order, why);
    if (!ControlClient.done(answer)) {
      throw new ServerSaidNo(403, "refused", Plain.of(answer.text("why")));
    }
    return tell(answer, desk.json(), desk.out());
  }

  private int elsewhere() throws IOException {
    Json order = Json.object("kind", kind, "because", because);
    return desk.with(remote ->
        tell(
            remote.post("/api/cut", which.isEmpty() ? order : order.with(kind, which)),
            desk.json(),
            desk.out()));
  }

  /// Each door's own word that nothing passes it any more.
  static int tell(Json report, boolean json, PrintWriter out) throws IOException {
    if (json) {
      out.println(
          Json.object(
              "sessionsEnded",
              report.number("sessionsEnded"),
              "doors",
              report.at("doors"),
              "silent",
              report.at("silent")));
      return ExitCode.DONE;
    }
    out.println(Texts.say("cut.ended", Long.toString(report.number("sessionsEnded"))));
    for (Json door : report.list("doors")) {
      Map<String, String> members = door.members();
      out.println(
          Texts.say(
              "cut.door",
              Plain.of(members.getOrDefault("door", "")),
              "%.3f".formatted(door.number("micros") / 1000.0),
              members.getOrDefault("ended", "")));
    }
    for (String door : report.texts("silent")) {
      out.println(Texts.say("cut.silent", Plain.of(door)));
    }
    return ExitCode.DONE;
  }
}

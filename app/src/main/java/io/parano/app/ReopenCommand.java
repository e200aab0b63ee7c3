package io.parano.app;

import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano reopen person|token|network|zone|everybody [WHICH]`: puts before the officers that what
/// was cut counts again.
@Command(
    name = "reopen",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class ReopenCommand implements Callable<Integer> {
  private static final Set<String> KINDS =
      Set.of("person", "token", "network", "zone", "everybody");

  /// For shells.
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return KINDS.stream().sorted().iterator();
    }
  }

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(
      index = "0",
      paramLabel = "person|token|network|zone|everybody",
      completionCandidates = Kinds.class,
      descriptionKey = "reopen.kind")
  private String kind = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "WHICH", descriptionKey = "cut.which")
  private String which = "";

  @Override
  public Integer call() throws IOException {
    if (!KINDS.contains(kind)) {
      throw unknownKind();
    }
    if (kind.equals("everybody") != which.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          Texts.say(which.isEmpty() ? "cut.which-missing" : "cut.which-needless", kind));
    }
    return desk.with(remote ->
        new Proposing(desk, remote)
            .propose(
                switch (kind) {
                  case "everybody" -> Json.object("kind", "reopen-everybody");
                  case "person" -> Json.object("kind", "reopen-person", "person", which);
                  case "network" -> Json.object("kind", "reopen-network", "network", which);
                  case "zone" -> Json.object("kind", "reopen-zone", "zone", which);
                  case "token" ->
                      Json.object(
                          "kind", "reopen-token", "token", which, "person", holder(remote, which));
                  default -> throw unknownKind();
                }));
  }

  private ParameterException unknownKind() {
    return new ParameterException(spec.commandLine(), Texts.say("reopen.unknown-kind", kind));
  }

  /// Whose token it is: the act names both.
  private static String holder(Remote remote, String token) throws IOException {
    for (Json person : remote.get("/api/staff").list("staff")) {
      for (Json held : person.list("tokens")) {
        if (held.text("id").equals(token)) {
          return person.text("name");
        }
      }
    }
    throw new ServerSaidNo(404, "nobody", Texts.say("reopen.no-token", Plain.of(token)));
  }
}

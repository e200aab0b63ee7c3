package io.parano.app;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano session list|cut`: officers see everybody's sessions, others their own.
@Command(
    name = "session",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class SessionCommand {
  @Command(
      name = "list",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int list(@Mixin RemoteDesk desk) throws IOException {
    return desk.with(remote -> {
      Json answer = remote.get("/api/sessions");
      List<Json> sessions = answer.list("sessions");
      Table table =
          new Table("id", "person", "kind", "host", "source", "since", "seen", "until", "passes");
      for (Json session : sessions) {
        table.row(
            session.text("id"),
            session.text("person"),
            session.text("kind"),
            session.text("host"),
            session.text("source"),
            Times.minute(session.text("startedAt")),
            Times.minute(session.text("lastSeen")),
            Times.minute(session.text("endsAt")),
            session.text("passes"));
      }
      return desk.show(answer, table, sessions.isEmpty());
    });
  }

  @Command(name = "cut", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
  int cut(
      @Parameters(paramLabel = "ID", descriptionKey = "session.id") String id,
      @Option(
              names = "--because",
              defaultValue = CutCommand.UNSAID,
              paramLabel = "WHY",
              descriptionKey = "cut.because")
          String because,
      @Mixin RemoteDesk desk)
      throws IOException {
    return desk.with(remote ->
        CutCommand.tell(
            remote.post(
                "/api/cut", Json.object("kind", "session", "session", id, "because", because)),
            desk.json(),
            desk.out()));
  }
}

package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parano act list|show|propose|reject`: what lies before the officers. Approving is not here: it
/// takes the officer's token, in a browser.
@Command(
    name = "act",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = ProposeCommand.class)
final class ActCommand {
  @Command(
      name = "list",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int list(@Mixin RemoteDesk desk) throws IOException {
    return desk.with(remote -> {
      Json answer = remote.get("/api/acts");
      List<Json> acts = answer.list("acts");
      Table table = new Table("id", "kind", "subject", "proposer", "signed", "until");
      for (Json act : acts) {
        table.row(
            act.text("id"),
            act.text("kind"),
            act.find("subject").map(Json::text).orElse(""),
            act.text("proposer"),
            signed(act),
            Times.minute(act.text("expiresAt")));
      }
      int shown = desk.show(answer, table, acts.isEmpty());
      if (!desk.json() && !acts.isEmpty()) {
        desk.out().println(Texts.say("act.sign-there", desk.login().server() + "/acts"));
      }
      return shown;
    });
  }

  @Command(
      name = "show",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", descriptionKey = "act.id") String id, @Mixin RemoteDesk desk)
      throws IOException {
    return desk.with(remote -> {
      for (Json act : remote.get("/api/acts").list("acts")) {
        if (act.text("id").equals(id)) {
          return show(act, desk);
        }
      }
      throw new ServerSaidNo(404, "act-gone", Texts.say("act.unknown", Plain.of(id)));
    });
  }

  private static int show(Json act, RemoteDesk desk) throws IOException {
    PrintWriter out = desk.out();
    if (desk.json()) {
      out.println(act);
      return ExitCode.DONE;
    }
    line(out, "id", act.text("id"));
    line(out, "kind", act.text("kind"));
    line(out, "subject", act.find("subject").map(Json::text).orElse(""));
    line(out, "proposer", act.text("proposer"));
    line(out, "signed", signed(act) + " " + String.join(", ", act.texts("approvedBy")));
    line(out, "until", Times.minute(act.text("expiresAt")));
    List<String> difference = act.texts("difference");
    if (difference.isEmpty()) {
      line(out, "exactly", act.text("canonical"));
    } else {
      difference.forEach(change -> out.println("  " + Plain.of(change)));
    }
    out.println(Texts.say("act.sign-there", desk.login().server() + "/acts"));
    return ExitCode.DONE;
  }

  private static void line(PrintWriter out, String column, String value) {
    if (!value.isBlank()) {
      out.printf("%-12s %s%n", Texts.say("column." + column), Plain.of(value));
    }
  }

  private static String signed(Json act) throws IOException {
    return act.list("approvedBy").size() + "/" + act.number("needed");
  }

  @Command(
      name = "reject",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int reject(
      @Parameters(paramLabel = "ID", descriptionKey = "act.id") String id, @Mixin RemoteDesk desk)
      throws IOException {
    return desk.with(remote -> {
      Json answer = remote.post("/api/acts/" + Ids.inPath(id) + "/reject", Json.object());
      desk.out().println(desk.json() ? answer : Texts.say("act.rejected", Plain.of(id)));
      return ExitCode.DONE;
    });
  }
}

package io.parano.app;

import io.parano.access.Importing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parano staff list|import`.
@Command(name = "staff", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class StaffCommand {
  @Command(
      name = "list",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int list(@Mixin RemoteDesk desk) throws IOException {
    return desk.with(remote -> {
      Json answer = remote.get("/api/staff");
      List<Json> staff = answer.list("staff");
      Table table =
          new Table("name", "full-name", "state", "officer", "groups", "tokens", "devices");
      for (Json person : staff) {
        table.row(
            person.text("name"),
            person.text("displayName"),
            person.text("state"),
            person.truth("officer") ? Texts.say("yes") : "",
            String.join(" ", person.texts("groups")),
            tokens(person),
            devices(person));
      }
      return desk.show(answer, table, staff.isEmpty());
    });
  }

  private static String tokens(Json person) throws IOException {
    List<String> tokens = new ArrayList<>();
    for (Json token : person.list("tokens")) {
      tokens.add(
          "%s (%s, %s)".formatted(token.text("id"), token.text("label"), token.text("state")));
    }
    return String.join(", ", tokens);
  }

  private static String devices(Json person) throws IOException {
    List<String> devices = new ArrayList<>();
    for (Json device : person.list("devices")) {
      devices.add(
          "%s (%s, %s, %s)"
              .formatted(
                  device.text("id"),
                  device.text("label"),
                  device.text("address"),
                  device.text("state")));
    }
    return String.join(", ", devices);
  }

  /// Reads the whole file before it asks for anything: an act has everybody in it, or nobody.
  @Command(
      name = "import",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int fromFile(
      @Parameters(paramLabel = "FILE", descriptionKey = "staff.file") Path file,
      @Mixin RemoteDesk desk)
      throws IOException {
    return switch (StaffFile.read(text(file))) {
      case StaffFile.Reading.Mistaken(var mistakes) -> mistaken(file, mistakes, desk);
      case StaffFile.Reading.Read(var people) ->
          desk.with(remote -> admit(file, people, desk, remote));
    };
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(Texts.say("config.not-text", file.toString()), e);
    }
  }

  private static int mistaken(Path file, List<StaffFile.Mistake> mistakes, RemoteDesk desk) {
    if (desk.json()) {
      desk.out()
          .println(
              Json.object(
                  "mistakes",
                  mistakes.stream()
                      .map(one -> Json.object("line", one.line(), "text", one.text()))
                      .toList()));
    } else {
      mistakes.forEach(one -> desk.err().println(file + ":" + one.line() + ": " + one.text()));
    }
    return ExitCode.REFUSED;
  }

  /// Whoever is there already is left out, so that a file can be imported again after it grew; a
  /// name that means somebody else is a mistake.
  private static int admit(
      Path file, List<StaffFile.Somebody> people, RemoteDesk desk, Remote remote)
      throws IOException {
    Map<String, String> known = new HashMap<>();
    for (Json person : remote.get("/api/staff").list("staff")) {
      known.put(person.text("name"), person.text("displayName"));
    }
    List<StaffFile.Mistake> mistakes = new ArrayList<>();
    List<StaffFile.Somebody> fresh = new ArrayList<>();
    List<String> there = new ArrayList<>();
    for (StaffFile.Somebody one : people) {
      String name = one.newcomer().name();
      String displayName = known.get(name);
      if (displayName == null) {
        fresh.add(one);
      } else if (displayName.equals(one.newcomer().displayName())) {
        there.add(name);
      } else {
        mistakes.add(
            new StaffFile.Mistake(
                one.line(), Texts.say("staff.somebody-else", name, Plain.of(displayName))));
      }
    }
    return mistakes.isEmpty()
        ? propose(file, fresh, there, desk, remote)
        : mistaken(file, mistakes, desk);
  }

  private static int propose(
      Path file, List<StaffFile.Somebody> fresh, List<String> there, RemoteDesk desk, Remote remote)
      throws IOException {
    PrintWriter out = desk.out();
    if (!there.isEmpty() && !desk.json()) {
      out.println(Texts.say("staff.there", String.join(", ", there)));
    }
    if (fresh.isEmpty()) {
      out.println(
          desk.json()
              ? Json.object("newcomers", 0, "alreadyThere", there)
              : Texts.say("staff.nothing-new"));
      return ExitCode.DONE;
    }
    if (fresh.stream().anyMatch(one -> !one.hash().isEmpty())) {
      return withHashes(file, fresh, desk, remote);
    }
    int done =
        new Proposing(desk, remote)
            .propose(
                Json.object(
                    "kind",
                    "admit-staff",
                    "newcomers",
                    fresh.stream().map(one -> StaffLine.json(one.newcomer())).toList()),
                Json.object("newcomers", fresh.size()));
    if (!desk.json()) {
      out.println(Texts.say("staff.then", Integer.toString(fresh.size())));
    }
    return done;
  }

  /// The server wraps each hash while it is asked, so that they go in small parts, each an act.
  private static int withHashes(
      Path file, List<StaffFile.Somebody> fresh, RemoteDesk desk, Remote remote)
      throws IOException {
    Proposing proposing = new Proposing(desk, remote);
    int done = ExitCode.DONE;
    for (int from = 0; from < fresh.size(); from += Importing.AT_ONCE) {
      List<StaffFile.Somebody> part =
          fresh.subList(from, Math.min(from + Importing.AT_ONCE, fresh.size()));
      List<Json> newcomers = new ArrayList<>();
      for (StaffFile.Somebody one : part) {
        Json newcomer = StaffLine.json(one.newcomer());
        newcomers.add(one.hash().isEmpty() ? newcomer : newcomer.with("hash", one.hash()));
      }
      String id = remote.post("/api/staff/import", Json.object("newcomers", newcomers)).text("id");
      Json more = Json.object("newcomers", part.size());
      done = proposing.tell(id, "admit-staff", "act.proposed", more);
    }
    if (!desk.json()) {
      desk.out().println(Texts.say("staff.then", Integer.toString(fresh.size())));
      desk.out().println(Texts.say("staff.hashes", Plain.of(file.toString())));
    }
    return done;
  }
}

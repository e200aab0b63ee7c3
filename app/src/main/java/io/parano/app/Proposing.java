package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Puts an act before the officers, and says what they must do with it: signing is their tokens'
/// work, in a browser.
record Proposing(RemoteDesk desk, Remote remote) {
  int propose(Json act) throws IOException {
    return propose(act, Json.object());
  }

  /// @param more members that the answer has besides, for programs
  int propose(Json act, Json more) throws IOException {
    String id = remote.post("/api/acts", Json.object("act", act)).text("id");
    return tell(id, act.text("kind"), "act.proposed", more);
  }

  /// Tokens of one-time passwords, each an act of its own.
  int imported(Json answer, Path file) throws IOException {
    List<String> ids = answer.texts("ids");
    int done = ExitCode.DONE;
    for (String id : ids) {
      done = tell(id, "enrol-otp", "act.proposed", Json.object());
    }
    if (!desk.json()) {
      desk.out().println(Texts.say("act.delete-file", Plain.of(file.toString())));
    }
    return done;
  }

  /// The open act that says exactly `canonical`, if somebody proposed it already.
  Optional<String> already(String canonical) throws IOException {
    for (Json act : remote.get("/api/acts").list("acts")) {
      if (act.text("canonical").equals(canonical)) {
        return Optional.of(act.text("id"));
      }
    }
    return Optional.empty();
  }

  /// @param key how the act stands
  int tell(String id, String kind, String key, Json more) throws IOException {
    String page = desk.login().server() + "/acts";
    long needed = needed(id);
    if (desk.json()) {
      desk.out()
          .println(Json.object("id", id, "kind", kind, "needed", needed, "page", page).and(more));
      return ExitCode.DONE;
    }
    PrintWriter out = desk.out();
    out.println(Texts.say(key, id, kind));
    out.println(
        needed == 1
            ? Texts.say("act.sign-one", page)
            : Texts.say("act.sign-many", Long.toString(needed), page));
    if (List.of("enrol-token", "replace-token", "reset-password", "seal-code").contains(kind)) {
      out.println(Texts.say("act.hand-over"));
    }
    return ExitCode.DONE;
  }

  /// How many officers must sign.
  private long needed(String id) throws IOException {
    for (Json act : remote.get("/api/acts").list("acts")) {
      if (act.text("id").equals(id)) {
        return act.number("needed") - act.list("approvedBy").size();
      }
    }
    return 1;
  }
}

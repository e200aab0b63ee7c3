package io.parano.app;

import io.parano.audit.Leaf;
import io.parano.kernel.PersonId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Entries of the log, a line each: as JSON for programs, else with sign-in names in the place of
/// ids.
final class LogLines {
  private final RemoteDesk desk;
  private final Map<String, String> names = new HashMap<>();

  private LogLines(RemoteDesk desk) {
    this.desk = desk;
  }

  /// Knows the staff by name.
  static LogLines of(RemoteDesk desk, Remote remote) throws IOException {
    LogLines lines = new LogLines(desk);
    for (Json person : remote.get("/api/staff").list("staff")) {
      lines.names.put(person.text("id"), person.text("name"));
    }
    return lines;
  }

  void print(Json line) throws IOException {
    PrintWriter out = desk.out();
    Json leaf = Json.read(line.text("leaf"));
    String personal = line.text("personal");
    Json details = personal.isEmpty() ? Json.object() : Json.read(personal);
    if (desk.json()) {
      out.println(Json.object("entry", leaf, "personal", details));
    } else {
      out.println(Plain.of(sentence(line, details)));
    }
    out.flush();
  }

  private String sentence(Json line, Json details) throws IOException {
    Leaf leaf;
    try {
      leaf = Leaf.parse(line.text("leaf").getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return line.text("index") + "  " + Texts.say("audit.damaged", line.text("leaf"));
    }
    StringBuilder out = new StringBuilder();
    out.append(leaf.index()).append("  ").append(Times.second(leaf.at()));
    out.append("  ").append(leaf.type()).append(' ').append(leaf.outcome());
    more(out, "", leaf.reason());
    more(out, Texts.say("audit.by") + " ", name(leaf.actor()));
    if (!Objects.equals(leaf.about(), leaf.actor())) {
      more(out, Texts.say("audit.about") + " ", name(leaf.about()));
    }
    more(out, Texts.say("audit.on") + " ", leaf.resource());
    more(out, Texts.say("audit.door") + " ", leaf.door());
    details.members().forEach((name, value) -> more(out, name + "=", value));
    leaf.facts().forEach((name, value) -> more(out, name + "=", names.getOrDefault(value, value)));
    return out.toString();
  }

  private String name(@Nullable PersonId person) {
    return person == null ? "" : names.getOrDefault(person.toString(), person.toString());
  }

  private static void more(StringBuilder out, String before, String value) {
    if (!value.isEmpty()) {
      out.append("  ").append(before).append(value);
    }
  }
}

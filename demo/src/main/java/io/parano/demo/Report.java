package io.parano.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The outcomes as a JSON list of `{step, door, source, expected, verdict, reason, millis}`, an
/// attack and then its twin for each step.
final class Report {
  private Report() {}

  static String json(List<Outcome> outcomes) {
    List<Json> lines = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Step step = outcome.step();
      String reason = outcome.stop().map(Stop::code).orElse("");
      lines.add(line(step.id(), step, step.attackFrom(), "refused", outcome.attack(), reason));
      lines.add(line(step.id() + "/twin", step, step.twinFrom(), "granted", outcome.twin(), ""));
    }
    StringBuilder out = new StringBuilder("[\n");
    for (int i = 0; i < lines.size(); i++) {
      out.append("  ").append(lines.get(i)).append(i + 1 < lines.size() ? ",\n" : "\n");
    }
    return out.append("]\n").toString();
  }

  static void write(List<Outcome> outcomes, Path file) throws IOException {
    Files.writeString(file, json(outcomes));
  }

  private static Json line(
      String id,
      Step step,
      InetAddress source,
      String expected,
      Optional<Verdict> verdict,
      String reason) {
    return Json.object(
        "step",
        id,
        "door",
        step.door(),
        "source",
        source.getHostAddress(),
        "expected",
        expected,
        "verdict",
        verdict.map(Verdict::code).orElse("none"),
        "reason",
        reason,
        "millis",
        verdict.map(v -> Math.round(v.took().toNanos() / 1e3) / 1e3).orElse(0.0));
  }
}

package io.parano.app;

import io.parano.config.Configuration;
import io.parano.demo.DemoStamp;
import io.parano.policy.PolicyReading;
import io.parano.policy.Weakness;
import io.parano.store.SqliteLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `serve` and `bootstrap` would refuse, as far as it can be known from files without opening
/// the log: what the mentioned ones hold, the keyset's form, and the policy beside the
/// configuration.
///
/// @param refusals one line each, for the operator
/// @param notes what is no reason to refuse, one line each
record Forecast(List<String> refusals, List<String> notes) {
  Forecast {
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  @FunctionalInterface
  private interface Look {
    void at() throws IOException;
  }

  static Forecast of(Path file, Configuration configuration) {
    List<String> refusals = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    ConfiguredPlan plan = new ConfiguredPlan(configuration);
    look(refusals, () -> stamp(refusals, configuration, plan));
    look(refusals, plan::readProxies);
    look(refusals, plan::readBlocklist);
    look(refusals, () -> keyset(notes, configuration));
    look(refusals, () -> policy(refusals, notes, file.resolveSibling("policy.yaml")));
    return new Forecast(refusals, notes);
  }

  private static void look(List<String> refusals, Look look) {
    try {
      look.at();
    } catch (IOException e) {
      refusals.add(Refusal.why(e));
    }
  }

  /// Reads the makers' roots, too, to compare them with the demo's.
  private static void stamp(List<String> refusals, Configuration configuration, ConfiguredPlan plan)
      throws IOException {
    switch (DemoStamp.judge(configuration.data(), plan.roots())) {
      case DemoStamp.Judgement.MadeByDemo(var what) -> refusals.add(Texts.say("serve.demo", what));
      case DemoStamp.Judgement.NoDemo _ -> {}
    }
  }

  private static void keyset(List<String> notes, Configuration configuration) throws IOException {
    if (Files.exists(configuration.keyset().file())) {
      Preparation.look(configuration);
    } else if (SqliteLog.isBegun(configuration.data())) {
      throw new IOException(Texts.say("keyset.missing", configuration.keyset().file().toString()));
    } else {
      notes.add(Texts.say("config.not-begun"));
    }
  }

  private static void policy(List<String> refusals, List<String> notes, Path file)
      throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    switch (PolicyFile.read(file)) {
      case PolicyReading.Mistaken(var mistakes) ->
          refusals.addAll(PolicyFile.lines(file, mistakes));
      case PolicyReading.Read(var policy, var weaknesses) ->
          weaknesses.forEach(weakness -> notes.add(line(file, weakness)));
    }
  }

  private static String line(Path file, Weakness weakness) {
    return "%s:%d:%d: %s"
        .formatted(
            file,
            weakness.line(),
            weakness.column(),
            Texts.say("serve.weak", weakness.text(Tongues.now())));
  }
}

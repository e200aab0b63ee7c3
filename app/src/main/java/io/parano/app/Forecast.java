package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.WireGuardPlace;
import io.parano.demo.DemoStamp;
import io.parano.policy.PolicyReading;
import io.parano.policy.Weakness;
import io.parano.store.StorePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `serve` and `bootstrap` would refuse, as far as it can be known without opening the log:
/// what the mentioned files hold, the keyset's form, the policy beside the configuration, and
/// whether the database server is there and fit.
///
/// @param refusals one line each, for the operator
/// @param notes what is no reason to refuse, one line each
record Forecast(List<String> refusals, List<String> notes) {
  Forecast {
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /// With further refusals.
  Forecast and(List<String> more) {
    List<String> all = new ArrayList<>(refusals);
    all.addAll(more);
    return new Forecast(all, notes);
  }

  @FunctionalInterface
  private interface Look {
    void at() throws IOException;
  }

  /// @param part which part of the program would start
  static Forecast of(Path file, Configuration configuration, Role.Part part) {
    return switch (part) {
      case DOOR -> ofDoor(configuration);
      case AUTHORITY, ALL -> ofAll(file, configuration, part);
    };
  }

  private static Forecast ofDoor(Configuration configuration) {
    List<String> refusals = new ArrayList<>(DoorProcess.within(configuration));
    look(refusals, new ConfiguredPlan(configuration, Role.Part.DOOR)::readProxies);
    return new Forecast(refusals, List.of());
  }

  private static Forecast ofAll(Path file, Configuration configuration, Role.Part part) {
    List<String> refusals = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    ConfiguredPlan plan = new ConfiguredPlan(configuration, part);
    look(refusals, () -> stamp(refusals, configuration, plan));
    look(refusals, plan::readProxies);
    look(refusals, plan::readBlocklist);
    look(refusals, () -> keyset(configuration));
    look(refusals, () -> store(notes, configuration, plan));
    wireguard(notes, configuration.wireguard());
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

  private static void keyset(Configuration configuration) throws IOException {
    if (Files.exists(configuration.keyset().file())) {
      Preparation.look(configuration);
    }
  }

  /// Asks the store, too, where it is a server: whether it is there and fit is known before a
  /// start.
  private static void store(List<String> notes, Configuration configuration, ConfiguredPlan plan)
      throws IOException {
    Path keyset = configuration.keyset().file();
    switch (plan.store().begun()) {
      case StorePlace.Begun.Unknown(var why) -> throw new IOException(StoreWords.of(why));
      case StorePlace.Begun.Yes _ -> {
        if (!Files.exists(keyset)) {
          throw new IOException(Texts.say("keyset.missing", keyset.toString()));
        }
      }
      case StorePlace.Begun.No _ -> {
        if (!Files.exists(keyset)) {
          notes.add(Texts.say("config.not-begun"));
        }
      }
    }
  }

  private static void wireguard(List<String> notes, @Nullable WireGuardPlace place) {
    if (place != null && !Files.exists(place.helper())) {
      notes.add(Texts.say("config.no-vpn-helper", place.helper().toString()));
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

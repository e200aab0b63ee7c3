package io.parano.app;

import io.parano.audit.WatchedLog;
import io.parano.store.Witnessed;
import io.parano.witness.Witness;
import io.parano.witness.Witnesses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the witnesses what they have seen of a log, before anything of it is touched.
final class WitnessStart {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private WitnessStart() {}

  /// From the most refusing to the most allowing.
  sealed interface Asked {
    /// None answered, and that is not enough.
    ///
    /// @param why what each of them had to say
    record Silent(String why) implements Asked {}

    /// @param seen what those who answered have seen
    record Answered(List<Witnessed> seen) implements Asked {}
  }

  /// Asks until one answers, or until the plan's patience is at its end.
  static Asked ask(Witnesses witnesses, WitnessPlan plan, WatchedLog log, InstantSource clock) {
    Instant end = clock.instant().plus(plan.patience());
    while (true) {
      Map<String, Witness.Latest> answers = witnesses.latest(log);
      boolean heard =
          answers.values().stream().anyMatch(one -> !(one instanceof Witness.Latest.Silent));
      if (heard || answers.isEmpty()) {
        return new Asked.Answered(seen(answers));
      }
      String why = silences(answers);
      switch (plan.whenSilent()) {
        case SERVE -> {
          LOG.error("no witness answers, and the log is compared with none: {}", why);
          return new Asked.Answered(List.of());
        }
        case REFUSE -> {
          if (!clock.instant().isBefore(end)) {
            return new Asked.Silent(why);
          }
          LOG.warn("no witness answers yet: {}", why);
        }
      }
      pause();
    }
  }

  private static List<Witnessed> seen(Map<String, Witness.Latest> answers) {
    List<Witnessed> seen = new ArrayList<>();
    answers.forEach((name, latest) -> {
      switch (latest) {
        case Witness.Latest.Silent(String why) ->
            LOG.error("the witness {} does not answer: {}", name, why);
        case Witness.Latest.Never _ -> LOG.info("the witness {} has seen nothing yet", name);
        case Witness.Latest.Cosigned(var checkpoint) ->
            seen.add(new Witnessed(name, checkpoint.signed()));
      }
    });
    return seen;
  }

  private static String silences(Map<String, Witness.Latest> answers) {
    return answers.entrySet().stream()
        .map(one -> one.getKey() + ": " + said(one.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String said(Witness.Latest latest) {
    return switch (latest) {
      case Witness.Latest.Silent(String why) -> why;
      case Witness.Latest.Never _, Witness.Latest.Cosigned _ -> "it answers";
    };
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while witnesses were awaited", e);
    }
  }
}

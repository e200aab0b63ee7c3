package io.parano.demo;

import io.parano.demo.Screen.Ink;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plays the steps one after the other, says what happens while it happens, and keeps the outcomes.
final class Story {
  private final Evidence evidence;
  private final Screen screen;
  private final Texts texts;

  Story(Evidence evidence, Screen screen, Texts texts) {
    this.evidence = evidence;
    this.screen = screen;
    this.texts = texts;
  }

  List<Outcome> play(List<Step> steps) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Step step : steps) {
      screen.blank();
      screen.line(
          "  %s %s"
              .formatted(
                  screen.ink(Ink.FAINT, "%2d".formatted(outcomes.size() + 1)),
                  screen.ink(Ink.TITLE, texts.say("step." + step.id()))));
      outcomes.add(play(step));
    }
    return outcomes;
  }

  private Outcome play(Step step) {
    try {
      return switch (step.order()) {
        case ATTACK_FIRST -> {
          Attacked attacked = attack(step);
          yield outcome(step, attacked, twin(step));
        }
        case TWIN_FIRST -> {
          Verdict twin = twin(step);
          yield outcome(step, attack(step), twin);
        }
      };
    } catch (IOException | IllegalStateException e) {
      String stumble = e.getMessage() == null ? e.toString() : e.getMessage();
      screen.trouble(texts.say("stumble", stumble));
      return new Outcome(
          step, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(stumble));
    }
  }

  private record Attacked(Verdict verdict, Optional<Stop> stop) {}

  private static Outcome outcome(Step step, Attacked attacked, Verdict twin) {
    return new Outcome(
        step,
        Optional.of(attacked.verdict()),
        attacked.stop(),
        Optional.of(twin),
        Optional.empty());
  }

  private Attacked attack(Step step) throws IOException {
    Evidence.Mark mark = evidence.mark();
    Verdict verdict = step.attack().make();
    Optional<Stop> stop =
        verdict instanceof Verdict.Refused refused
            ? evidence.since(mark, step, refused)
            : Optional.empty();
    boolean expected = stop.filter(step.expected()::equals).isPresent();
    tell(step.attackFrom(), verdict, expected ? Ink.STOP : Ink.BAD, stopped(stop));
    screen.faint("    " + texts.say("step." + step.id() + ".attack"));
    if (step.proof() == Step.Proof.LISTED
        && verdict instanceof Verdict.Refused(var took, String told)
        && !told.isEmpty()) {
      screen.faint("    " + told);
    }
    if (!expected) {
      screen.trouble(texts.say("expected.reason", step.expected().code()));
    }
    return new Attacked(verdict, stop);
  }

  private Verdict twin(Step step) throws IOException {
    Verdict verdict = step.twin().make();
    boolean expected = verdict instanceof Verdict.Granted;
    tell(step.twinFrom(), verdict, expected ? Ink.GOOD : Ink.BAD, texts.say("twin"));
    screen.faint("    " + texts.say("step." + step.id() + ".twin"));
    if (!expected) {
      screen.trouble(texts.say("expected.granted"));
    }
    return verdict;
  }

  private void tell(InetAddress from, Verdict verdict, Ink ink, String why) {
    String word = "%-8s".formatted(texts.say("verdict." + verdict.code()));
    screen.line(
        "     %s %-12s %-44s %s"
            .formatted(
                screen.ink(ink, word),
                from.getHostAddress(),
                why,
                screen.ink(Ink.FAINT, Screen.millis(verdict.took()))));
  }

  private String stopped(Optional<Stop> stop) {
    return stop.map(found -> level(found.level()) + " · " + found.code())
        .orElse(texts.say("reason.none"));
  }

  private String level(String level) {
    return texts.say("level." + level);
  }

  /// Everything once more, in one table.
  void table(List<Outcome> outcomes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            texts.say("table.step"),
            texts.say("table.attack"),
            texts.say("table.level"),
            texts.say("table.reason"),
            "ms",
            texts.say("table.twin"),
            "ms"));
    for (Outcome outcome : outcomes) {
      rows.add(
          List.of(
              outcome.asExpected() ? "✓" : "!",
              texts.say("step." + outcome.step().id()),
              word(outcome.attack()),
              outcome.stop().map(stop -> level(stop.level())).orElse("—"),
              outcome.stop().map(Stop::code).orElse("—"),
              millis(outcome.attack()),
              word(outcome.twin()),
              millis(outcome.twin())));
    }
    screen.table(
        rows,
        List.of(
            Ink.PLAIN, Ink.PLAIN, Ink.STOP, Ink.PLAIN, Ink.PLAIN, Ink.FAINT, Ink.GOOD, Ink.FAINT));
  }

  private String word(Optional<Verdict> verdict) {
    return verdict.map(found -> texts.say("verdict." + found.code())).orElse("—");
  }

  private static String millis(Optional<Verdict> verdict) {
    return verdict.map(found -> "%.1f".formatted(found.took().toNanos() / 1e6)).orElse("—");
  }
}

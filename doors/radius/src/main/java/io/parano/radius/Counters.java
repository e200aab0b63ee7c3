package io.parano.radius;

import io.parano.radiuspacket.Flaw;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How many packets came to what, for the metrics: outsiders can send any number, so that they are
/// counted and not listed.
final class Counters {
  /// What becomes of a packet that has no flaw.
  enum Fate {
    STRANGER,
    CROWDED,
    UNPROVEN,
    SLOW,
    WRONG_PORT,
    OVERLOADED,
    UNANSWERED,
    REPEATED,
    WAITING,
    REJECTED,
    CHALLENGED,
    HELD,
    ACCEPTED,
    ACCOUNTED,
    ALIVE,
    FAILED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Map<Flaw, LongAdder> flaws = new EnumMap<>(Flaw.class);
  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);

  Counters() {
    for (Flaw flaw : Flaw.values()) {
      flaws.put(flaw, new LongAdder());
    }
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
  }

  void count(Flaw flaw) {
    Objects.requireNonNull(flaws.get(flaw)).increment();
  }

  void count(Fate fate) {
    Objects.requireNonNull(fates.get(fate)).increment();
  }

  long of(Flaw flaw) {
    return Objects.requireNonNull(flaws.get(flaw)).sum();
  }

  long of(Fate fate) {
    return Objects.requireNonNull(fates.get(fate)).sum();
  }

  /// As Prometheus reads it.
  String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # HELP parano_radius_packets_total RADIUS packets and connections by what became of them.
            # TYPE parano_radius_packets_total counter
            """);
    fates.forEach((fate, count) -> line(text, fate.code(), count));
    flaws.forEach((flaw, count) -> line(text, flaw.code(), count));
    return text.toString();
  }

  private static void line(StringBuilder text, String what, LongAdder count) {
    text.append("parano_radius_packets_total{became=\"")
        .append(what)
        .append("\"} ")
        .append(count.sum())
        .append('\n');
  }
}

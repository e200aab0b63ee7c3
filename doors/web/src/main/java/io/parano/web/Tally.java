package io.parano.web;

import io.parano.kernel.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What the door counts. Whatever outsiders can cause in any number is counted here, not listed.
final class Tally {
  /// Upper bounds in nanoseconds of the forward-auth durations: from what memory takes to what the
  /// log takes.
  private static final long[] BOUNDS = {
    5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 25_000_000, 100_000_000
  };

  enum Kind {
    PASS_REFUSED("parano_web_pass_total{answer=\"refused\"}"),
    PASS_UNAVAILABLE("parano_web_pass_total{answer=\"unavailable\"}"),
    PASS_SIGN_IN("parano_web_pass_total{answer=\"sign-in\"}"),
    PASS_STEP_UP("parano_web_pass_total{answer=\"step-up\"}"),
    PASS_RECORD_FIRST("parano_web_pass_total{answer=\"record-first\"}"),
    PASS_ALLOWED("parano_web_pass_total{answer=\"allowed\"}"),
    REQUESTS("parano_web_requests_total"),
    INVALID("parano_web_invalid_requests_total"),
    FAULTS("parano_web_faults_total"),
    BUGS("parano_web_bugs_total"),
    BUSY("parano_web_busy_total"),
    CONNECTIONS("parano_web_connections_total"),
    CONNECTIONS_CLOSED("parano_web_connections_closed_total"),
    CONNECTIONS_REFUSED("parano_web_connections_refused_total"),
    CONNECTIONS_SLOW("parano_web_connections_slow_total"),
    DISBELIEVED_UNTOLD("parano_web_disbelieved_untold_total");

    final String series;

    Kind(String series) {
      this.series = series;
    }
  }

  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
  private final Map<Reason, LongAdder> disbelieved = new EnumMap<>(Reason.class);
  private final LongAdder[] durations = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanoseconds = new LongAdder();

  Tally() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
    for (Reason reason : Reason.values()) {
      disbelieved.put(reason, new LongAdder());
    }
    for (int i = 0; i < durations.length; i++) {
      durations[i] = new LongAdder();
    }
  }

  void count(Kind kind) {
    adder(counts, kind).increment();
  }

  void disbelieved(Reason reason) {
    adder(disbelieved, reason).increment();
  }

  void took(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    durations[bucket].increment();
    nanoseconds.add(nanos);
  }

  long of(Kind kind) {
    return adder(counts, kind).sum();
  }

  /// The Prometheus text format (0.0.4).
  String text() {
    StringBuilder out = new StringBuilder(4096);
    String family = "";
    for (Kind kind : Kind.values()) {
      int brace = kind.series.indexOf('{');
      String name = brace < 0 ? kind.series : kind.series.substring(0, brace);
      if (!name.equals(family)) {
        out.append("# TYPE ").append(name).append(" counter\n");
        family = name;
      }
      out.append(kind.series).append(' ').append(of(kind)).append('\n');
    }
    out.append("# TYPE parano_web_disbelieved_total counter\n");
    disbelieved.forEach((reason, count) -> {
      if (count.sum() > 0) {
        out.append("parano_web_disbelieved_total{reason=\"")
            .append(reason.code())
            .append("\"} ")
            .append(count.sum())
            .append('\n');
      }
    });
    histogram(out);
    return out.toString();
  }

  private void histogram(StringBuilder out) {
    out.append("# TYPE parano_web_pass_seconds histogram\n");
    long total = 0;
    for (int i = 0; i < durations.length; i++) {
      total += durations[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i] / 1e9) : "+Inf";
      out.append("parano_web_pass_seconds_bucket{le=\"")
          .append(bound)
          .append("\"} ")
          .append(total)
          .append('\n');
    }
    out.append("parano_web_pass_seconds_sum ").append(nanoseconds.sum() / 1e9).append('\n');
    out.append("parano_web_pass_seconds_count ").append(total).append('\n');
  }

  private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("every " + key + " has a counter");
    }
    return adder;
  }
}

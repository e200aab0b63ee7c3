package io.parano.mail;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How many requests came to what, for the metrics: outsiders can send any number, so that they are
/// counted and not listed.
final class Counters {
  /// What becomes of a request.
  enum Fate {
    STRANGER,
    UNPROVEN,
    NOT_HTTP,
    MALFORMED,
    TOO_LARGE,
    OVERLOADED,
    UNAVAILABLE,
    FAILED,
    REFUSED,
    REPORTED,
    WATCHED,
    ACCEPTED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);

  Counters() {
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
  }

  void count(Fate fate) {
    Objects.requireNonNull(fates.get(fate)).increment();
  }

  long of(Fate fate) {
    return Objects.requireNonNull(fates.get(fate)).sum();
  }

  /// As Prometheus reads it.
  ///
  /// @param open how many mailboxes may be open
  String text(int open) {
    StringBuilder text =
        new StringBuilder(
            """
            # HELP parano_mail_requests_total Requests of mail servers by what became of them.
            # TYPE parano_mail_requests_total counter
            """);
    fates.forEach((fate, count) ->
        text.append("parano_mail_requests_total{became=\"")
            .append(fate.code())
            .append("\"} ")
            .append(count.sum())
            .append('\n'));
    return text.append(
            """
            # HELP parano_mail_open Mailboxes that were opened and may be open.
            # TYPE parano_mail_open gauge
            """)
        .append("parano_mail_open ")
        .append(open)
        .append('\n')
        .toString();
  }
}

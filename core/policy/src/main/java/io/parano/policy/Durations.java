package io.parano.policy;

import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import java.time.Duration;
import java.util.Optional;

/// Lengths of time as a policy writes them: a whole number and one of `s m h d`.
final class Durations {
  static final String PATTERN = "^[1-9][0-9]{0,6}[smhd]$";

  /// Nothing that a policy bounds should live longer; a larger number is a typing mistake.
  static final Duration LONGEST = Duration.ofDays(30);

  private Durations() {}

  /// Empty when `text` is not written so.
  static Optional<Duration> parse(String text) {
    if (!text.matches(PATTERN)) {
      return Optional.empty();
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return Optional.of(
        switch (text.charAt(text.length() - 1)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  /// In the largest unit that leaves no remainder.
  static String write(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /// Reads one from a document.
  static Optional<Duration> read(Node node, Values values, Mistakes mistakes) {
    Optional<Node.Scalar> text = values.text(node);
    Optional<Duration> duration = text.flatMap(scalar -> parse(scalar.text()));
    if (text.isPresent() && duration.isEmpty()) {
      mistakes.add(node, MistakeKind.DURATION_MALFORMED, text.get().text());
    }
    if (duration.isPresent() && duration.get().compareTo(LONGEST) > 0) {
      mistakes.add(node, MistakeKind.DURATION_TOO_LONG, write(duration.get()), write(LONGEST));
    }
    return duration;
  }
}

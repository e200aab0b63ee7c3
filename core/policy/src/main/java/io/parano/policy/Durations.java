package io.parano.policy;

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
}

package io.parano.app;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Moments as people read them: in the zone of this machine, which is said.
final class Times {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Times() {}

  static String minute(Instant at) {
    return MINUTE.withZone(ZoneId.systemDefault()).format(at);
  }

  static String second(Instant at) {
    return SECOND.withZone(ZoneId.systemDefault()).format(at);
  }

  /// As a server writes it.
  static String minute(String at) {
    return minute(Instant.parse(at));
  }
}

package io.parano.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.parano.config.Configuration.LogLevel;
import org.slf4j.LoggerFactory;

/// How much the server's own log says.
final class LogLevels {
  private LogLevels() {}

  static void set(LogLevel level) {
    Level spoken =
        switch (level) {
          case WARN -> Level.WARN;
          case INFO -> Level.INFO;
          case DEBUG -> Level.DEBUG;
        };
    if (LoggerFactory.getLogger("io.parano") instanceof Logger ours) {
      ours.setLevel(spoken);
    }
  }
}

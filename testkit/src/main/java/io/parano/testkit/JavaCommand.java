package io.parano.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What starts a program of the tests' class path in a Java of its own: to be stopped, killed, or
/// run elsewhere.
public final class JavaCommand {
  private JavaCommand() {}

  /// Quick to start rather than quick for long.
  public static List<String> of(String main, String... arguments) {
    return on(classPath(), main, arguments);
  }

  /// As [#of], where the class path is another.
  public static List<String> on(String classPath, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The tests' own; surefire hides it behind a jar.
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}

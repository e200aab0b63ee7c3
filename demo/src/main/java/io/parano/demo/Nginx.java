package io.parano.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The machine's nginx, if it has one that can ask.
sealed interface Nginx {
  /// None, or one that was built without `auth_request`.
  record Missing() implements Nginx {}

  record Installed(Path binary, String version) implements Nginx {}

  /// Looks where distributions put it, then along the PATH.
  static Nginx find() {
    String path = System.getenv("PATH");
    List<String> folders = path == null ? List.of() : Arrays.asList(path.split(":", -1));
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"), folders.stream())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Nginx::ask)
        .orElseGet(Missing::new);
  }

  private static Nginx ask(Path binary) {
    try {
      Process process =
          new ProcessBuilder(binary.toString(), "-V").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.SECONDS)
          || process.exitValue() != 0
          || !said.contains("http_auth_request_module")) {
        return new Missing();
      }
      return new Installed(binary, said.lines().findFirst().orElse("").replaceFirst(".*/", ""));
    } catch (IOException e) {
      return new Missing();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Missing();
    }
  }
}

package io.parano.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A token of SoftHSM2, a PKCS#11 module in software, in a folder of its own. The library finds it
/// by an environment variable, so that each token wants a process of its own.
public final class SoftHsm {
  public static final String PIN = "1234";

  private final Path settings;

  /// Makes the token; its files are beside one another in `folder`, under `name`.
  public SoftHsm(Path folder, String name) throws IOException, InterruptedException {
    settings = folder.resolve(name + ".conf");
    Path tokens = Files.createDirectories(folder.resolve(name));
    Files.writeString(settings, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    Process init =
        reaches(
                new ProcessBuilder(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "parano",
                        "--pin",
                        PIN,
                        "--so-pin",
                        "56789")
                    .redirectErrorStream(true))
            .start();
    String said = new String(init.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (init.waitFor() != 0) {
      throw new IOException("no token of SoftHSM2: " + said);
    }
  }

  /// The same command, where the library finds this token.
  public ProcessBuilder reaches(ProcessBuilder command) {
    command.environment().put("SOFTHSM2_CONF", settings.toString());
    return command;
  }

  /// Throws [IOException] where it is not installed.
  public static Path library() throws IOException {
    try (Stream<Path> found =
        Files.find(Path.of("/usr/lib"), 4, (path, facts) -> path.endsWith("libsofthsm2.so"))) {
      return found.findFirst().orElseThrow(() -> new IOException("SoftHSM2 is not installed"));
    }
  }
}

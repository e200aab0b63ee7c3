package io.parano.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.audit.CosignatureKey;
import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `parano audit witness` in a process of its own. It keeps the port that it got at its first
/// start.
final class WitnessProcess {
  private static final Pattern PLACE =
      Pattern.compile("witnessing at 127\\.0\\.0\\.1:(\\d+) as .*");

  private final Path configuration;
  private volatile @Nullable Process running;
  private int port;

  WitnessProcess(Path configuration) {
    this.configuration = configuration;
  }

  CosignatureKey makeKey(String name) throws IOException, InterruptedException {
    Process process = run("--make-key", name);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != ExitCode.DONE) {
      throw new AssertionError(said);
    }
    return CosignatureKey.parse(said.substring(said.lastIndexOf(' ') + 1));
  }

  void start() throws IOException {
    Process process = run();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = String.valueOf(lines.readLine());
    Matcher place = PLACE.matcher(line);
    if (!place.matches()) {
      throw new AssertionError(line);
    }
    port = Integer.parseInt(place.group(1));
    Files.writeString(
        configuration,
        Files.readString(configuration).replace("127.0.0.1:0\"", "127.0.0.1:" + port + "\""));
    running = process;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  boolean alive() {
    Process process = running;
    return process != null && process.isAlive();
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    Process process = running;
    if (process != null) {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
  }

  private Process run(String... more) throws IOException {
    List<String> command =
        JavaCommand.of(
            Main.class.getName(), "audit", "witness", "--config", configuration.toString());
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }
}

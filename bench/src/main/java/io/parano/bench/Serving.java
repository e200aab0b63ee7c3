package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Some server under way, in a process of its own.
final class Serving implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MILLIS = 5;

  private final Children children;
  private final Process process;

  /// Others that serve with it.
  private final List<Process> beside = new ArrayList<>();

  /// Milliseconds from the command to its first answer.
  final double firstAnswer;

  /// Starts `command` and returns when it answers 200 to `asked`.
  Serving(Children children, ProcessBuilder command, Path output, Asking asked, int port)
      throws IOException, InterruptedException {
    this.children = children;
    long start = System.nanoTime();
    this.process =
        children.start(command.redirectErrorStream(true).redirectOutput(output.toFile()));
    await(asked, port, output);
    this.firstAnswer = (System.nanoTime() - start) / 1e6;
  }

  /// Builds the product where the launcher would otherwise do so at its first start.
  static void build(Children children) throws IOException, InterruptedException {
    if (launcher().isPresent()) {
      ProcessBuilder build = new ProcessBuilder(launcher().get().toString(), "build").inheritIO();
      if (children.start(build).waitFor() != 0) {
        throw new IOException("the product could not be built");
      }
    }
  }

  /// The product, as `./parano serve` starts it.
  ///
  /// @param core null for all of them
  static Serving product(
      Setting setting, Installation installation, int heapMegabytes, @Nullable Cores core)
      throws IOException, InterruptedException {
    return new Serving(
        setting.children(),
        builder(installation, heapMegabytes, core, List.of()),
        installation.folder().resolve("output"),
        Asking.pass(installation.visits().getFirst()),
        installation.port());
  }

  /// The product as two processes, door and authority, both on the same core.
  static Serving apart(Setting setting, Installation installation, int heapMegabytes, Cores core)
      throws IOException, InterruptedException {
    List<String> between =
        List.of(
            "--between",
            installation.folder().resolve("between").toString(),
            "--peer",
            System.getProperty("user.name"));
    Process authority =
        setting
            .children()
            .start(
                role("authority", installation, heapMegabytes, core, between)
                    .redirectErrorStream(true)
                    .redirectOutput(installation.folder().resolve("authority.output").toFile()));
    try {
      Serving door =
          new Serving(
              setting.children(),
              role("door", installation.door(), heapMegabytes, core, between),
              installation.folder().resolve("output"),
              Asking.pass(installation.visits().getFirst()),
              installation.port());
      door.beside.add(authority);
      return door;
    } catch (IOException | InterruptedException e) {
      setting.children().end(authority);
      throw e;
    }
  }

  private static ProcessBuilder role(
      String role, Installation installation, int heapMegabytes, Cores core, List<String> between) {
    List<String> options = new ArrayList<>(List.of("--role", role));
    options.addAll(between);
    return builder(installation, heapMegabytes, core, options);
  }

  private static ProcessBuilder builder(
      Installation installation, int heapMegabytes, @Nullable Cores core, List<String> options) {
    List<String> command = new ArrayList<>(launch(heapMegabytes));
    Path configuration = installation.folder().resolve("parano.yaml");
    command.addAll(List.of("serve", "--allow-root", "--config", configuration.toString()));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(core == null ? command : core.hold(command));
    builder.environment().put("PARANO_JAVA_OPTS", String.join(" ", Jvm.heap(heapMegabytes)));
    return builder;
  }

  /// Through the launcher, with its AOT cache, where this is run by it; else from the class path.
  private static List<String> launch(int heapMegabytes) {
    return launcher()
        .map(launcher -> List.of(launcher.toString()))
        .orElseGet(() -> Jvm.command(heapMegabytes, io.parano.app.Main.class));
  }

  static Optional<Path> launcher() {
    return Optional.ofNullable(System.getProperty("parano.home"))
        .map(home -> Path.of(home, "parano"));
  }

  /// Microseconds of processor time that it and what it started have used so far.
  double cpu() {
    return whole()
        .mapToDouble(one -> one.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3)
        .sum();
  }

  /// Resident memory of it and of what it started, in megabytes of 10^6 bytes.
  double memory() throws IOException {
    double all = 0;
    for (ProcessHandle one : whole().toList()) {
      all += memory(one);
    }
    return all;
  }

  private static double memory(ProcessHandle one) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + one.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6)
          .findFirst()
          .orElseThrow();
    }
  }

  private Stream<ProcessHandle> whole() {
    return Stream.concat(Stream.of(process), beside.stream())
        .flatMap(one -> Stream.concat(Stream.of(one.toHandle()), one.descendants()));
  }

  /// Holds it to another core from now on.
  void move(Cores core) throws IOException, InterruptedException {
    core.take(process);
  }

  @Override
  public void close() {
    children.end(process);
    beside.forEach(children::end);
  }

  private void await(Asking asked, int port, Path output) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Integer status = asked.status(port);
    while (status == null || status != 200) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "expected 200 on port %d, found %s: %s"
                .formatted(port, status, Files.readString(output)));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
      status = asked.status(port);
    }
  }
}

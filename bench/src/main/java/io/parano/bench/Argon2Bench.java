package io.parano.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Argon2id with m=19 MiB, t=2, p=1 on one core: ours, through the pool, against Debian's libargon2
/// from a loop in C, and our pure Java beside them.
///
/// All are processes held to the same core, and take turns of a second; a second is one of
/// processor time, so that what others take of the core is nobody's. The ratio is the median of the
/// rounds'. Heap of ours: 128 MiB.
final class Argon2Bench {
  private static final String[] COST = {"19456", "2", "1"};
  private static final int ROUNDS = 9;
  private static final String CORE = "0";

  private Argon2Bench() {}

  /// @param peer empty, with `peerValue` and `ratio` NaN, when it is missing here
  record Figure(
      String name, double value, String unit, String peer, double peerValue, double ratio) {
    String line() {
      return peer.isEmpty()
          ? String.format(Locale.ROOT, "%-22s %8.1f %s   (peer missing)", name, value, unit)
          : String.format(
              Locale.ROOT,
              "%-22s %8.1f %s   %s %.1f   ratio %.2f",
              name,
              value,
              unit,
              peer,
              peerValue,
              ratio);
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    run().forEach(figure -> System.out.println(figure.line()));
  }

  /// Takes about half a minute.
  static List<Figure> run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("parano-bench-argon2");
    Optional<List<String>> peer = compiledPeer(folder);
    List<Figure> figures = new ArrayList<>();
    try {
      figures.add(measure("argon2", java("installed"), peer));
      figures.add(measure("argon2-pure-java", java("pure"), peer));
    } finally {
      delete(folder);
    }
    return figures;
  }

  private static Figure measure(String name, List<String> ours, Optional<List<String>> peer)
      throws IOException {
    if (peer.isEmpty()) {
      try (Turns mine = Turns.start(ours)) {
        mine.engine();
        mine.turn();
        List<Double> values = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          values.add(mine.turn());
        }
        return new Figure(name, median(values), "hashes/s", "", Double.NaN, Double.NaN);
      }
    }
    try (Turns mine = Turns.start(ours);
        Turns theirs = Turns.start(peer.get())) {
      String engine = mine.engine();
      mine.turn();
      theirs.turn();
      List<Double> values = new ArrayList<>();
      List<Double> peerValues = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        double peerValue = theirs.turn();
        double value = mine.turn();
        values.add(value);
        peerValues.add(peerValue);
        ratios.add(value / peerValue);
      }
      return new Figure(
          name,
          median(values),
          "hashes/s by " + engine,
          "libargon2 from C",
          median(peerValues),
          median(ratios));
    }
  }

  /// A process that hashes for a second whenever it is its turn.
  private record Turns(Process process, BufferedReader answers, Writer commands)
      implements AutoCloseable {
    static Turns start(List<String> command) throws IOException {
      List<String> held = new ArrayList<>(List.of("taskset", "-c", CORE));
      held.addAll(command);
      Process process =
          new ProcessBuilder(held).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Turns(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)),
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII)));
    }

    String engine() throws IOException {
      return answer();
    }

    double turn() throws IOException {
      commands.write("1\n");
      commands.flush();
      String[] counted = answer().split(" ", -1);
      return Long.parseLong(counted[0]) * 1e6 / Long.parseLong(counted[1]);
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the process ended before its answer: " + process.info());
      }
      return line;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private static List<String> java(String engine) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Argon2Load.class.getName(),
            engine));
    command.addAll(List.of(COST));
    return command;
  }

  /// Empty when the compiler or the library's header cannot be had here.
  private static Optional<List<String>> compiledPeer(Path folder)
      throws IOException, InterruptedException {
    if (!compile(folder)) {
      succeeds(
          folder,
          List.of(
              "apt-get",
              "install",
              "-y",
              "--no-install-recommends",
              "gcc",
              "libc6-dev",
              "libargon2-dev"));
      if (!compile(folder)) {
        System.out.println(
            "argon2: the peer is missing (gcc and libargon2-dev; apt-get could not install them)");
        return Optional.empty();
      }
    }
    List<String> command = new ArrayList<>(List.of(folder.resolve("peer").toString()));
    command.addAll(List.of(COST));
    return Optional.of(command);
  }

  private static boolean compile(Path folder) throws IOException, InterruptedException {
    try (InputStream source = Argon2Bench.class.getResourceAsStream("argon2-peer.c")) {
      if (source == null) {
        throw new IOException("argon2-peer.c is missing from the build");
      }
      Files.write(folder.resolve("peer.c"), source.readAllBytes());
    }
    return succeeds(folder, List.of("gcc", "-O2", "-o", "peer", "peer.c", "-largon2"));
  }

  private static boolean succeeds(Path folder, List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(Argon2Bench::deleteFile);
    }
    Files.delete(folder);
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

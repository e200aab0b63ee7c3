package io.parano.testkit;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Jazzer on what reads bytes, bounded, in a process of its own, from a corpus that is kept beside
/// the test. Run longer by hand with more `runs`; what it finds belongs into the corpus.
///
/// @param target the class with `fuzzerTestOneInput`
/// @param kept the folder of the corpus, as it lies beside the compiled target
/// @param seed so that a run can be had again
/// @param longest what is thrown at it, in bytes
public record Fuzzing(Class<?> target, String kept, int runs, int seed, int longest) {
  private static final int PATIENCE_MINUTES = 4;

  /// What is kept.
  public List<byte[]> corpus() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      List<byte[]> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
      return all;
    }
  }

  /// What went wrong, with all that was said; empty when nothing did.
  ///
  /// @param work an empty folder for what it finds
  public String run(Path work) throws IOException, InterruptedException {
    Path log = work.resolve("jazzer.log");
    Process fuzzer =
        new ProcessBuilder(command(work))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = fuzzer.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    fuzzer.destroyForcibly();
    String told = Files.readString(log, StandardCharsets.UTF_8);
    if (!ended) {
      return "it does not end\n" + told;
    }
    return fuzzer.exitValue() == 0 && told.contains("Done " + runs + " runs") ? "" : told;
  }

  private List<String> command(Path work) throws IOException {
    Path found = Files.createDirectory(work.resolve("found"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.getName(),
        "--instrumentation_includes=" + target.getPackageName() + ".**",
        "--reproducer_path=" + work,
        "-artifact_prefix=" + work + "/",
        "-runs=" + runs,
        "-seed=" + seed,
        "-max_len=" + longest,
        "-timeout=10",
        "-rss_limit_mb=0",
        found.toString(),
        folder().toString());
  }

  /// With what the tests find as modules, and their classes themselves, which are patched into one.
  private String classPath() {
    Path root = home();
    for (int i = 0; i < target.getPackageName().split("\\.", -1).length; i++) {
      root = Objects.requireNonNull(root.getParent());
    }
    return Stream.of(
            root.toString(),
            System.getProperty("surefire.test.class.path", ""),
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path folder() {
    return home().resolve(kept);
  }

  /// Where the target was compiled to.
  private Path home() {
    String file = target.getSimpleName() + ".class";
    try {
      Path compiled = Path.of(Objects.requireNonNull(target.getResource(file), file).toURI());
      return Objects.requireNonNull(compiled.getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

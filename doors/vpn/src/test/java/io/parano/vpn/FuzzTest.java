package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on everything that reads bytes here, bounded, from the corpus that is kept beside it. Run
/// longer by hand with more `-runs`; what it finds belongs into the corpus.
@Tag("slow")
class FuzzTest {
  private static final int RUNS = 100_000;

  @TempDir Path folder;

  @Test
  void corpus_everyLine_hasAnOutcome() throws Exception {
    try (Stream<Path> kept = Files.list(corpus())) {
      List<Path> files = kept.toList();
      assertThat(files).hasSizeGreaterThan(10);
      for (Path file : files) {
        VpnFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
      }
    }
  }

  @Test
  void lines_fuzzed_neverThrow() throws Exception {
    Path log = folder.resolve("jazzer.log");
    Process fuzzer =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = fuzzer.waitFor(4, TimeUnit.MINUTES);
    fuzzer.destroyForcibly();
    String told = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(fuzzer.exitValue()).as(told).isZero();
    assertThat(told).contains("Done " + RUNS + " runs");
  }

  private List<String> command() throws IOException, URISyntaxException {
    Path found = Files.createDirectory(folder.resolve("found"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + VpnFuzz.class.getName(),
        "--instrumentation_includes=io.parano.vpn.**",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-runs=" + RUNS,
        "-seed=51820",
        "-max_len=2000",
        "-timeout=10",
        "-rss_limit_mb=0",
        found.toString(),
        corpus().toString());
  }

  /// With what the tests find as modules, and these classes themselves, which are patched into one.
  private static String classPath() throws URISyntaxException {
    Path own = found("VpnFuzz.class");
    Path root = own;
    for (int i = 0; i < VpnFuzz.class.getName().split("\\.", -1).length; i++) {
      root = Objects.requireNonNull(root.getParent());
    }
    return Stream.of(
            root.toString(),
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path corpus() throws URISyntaxException {
    return Objects.requireNonNull(found("corpus/list").getParent());
  }

  private static Path found(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(FuzzTest.class.getResource(name)).toURI());
  }
}

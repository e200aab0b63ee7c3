package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on the lines of OpenVPN's management interface, bounded, from the corpus that is kept
/// beside it.
@Tag("slow")
class OpenVpnFuzzTest {
  private static final int RUNS = 50_000;

  @TempDir Path folder;

  @Test
  void lines_fuzzed_neverThrow() throws Exception {
    Path corpus =
        Path.of(Objects.requireNonNull(OpenVpnFuzz.class.getResource("openvpn-corpus")).toURI());
    try (Stream<Path> kept = Files.list(corpus)) {
      for (Path file : kept.toList()) {
        OpenVpnFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
      }
    }
    Path log = folder.resolve("jazzer.log");
    Process fuzzer =
        new ProcessBuilder(command(corpus))
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

  private List<String> command(Path corpus) throws Exception {
    Path found = Files.createDirectory(folder.resolve("found"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        Stream.of(
                System.getProperty("surefire.test.class.path", ""),
                System.getProperty("java.class.path", ""),
                System.getProperty("jdk.module.path", ""))
            .filter(path -> !path.isEmpty())
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElse(""),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + OpenVpnFuzz.class.getName(),
        "--instrumentation_includes=io.parano.vpn.**",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-runs=" + RUNS,
        "-seed=1194",
        "-max_len=9000",
        "-timeout=10",
        "-rss_limit_mb=0",
        found.toString(),
        corpus.toString());
  }
}

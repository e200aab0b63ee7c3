package io.parano.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar as an auditor runs it: alone, in a process of its own.
class JarTest {
  @TempDir private Path folder;

  @Test
  void jar_untouchedAndAltered_exitsWith0And1() throws IOException, InterruptedException {
    SampleExport export = SampleExport.in(folder, SampleExport.signer(), "home");
    assertRun(export, 0, "The log holds: 300 entries");
    export.tamper();
    assertRun(export, 1, "- entry 3 was altered");
  }

  private static void assertRun(SampleExport export, int status, String expected)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                Path.of("target", "parano-verify.jar").toAbsolutePath().toString(),
                export.folder().toString(),
                "--key",
                export.vkey(),
                "--checkpoint",
                export.kept().toString(),
                "--lang",
                "en")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    assertThat(said).contains(expected);
  }
}

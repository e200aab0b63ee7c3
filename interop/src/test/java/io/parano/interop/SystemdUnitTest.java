package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The unit that is shipped, judged by systemd itself. The program's path alone is another, since
/// nothing is installed in `/opt` here.
@Tag("interop")
class SystemdUnitTest {
  private static final Path UNIT = Path.of("..", "packaging", "systemd", "parano.service");

  @TempDir private Path folder;

  @Test
  void unit_asShipped_isRight() throws Exception {
    assertThat(analyze("", "verify")).isEmpty();
  }

  @Test
  void unit_withAMisspeltDirective_isFound() throws Exception {
    assertThat(analyze("ProtectSystm=strict", "verify")).contains("ProtectSystm");
  }

  @Test
  void unit_asShipped_exposesLittle() throws Exception {
    assertThat(analyze("", "security", "--offline=true", "--threshold=15")).contains("OK");
  }

  private String analyze(String further, String... arguments) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is missing");
    String text =
        Files.readString(UNIT)
            .replaceFirst("ExecStart=\\S+", "ExecStart=/bin/true")
            .replace("[Install]", further + "\n\n[Install]");
    Path unit = Files.writeString(folder.resolve("parano.service"), text);
    ProcessBuilder builder = new ProcessBuilder("systemd-analyze");
    builder.command().addAll(java.util.List.of(arguments));
    builder.command().add(unit.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}

package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The units that are shipped, judged by systemd itself. The program's path alone is another, since
/// nothing is installed in `/opt` here. What systemd says of the machine's own units is not about
/// ours.
@Tag("interop")
class SystemdUnitTest {
  private static final Path UNITS = Path.of("..", "packaging", "systemd");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parano",
        "parano-authority",
        "parano-door",
        "parano-vpn-helper",
        "parano-mail-watch"
      })
  void unit_asShipped_isRight(String unit) throws Exception {
    assertThat(analyze(unit, "", "verify")).isEmpty();
  }

  @Test
  void unit_withAMisspeltDirective_isFound() throws Exception {
    assertThat(analyze("parano", "ProtectSystm=strict", "verify")).contains("ProtectSystm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parano",
        "parano-authority",
        "parano-door",
        "parano-vpn-helper",
        "parano-mail-watch"
      })
  void unit_asShipped_exposesLittle(String unit) throws Exception {
    assertThat(analyze(unit, "", "security", "--offline=true", "--threshold=15")).contains("OK");
  }

  private String analyze(String name, String further, String... arguments) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is missing");
    String text =
        Files.readString(UNITS.resolve(name + ".service"))
            .replaceFirst("ExecStart=\\S+", "ExecStart=/bin/true")
            .replace("[Install]", further + "\n\n[Install]");
    Path unit = Files.writeString(folder.resolve(name + ".service"), text);
    ProcessBuilder builder = new ProcessBuilder("systemd-analyze");
    builder.command().addAll(java.util.List.of(arguments));
    builder.command().add(unit.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.lines()
        .filter(line -> !line.matches("(/usr)?/lib/systemd/system/.*"))
        .collect(Collectors.joining("\n"));
  }
}

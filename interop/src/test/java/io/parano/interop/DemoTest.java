package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.DemoServer;
import io.parano.demo.Demo;
import io.parano.demo.DemoOptions;
import io.parano.kernel.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole play, once before the machine's nginx and once before the demo's own proxy. Where
/// there is no nginx, both are before the own one, and the demo says so.
@Tag("interop")
class DemoTest {
  @TempDir Path folder;

  @Test
  void demo_beforeNginx_everyAttackRefusedAndEveryTwinGranted() throws IOException {
    play(Language.EN, true);
  }

  @Test
  void demo_beforeOwnProxy_everyAttackRefusedAndEveryTwinGranted() throws IOException {
    play(Language.FR, false);
  }

  private void play(Language language, boolean nginx) throws IOException {
    Path report = folder.resolve("report.json");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    DemoOptions options =
        new DemoOptions(
            true, report, OptionalInt.empty(), language, folder.resolve("data"), false, nginx);
    int code =
        Demo.run(
            options,
            DemoServer::start,
            new SecureRandom()::nextBytes,
            new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(Demo.AS_EXPECTED);
    JsonNode lines = Chromium.JSON.readTree(Files.readString(report));
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(line.get("verdict").asString()).isEqualTo(line.get("expected").asString()));
  }
}

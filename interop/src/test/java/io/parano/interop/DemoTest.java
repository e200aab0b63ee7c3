package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.DemoServer;
import io.parano.demo.Demo;
import io.parano.demo.DemoOptions;
import io.parano.kernel.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("interop")
class DemoTest {
  @Test
  void demo_once_everyAttackRefusedAndEveryTwinGranted(@TempDir Path folder) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        Demo.run(
            new DemoOptions(
                true, folder.resolve("report.json"), OptionalInt.empty(), Language.EN, null, false),
            DemoServer::start,
            new SecureRandom()::nextBytes,
            new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(Demo.AS_EXPECTED);
  }
}

package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bootstrap wants a terminal. What it does on one is tried in the room `interop`. */
class BootstrapCommandTest {
  @Test
  void bootstrap_noTerminal_isRefusedAndMakesNothing(@TempDir Path folder) throws IOException {
    Installation installation = Installation.in(folder.resolve("parano"));

    Installation.Said said =
        Installation.run("bootstrap", "--config", installation.file().toString(), "--allow-root");
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.err()).contains("terminal");
    assertThat(installation.folder().resolve("keyset")).doesNotExist();
    assertThat(installation.folder().resolve("data")).doesNotExist();
  }
}

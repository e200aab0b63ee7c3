package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void version_asBuilt_namesItselfAndLeavesNoPlaceholder() {
    assertThat(Installation.run("version").out())
        .isEqualTo(Installation.run("--version").out())
        .matches("parano \\d+\\.\\d+\\.\\d+\\S*( \\([0-9a-f]{12}\\+?\\))?\\R");
  }
}

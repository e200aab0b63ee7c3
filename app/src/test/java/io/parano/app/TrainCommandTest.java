package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rehearsal for the AOT cache goes the whole way, and leaves nothing behind. */
@Tag("slow")
class TrainCommandTest {
  @Test
  void train_once_isDoneAndLeavesNothing() throws IOException {
    Set<Path> before = folders();

    Installation.Said said = Installation.run("train");
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    assertThat(folders()).isSubsetOf(before);
  }

  private static Set<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("parano-train"))
          .collect(Collectors.toSet());
    }
  }
}

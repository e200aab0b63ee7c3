package io.parano.sshcert;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.Fuzzing;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on everything that reads bytes here, bounded, from the corpus that is kept beside it.
@Tag("slow")
class FuzzTest {
  private static final Fuzzing FUZZING = new Fuzzing(SshFuzz.class, "corpus", 40_000, 4251, 4200);

  @TempDir Path folder;

  @Test
  void corpus_everyFile_hasAnOutcome() throws Exception {
    assertThat(FUZZING.corpus()).hasSizeGreaterThan(10).allSatisfy(SshFuzz::fuzzerTestOneInput);
  }

  @Test
  void bytes_fuzzed_haveAnOutcome() throws Exception {
    assertThat(FUZZING.run(folder)).isEmpty();
  }
}

package io.parano.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.Fuzzing;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on what the jump host reads by itself, bounded, from the corpus that is kept beside it.
@Tag("slow")
class FuzzTest {
  private static final Fuzzing FUZZING = new Fuzzing(LoginFuzz.class, "corpus", 40_000, 4252, 4200);

  @TempDir private Path folder;

  @Test
  void corpus_everyRequest_hasAnOutcome() throws Exception {
    assertThat(FUZZING.corpus()).hasSizeGreaterThan(5).allSatisfy(LoginFuzz::fuzzerTestOneInput);
  }

  @Test
  void requests_fuzzed_haveAnOutcome() throws Exception {
    assertThat(FUZZING.run(folder)).isEmpty();
  }
}

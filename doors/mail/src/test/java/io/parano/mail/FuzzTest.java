package io.parano.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.Fuzzing;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on everything that reads bytes here, bounded, from the corpus that is kept beside it.
@Tag("slow")
class FuzzTest {
  private static final Fuzzing FUZZING =
      new Fuzzing(RequestFuzz.class, "corpus", 100_000, 143, 2000);

  @TempDir Path folder;

  @Test
  void corpus_everyRequest_hasAnOutcome() throws Exception {
    assertThat(FUZZING.corpus()).hasSizeGreaterThan(10).allSatisfy(RequestFuzz::fuzzerTestOneInput);
  }

  @Test
  void requests_fuzzed_neverThrow() throws Exception {
    assertThat(FUZZING.run(folder)).isEmpty();
  }
}

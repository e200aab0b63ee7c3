package io.parano.radiuspacket;

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
      new Fuzzing(PacketFuzz.class, "corpus", 100_000, 1812, 4200);

  @TempDir Path folder;

  @Test
  void corpus_everyPacket_hasAnOutcome() throws Exception {
    assertThat(FUZZING.corpus()).hasSizeGreaterThan(10).allSatisfy(PacketFuzz::fuzzerTestOneInput);
  }

  @Test
  void packets_fuzzed_neverThrow() throws Exception {
    assertThat(FUZZING.run(folder)).isEmpty();
  }
}

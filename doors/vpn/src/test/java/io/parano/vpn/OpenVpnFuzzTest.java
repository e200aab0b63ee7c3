package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.Fuzzing;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer on the lines of OpenVPN's management interface, bounded, from the corpus that is kept
/// beside it.
@Tag("slow")
class OpenVpnFuzzTest {
  private static final Fuzzing FUZZING =
      new Fuzzing(OpenVpnFuzz.class, "openvpn-corpus", 50_000, 1194, 9000);

  @TempDir Path folder;

  @Test
  void corpus_everyFile_hasAnOutcome() throws Exception {
    assertThat(FUZZING.corpus()).isNotEmpty().allSatisfy(OpenVpnFuzz::fuzzerTestOneInput);
  }

  @Test
  void lines_fuzzed_neverThrow() throws Exception {
    assertThat(FUZZING.run(folder)).isEmpty();
  }
}

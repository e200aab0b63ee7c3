package io.parano.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.demo.DemoStamp.Judgement;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStampTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final Randomness randomness = new Random(1)::nextBytes;

  @Test
  void judge_plainFolder_isNoDemo(@TempDir Path folder) {
    assertThat(DemoStamp.judge(folder, List.of())).isEqualTo(new Judgement.NoDemo());
  }

  @Test
  void judge_stampedFolder_isDemo(@TempDir Path folder) throws IOException {
    DemoStamp.on(folder);
    assertThat(DemoStamp.judge(folder, List.of())).isInstanceOf(Judgement.MadeByDemo.class);
  }

  @Test
  void judge_rootOfSoftwareKeys_isDemo(@TempDir Path folder) {
    KeyRing ring = new KeyRing(randomness, NOW);
    assertThat(DemoStamp.judge(folder, List.of(ring.maker().root())))
        .isInstanceOf(Judgement.MadeByDemo.class);
  }

  @Test
  void prepare_folderOfSomethingElse_leavesItAlone(@TempDir Path folder) throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "x");
    assertThatThrownBy(() -> DataFolder.prepare(folder)).isInstanceOf(IOException.class);
    assertThat(precious).exists();
  }

  @Test
  void prepare_folderOfEarlierDemo_startsAnew(@TempDir Path folder) throws IOException {
    DataFolder first = DataFolder.prepare(folder.resolve("demo"));
    Path old = Files.writeString(first.product().resolve("old"), "x");
    first.close();
    DataFolder again = DataFolder.prepare(folder.resolve("demo"));
    assertThat(old).doesNotExist();
    assertThat(again.path().resolve(DemoStamp.FILE)).exists();
  }

  @Test
  void close_ownFolder_leavesNothingBehind() throws IOException {
    DataFolder data = DataFolder.prepare(null);
    Files.writeString(data.product().resolve("file"), "x");
    data.close();
    assertThat(data.path()).doesNotExist();
  }
}

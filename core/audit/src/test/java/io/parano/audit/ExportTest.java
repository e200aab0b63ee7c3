package io.parano.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parano.kernel.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One export of 700 entries, whole, and the same with one thing changed: each change is named.
/// Beside the log lie checkpoints of 100, 300 and 700 entries, elsewhere of 200 and 600.
class ExportTest {
  private static final SampleLog LOG = SampleLog.of(700);
  private static final long[] BESIDE = {100, 300};
  private static final List<NoteFile> ELSEWHERE = List.of(LOG.noteFile(200), LOG.noteFile(600));

  @Test
  void verify_untouched_holds() {
    Verdict verdict = verify(LOG.export(BESIDE));
    assertThat(verdict)
        .isEqualTo(new Verdict.Holds(new Verdict.Summary(700, LOG.root(700), 600, 700, 5, 0)));
  }

  @Test
  void verify_anySizeAroundTiles_holds() {
    for (int size : List.of(0, 1, 2, 255, 256, 257, 511, 512, 513)) {
      SampleLog log = SampleLog.of(size);
      assertThat(verify(log.export(), List.of(log.noteFile(size))))
          .as("%d entries", size)
          .isInstanceOf(Verdict.Holds.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void verify_tampered_saysWhatAndWhere(
      String name, Consumer<Map<String, byte[]>> tampering, List<Finding> expected) {
    Map<String, byte[]> files = LOG.export(BESIDE);
    assertThat(verify(files)).isInstanceOf(Verdict.Holds.class);
    tampering.accept(files);
    assertThat(findings(verify(files))).isEqualTo(expected);
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampering(
            "one byte of an entry altered",
            f -> entries(f, 0, e -> e.get(5)[40] ^= 1),
            new Finding.Altered(5)),
        tampering(
            "an entry replaced by a well-formed one",
            f -> entries(f, 1, e -> e.set(4, forged(260))),
            new Finding.Altered(260)),
        tampering(
            "two neighbours altered",
            f ->
                entries(
                    f,
                    1,
                    e -> {
                      e.get(4)[50] ^= 1;
                      e.get(5)[50] ^= 1;
                    }),
            new Finding.Altered(260),
            new Finding.Altered(261)),
        tampering(
            "the last entry altered",
            f -> entries(f, 2, e -> e.get(187)[60] ^= 1),
            new Finding.Altered(699)),
        tampering(
            "an entry emptied",
            f -> entries(f, 0, e -> e.set(9, new byte[0])),
            new Finding.Altered(9)),
        tampering(
            "an entry claims another place",
            f -> entries(f, 0, e -> e.set(9, forged(1_000_000))),
            new Finding.Altered(9)),
        tampering("one removed", f -> entries(f, 0, e -> e.remove(5)), new Finding.Removed(5, 5)),
        tampering(
            "the first removed", f -> entries(f, 0, e -> e.remove(0)), new Finding.Removed(0, 0)),
        tampering(
            "two runs removed",
            f ->
                entries(
                    f,
                    1,
                    e -> {
                      e.subList(100, 110).clear();
                      e.subList(20, 30).clear();
                    }),
            new Finding.Removed(276, 285),
            new Finding.Removed(356, 365)),
        tampering(
            "a bundle removed", f -> f.remove("tile/entries/001"), new Finding.Removed(256, 511)),
        tampering(
            "one removed, another altered",
            f ->
                entries(
                    f,
                    0,
                    e -> {
                      e.get(9)[40] ^= 1;
                      e.remove(5);
                    }),
            new Finding.Altered(9),
            new Finding.Removed(5, 5)),
        tampering(
            "one inserted", f -> entries(f, 0, e -> e.add(5, forged(5))), new Finding.Inserted(5)),
        tampering(
            "one repeated",
            f -> entries(f, 0, e -> e.add(7, LOG.leaf(3))),
            new Finding.Duplicated(3, 7)),
        tampering(
            "two swapped",
            f -> entries(f, 0, e -> Collections.swap(e, 5, 6)),
            new Finding.Reordered(6, 5)),
        tampering(
            "one moved back",
            f -> entries(f, 0, e -> e.add(20, e.remove(5))),
            new Finding.Reordered(5, 20)),
        tampering(
            "the last bundle removed",
            f -> f.remove("tile/entries/002.p/188"),
            new Finding.Truncated(512, 700, "checkpoint")),
        tampering(
            "cut within a bundle",
            f -> entries(f, 2, e -> e.subList(50, 188).clear()),
            new Finding.Truncated(562, 700, "checkpoint")),
        tampering(
            "one added at the end",
            f -> entries(f, 2, e -> e.add(forged(700))),
            new Finding.Unproven(700, 700)),
        tampering(
            "a bundle cut in two",
            f ->
                f.computeIfPresent(
                    "tile/entries/002.p/188", (_, b) -> Arrays.copyOf(b, b.length - 1)),
            new Finding.FileBroken(
                "tile/entries/002.p/188",
                "the bundle ends within the entry that begins at byte " + lastStart()),
            new Finding.Truncated(699, 700, "checkpoint")),
        tampering(
            "a kept hash altered",
            f -> file(f, "tile/0/000")[5 * 32] ^= 1,
            new Finding.HashAltered(5)),
        tampering(
            "a hash above altered",
            f -> file(f, "tile/1/000.p/2")[32] ^= 1,
            new Finding.TileAltered(1, 1)),
        tampering(
            "a hash tile removed",
            f -> f.remove("tile/0/001"),
            new Finding.FileMissing("tile/0/001")),
        tampering(
            "a hash tile of another length",
            f -> f.computeIfPresent("tile/0/001", (_, b) -> Arrays.copyOf(b, 100)),
            new Finding.FileBroken("tile/0/001", "a hash tile has 32 bytes per hash, not 100"),
            new Finding.FileMissing("tile/0/001")),
        tampering(
            "personal data altered",
            f -> text(f, "personal/000", t -> t.replaceFirst("192\\.0\\.2\\.1\"", "192.0.2.9\"")),
            new Finding.PersonalAltered(1)),
        tampering(
            "a salt altered",
            f -> text(f, "personal/000", t -> t.replaceFirst("^1 0", "1 1")),
            new Finding.PersonalAltered(1)),
        tampering(
            "personal data of two swapped",
            f -> text(f, "personal/000", t -> t.replaceFirst("^1 ", "3 ")),
            new Finding.PersonalAltered(3)),
        tampering(
            "a line of personal data malformed",
            f -> text(f, "personal/000", t -> t.replaceFirst("^1 0", "1 x")),
            new Finding.FileBroken("personal/000", "not a hexadecimal digit: \"x\" = 120")),
        tampering(
            "the last checkpoint removed",
            f -> f.remove("checkpoint"),
            new Finding.FileMissing("checkpoint"),
            new Finding.Unproven(600, 699)),
        tampering(
            "a checkpoint with another root",
            f -> text(f, "checkpoint", t -> t.replaceFirst("\n[A-Za-z0-9+/]{8}", "\nAAAAAAAA")),
            new Finding.CheckpointRefused(
                "checkpoint",
                "not a signed checkpoint: the signature of parano.example/audit does not verify"),
            new Finding.Unproven(600, 699)));
  }

  @Test
  void verify_personalErased_holdsAndCounts() {
    Map<String, byte[]> files = LOG.export(BESIDE);
    text(files, "personal/000", t -> t.replaceFirst("^1 .*\n", ""));
    files.remove("personal/001");
    assertThat(verify(files))
        .isInstanceOfSatisfying(
            Verdict.Holds.class,
            holds -> assertThat(holds.summary().erased()).isEqualTo(1 + 256 - 85));
  }

  /// Whoever holds host and key makes everything anew: entries, hashes, tiles, signatures. Only the
  /// checkpoints kept elsewhere are out of reach.
  @Test
  void verify_rewrittenConsistently_isBoundedByCheckpointsFromElsewhere() {
    SampleLog rewritten = LOG.with(250, event -> event.on("https://intranet.example/other"));
    assertThat(verify(rewritten.export(BESIDE), List.of(rewritten.noteFile(600))))
        .isInstanceOf(Verdict.Holds.class);
    assertThat(findings(verify(rewritten.export(BESIDE))))
        .containsExactly(new Finding.Rewritten(200, 600, "kept-600", true));
    assertThat(findings(verify(rewritten.export(BESIDE), List.of(LOG.noteFile(200))))).isEmpty();
  }

  @Test
  void verify_rewrittenWithoutTheKey_isBoundedByTheLogsOwnCheckpoints() {
    Map<String, byte[]> files =
        LOG.with(250, event -> event.on("https://intranet.example/other")).export(BESIDE);
    Map<String, byte[]> untouched = LOG.export(BESIDE);
    files.put("checkpoint", file(untouched, "checkpoint"));
    files.put("checkpoints", file(untouched, "checkpoints"));
    assertThat(findings(verify(files, List.of())))
        .containsExactly(new Finding.Rewritten(100, 300, "checkpoints #2", false));
    assertThat(findings(verify(files)))
        .containsExactly(
            new Finding.Rewritten(200, 600, "kept-600", false),
            new Finding.Rewritten(200, 300, "checkpoints #2", false));
  }

  @Test
  void verify_cutAndSignedAnew_isTruncatedForTheCheckpointFromElsewhere() {
    Map<String, byte[]> files = SampleLog.of(550).export(BESIDE);
    assertThat(verify(files, List.of(LOG.noteFile(200)))).isInstanceOf(Verdict.Holds.class);
    assertThat(findings(verify(files)))
        .containsExactly(new Finding.Truncated(550, 600, "kept-600"));
  }

  @Test
  void verify_removedAndNumberedAnew_differsFromElsewhere() {
    SampleLog shorter = new SampleLog();
    for (int i = 0; i < 699; i++) {
      shorter.append(SampleLog.event(i < 250 ? i : i + 1), i);
    }
    assertThat(findings(verify(shorter.export(BESIDE))))
        .containsExactly(new Finding.Rewritten(200, 600, "kept-600", true));
  }

  @Test
  void verify_removedAndHashedAnewWithoutNumbers_isBothRemovedAndRewritten() {
    SampleLog shorter = new SampleLog();
    for (int i = 0; i < 700; i++) {
      if (i != 250) {
        shorter.append(SampleLog.event(i), i);
      }
    }
    assertThat(findings(verify(shorter.export(BESIDE))))
        .containsExactly(
            new Finding.Removed(250, 250), new Finding.Rewritten(200, 600, "kept-600", true));
  }

  @Test
  void verify_anotherKey_believesNothing() {
    NoteKey other = Signing.of(SampleLog.ORIGIN, 2).key();
    Map<String, byte[]> files = LOG.export();
    assertThat(
            findings(
                ExportVerifier.verify(reader(files), List.of(LOG.noteFile(600)), other, _ -> {})))
        .containsExactly(
            new Finding.CheckpointRefused("checkpoint", "not signed by the given key"),
            new Finding.CheckpointRefused("kept-600", "not signed by the given key"),
            new Finding.Unproven(0, 699));
  }

  @Test
  void verify_severalCheckpointsInOneFile_areEachCompared() {
    String notes = LOG.note(200) + "--\n" + LOG.note(600);
    NoteFile file = new NoteFile("kept", Bytes.of(notes.getBytes(UTF_8)));
    SampleLog rewritten = LOG.with(250, event -> event.on("https://intranet.example/other"));
    assertThat(verify(LOG.export(), List.of(file)).summary().checkpoints()).isEqualTo(3);
    assertThat(findings(verify(rewritten.export(), List.of(file))))
        .containsExactly(new Finding.Rewritten(200, 600, "kept #2", true));
  }

  @Test
  void verify_emptyFolder_isBroken() {
    assertThat(findings(verify(new HashMap<>(), List.of())))
        .containsExactly(
            new Finding.FileMissing("checkpoint"), new Finding.FileMissing("checkpoints"));
  }

  @Test
  void verify_noiseForEveryFile_isBrokenAndNeverThrows() {
    for (String path : LOG.export(BESIDE).keySet()) {
      Map<String, byte[]> files = LOG.export(BESIDE);
      byte[] noise = new byte[10_000];
      new Random(path.hashCode()).nextBytes(noise);
      files.put(path, noise);
      assertThat(verify(files)).as(path).isInstanceOf(Verdict.Broken.class);
    }
  }

  @Test
  void verify_thousandsAltered_listsTheFirstAndCountsTheRest() {
    SampleLog log = SampleLog.of(3_000);
    Map<String, byte[]> files = log.export();
    for (int run = 0; run < 12; run++) {
      entries(files, run, all -> all.forEach(leaf -> leaf[40] ^= 1));
    }
    assertThat(verify(files, List.of()))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.findings()).hasSize(1_000);
              assertThat(broken.more()).isEqualTo(2_000);
            });
  }

  private static Arguments tampering(
      String name, Consumer<Map<String, byte[]>> change, Finding... expected) {
    return arguments(name, change, List.of(expected));
  }

  private static byte[] file(Map<String, byte[]> files, String path) {
    return Objects.requireNonNull(files.get(path));
  }

  private static byte[] forged(int claimed) {
    return Entry.of(SampleLog.event(claimed).on("https://forged.example"), claimed, new byte[32])
        .leaf();
  }

  private static int lastStart() {
    byte[] bundle = file(LOG.export(), "tile/entries/002.p/188");
    return bundle.length - 2 - LOG.leaf(699).length;
  }

  private static void entries(Map<String, byte[]> files, int run, Consumer<List<byte[]>> change) {
    String path =
        files.keySet().stream()
            .filter(p -> p.startsWith(new TilePath.Entries(run, 256).path()))
            .findFirst()
            .orElseThrow();
    List<byte[]> entries = new ArrayList<>(Tiles.decodeEntries(file(files, path)));
    change.accept(entries);
    files.put(path, Tiles.encodeEntries(entries));
  }

  private static void text(Map<String, byte[]> files, String path, UnaryOperator<String> change) {
    String before = new String(file(files, path), UTF_8);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    files.put(path, after.getBytes(UTF_8));
  }

  private static Verdict verify(Map<String, byte[]> files) {
    return verify(files, ELSEWHERE);
  }

  private static Verdict verify(Map<String, byte[]> files, List<NoteFile> elsewhere) {
    return ExportVerifier.verify(reader(files), elsewhere, SampleLog.LOG.key(), _ -> {});
  }

  private static ExportFiles reader(Map<String, byte[]> files) {
    return path -> Optional.ofNullable(files.get(path));
  }

  private static List<Finding> findings(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Holds _ -> List.of();
      case Verdict.Broken broken -> broken.findings();
    };
  }
}

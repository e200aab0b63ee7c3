package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A log as rows of a table keep it: each with its place, and its hash beside it.
class LogVerifierTest {
  private static final SampleLog LOG = SampleLog.of(600);
  private static final List<Anchor> ANCHORS =
      List.of(
          LOG.anchor(0, Anchor.Kept.ELSEWHERE),
          LOG.anchor(200, Anchor.Kept.ELSEWHERE),
          LOG.anchor(400, Anchor.Kept.ELSEWHERE));

  @Test
  void accept_everyRow_holds() {
    assertThat(verify(_ -> {}))
        .isEqualTo(new Verdict.Holds(new Verdict.Summary(600, LOG.root(600), 400, 400, 3, 0)));
  }

  @Test
  void accept_rowMissing_isRemoved() {
    assertFound(rows -> rows.remove(5), new Finding.Removed(5, 5));
  }

  @Test
  void accept_rowMissingAndPlacesClosedUp_isRemovedAndNoCheckpointHolds() {
    assertFound(
        rows -> {
          rows.remove(5);
          for (int i = 5; i < rows.size(); i++) {
            rows.set(i, at(i, rows.get(i)));
          }
        },
        new Finding.Removed(5, 5),
        new Finding.Rewritten(0, 200, "at 200", false));
  }

  @Test
  void accept_placesOfTwoSwapped_isReorderedAndNoCheckpointHolds() {
    assertFound(
        rows -> {
          StoredEntry five = rows.get(5);
          rows.set(5, at(5, rows.get(300)));
          rows.set(300, at(300, five));
        },
        new Finding.Reordered(300, 5),
        new Finding.Reordered(5, 300),
        new Finding.Rewritten(0, 200, "at 200", false));
  }

  @Test
  void accept_entryOfOtherPlaceCopiedOverOne_isOutOfPlaceRepeatedAndOneIsMissing() {
    assertFound(
        rows -> rows.set(5, at(5, rows.get(300))),
        new Finding.Reordered(300, 5),
        new Finding.Duplicated(300, 300),
        new Finding.Removed(5, 5),
        new Finding.Rewritten(0, 200, "at 200", false));
  }

  @Test
  void accept_contentWithoutItsHash_isAltered() {
    assertFound(rows -> rows.set(5, forged(5, 5, false)), new Finding.Altered(5));
  }

  @Test
  void accept_contentAndItsHash_isWithinTheCheckpoints() {
    assertFound(
        rows -> rows.set(250, forged(250, 250, true)),
        new Finding.Rewritten(200, 400, "at 400", false));
  }

  @Test
  void accept_contentAndItsHashAfterTheLastCheckpoint_isBeyondWhatIsProven() {
    assertThat(verify(rows -> rows.set(450, forged(450, 450, true))))
        .isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void accept_hashWithoutItsContent_isAHashAltered() {
    assertFound(
        rows -> {
          StoredEntry row = rows.get(250);
          rows.set(250, new StoredEntry(250, row.leaf(), Digest.of(), row.personal()));
        },
        new Finding.HashAltered(250));
  }

  @Test
  void accept_lastHashBeforeACheckpointWithoutItsContent_isAHashAltered() {
    assertFound(
        rows -> {
          StoredEntry row = rows.get(399);
          rows.set(399, new StoredEntry(399, row.leaf(), Digest.of(), row.personal()));
        },
        new Finding.HashAltered(399));
  }

  @Test
  void accept_rowsThatEndEarly_areTruncated() {
    assertFound(rows -> rows.subList(399, 600).clear(), new Finding.Truncated(399, 400, "at 400"));
    assertThat(verify(rows -> rows.subList(400, 600).clear())).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void accept_nothing_isTruncated() {
    assertFound(List::clear, new Finding.Truncated(0, 400, "at 400"));
  }

  @Test
  void accept_claimFarAhead_blamesThatEntryAlone() {
    assertFound(rows -> rows.set(450, forged(450, 1_000_000, true)), new Finding.Altered(450));
  }

  @Test
  void accept_bytesThatAreNoEntryUnderTheirOwnHash_areUnreadable() {
    byte[] bytes = {1, 2, 3};
    assertFound(
        rows -> rows.set(450, new StoredEntry(450, Bytes.of(bytes), Merkle.leaf(bytes), null)),
        new Finding.Unreadable(450, "expected {\"about\": at character 0"));
  }

  @Test
  void accept_noHashBesideAndOneAltered_isWithinTheCheckpoints() {
    assertFound(
        rows -> {
          rows.replaceAll(row -> new StoredEntry(row.at(), row.leaf(), null, row.personal()));
          rows.set(250, new StoredEntry(250, forged(250, 250, true).leaf(), null, null));
        },
        new Finding.Rewritten(200, 400, "at 400", false));
  }

  @Test
  void accept_personalDataThatWasNeverCommittedTo_isAltered() {
    StoredEntry.PersonalData invented =
        new StoredEntry.PersonalData(Bytes.of(new byte[32]), Bytes.of(new byte[] {'{', '}'}));
    assertFound(
        rows -> rows.set(3, new StoredEntry(3, rows.get(3).leaf(), rows.get(3).hash(), invented)),
        new Finding.PersonalAltered(3));
  }

  @Test
  void accept_tailFromATrustedFrontier_needsNoMore() {
    Frontier start = frontier(200);
    Verdict whole = tail(start, StoredHashes.none(), _ -> {});
    assertThat(whole)
        .isEqualTo(new Verdict.Holds(new Verdict.Summary(600, LOG.root(600), 400, 400, 2, 0)));
    assertThat(tail(start, StoredHashes.none(), rows -> rows.set(150, forged(350, 350, true))))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken.findings())
                    .containsExactly(new Finding.Rewritten(200, 400, "at 400", false)));
    assertThat(tail(start, StoredHashes.none(), rows -> rows.remove(0)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.findings()).containsExactly(new Finding.Removed(200, 200)));
  }

  /// Hashes that outlive their row keep the tree whole: the loss is exact, the rest is proven.
  @Test
  void accept_rowMissingWhoseHashIsKept_leavesTheRestProven() {
    StoredHashes kept =
        (level, index) ->
            level == 0 && index < 600
                ? Optional.of(Merkle.leaf(LOG.leaf((int) index)))
                : Optional.empty();
    assertThat(tail(Frontier.empty(), kept, rows -> rows.remove(5)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.findings()).containsExactly(new Finding.Removed(5, 5));
              assertThat(broken.summary().witnessed()).isEqualTo(400);
            });
  }

  @Test
  void finish_anyLog_toldHowFarItCame() {
    List<Long> told = new ArrayList<>();
    LogVerifier verifier =
        new LogVerifier(Frontier.empty(), StoredHashes.none(), List.of(), told::add);
    rows(0).forEach(verifier::accept);
    verifier.finish();
    assertThat(told).containsExactly(600L);
  }

  private static void assertFound(Consumer<List<StoredEntry>> change, Finding... expected) {
    assertThat(verify(change))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.findings()).containsExactly(expected));
  }

  private static Verdict verify(Consumer<List<StoredEntry>> change) {
    return tail(Frontier.empty(), StoredHashes.none(), change);
  }

  private static Verdict tail(
      Frontier start, StoredHashes hashes, Consumer<List<StoredEntry>> change) {
    LogVerifier verifier = new LogVerifier(start, hashes, ANCHORS, _ -> {});
    List<StoredEntry> rows = rows((int) start.size());
    change.accept(rows);
    rows.forEach(verifier::accept);
    return verifier.finish();
  }

  private static List<StoredEntry> rows(int from) {
    return new ArrayList<>(IntStream.range(from, LOG.size()).mapToObj(LOG::stored).toList());
  }

  private static StoredEntry at(int place, StoredEntry row) {
    return new StoredEntry(place, row.leaf(), row.hash(), row.personal());
  }

  private static StoredEntry forged(int at, int claimed, boolean hashed) {
    Event event = SampleLog.event(0).on("https://forged.example");
    byte[] leaf = Entry.of(event, claimed, new byte[32]).leaf();
    Digest kept = hashed ? Merkle.leaf(leaf) : Objects.requireNonNull(LOG.stored(at).hash());
    return new StoredEntry(at, Bytes.of(leaf), kept, null);
  }

  private static Frontier frontier(int size) {
    Frontier frontier = Frontier.empty();
    for (int i = 0; i < size; i++) {
      frontier = frontier.append(Merkle.leaf(LOG.leaf(i)));
    }
    return frontier;
  }
}

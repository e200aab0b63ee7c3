package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// C2SP tlog-witness, add-checkpoint, clause by clause. The twin of every refusal is
/// [#decide_continuation_isCosigned] or [#decide_firstEver_isCosigned].
class WitnessingTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Signing LOG = SampleLog.LOG;
  private static final Signing WITNESS = Signing.of("witness.example/w1", 2);
  private static final WatchedLog KNOWN = new WatchedLog(SampleLog.ORIGIN, LOG.key());
  private static final SampleLog ENTRIES = SampleLog.of(30);
  private static final SampleLog FORK =
      ENTRIES.with(5, event -> event.on("https://intranet.example/forged"));

  /// The request in the text of C2SP tlog-witness.
  private static final String PUBLISHED =
      """
      old 20852014
      PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
      jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
      5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
      /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
      """;

  @Test
  void request_publishedExample_readsAndWritesBack() {
    AddCheckpoint request = AddCheckpoint.parse(PUBLISHED);
    assertThat(request.old()).isEqualTo(20_852_014);
    assertThat(request.proof()).hasSize(4);
    assertThat(request.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(request.text()).isEqualTo(PUBLISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 1\n",
        "old 1",
        "\n\nlog\n",
        "new 1\n\nlog\n",
        "old  1\n\nlog\n",
        "old 01\n\nlog\n",
        "old -1\n\nlog\n",
        "old 1 \n\nlog\n",
        "old 9223372036854775808\n\nlog\n",
        "old 1\nAAAA\n\nlog\n",
        "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw\n\nlog\n",
        "old 1\r\n\r\nlog\r\n"
      })
  void request_malformed_isRefused(String body) {
    assertThatThrownBy(() -> AddCheckpoint.parse(body))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void request_moreThan63Hashes_isRefused() {
    String hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
    assertThat(AddCheckpoint.parse("old 1\n" + hash.repeat(63) + "\nlog\n").proof()).hasSize(63);
    assertThatThrownBy(() -> AddCheckpoint.parse("old 1\n" + hash.repeat(64) + "\nlog\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decide_firstEver_isCosigned() {
    assertCosigned(decide(new AddCheckpoint(0, List.of(), ENTRIES.note(10)), null), 10);
    assertCosigned(decide(new AddCheckpoint(0, List.of(), ENTRIES.note(0)), null), 0);
  }

  @Test
  void decide_continuation_isCosigned() {
    assertCosigned(decide(from(10, 25, ENTRIES), 10), 25);
  }

  @Test
  void decide_sameOnceMore_isCosigned() {
    assertCosigned(decide(new AddCheckpoint(10, List.of(), ENTRIES.note(10)), 10), 10);
  }

  @Test
  void decide_otherOrigin_isUnknown() {
    String note = SignedNote.sign(new Checkpoint("other", 10, ENTRIES.root(10)).text(), LOG);
    assertThat(decide(new AddCheckpoint(0, List.of(), note), null))
        .isEqualTo(new WitnessDecision.UnknownLog("other"));
  }

  @Test
  void decide_anotherKey_isNotSigned() {
    String text = new Checkpoint(SampleLog.ORIGIN, 10, ENTRIES.root(10)).text();
    String note = SignedNote.sign(text, Signing.of(SampleLog.ORIGIN, 9));
    assertThat(decide(new AddCheckpoint(0, List.of(), note), null))
        .isInstanceOf(WitnessDecision.NotSigned.class);
  }

  @Test
  void decide_signatureOfTheKeyThatDoesNotVerify_isNotSignedWhateverElseIsThere() {
    String note = ENTRIES.note(10);
    String line = ENTRIES.note(11).substring(ENTRIES.note(11).indexOf('—'));
    assertThat(decide(new AddCheckpoint(0, List.of(), note + line), null))
        .isInstanceOf(WitnessDecision.NotSigned.class);
    String unknown = SignedNote.sign("x\n", Signing.of("stranger", 7)).substring("x\n\n".length());
    assertCosigned(decide(new AddCheckpoint(0, List.of(), note + unknown), null), 10);
  }

  @Test
  void decide_signedButNoCheckpoint_isMalformed() {
    String note = SignedNote.sign(SampleLog.ORIGIN + "\nten\n", LOG);
    assertThat(decide(new AddCheckpoint(0, List.of(), note), null))
        .isInstanceOf(WitnessDecision.Malformed.class);
  }

  @Test
  void decide_oldBeyondTheCheckpoint_isRefused() {
    assertThat(decide(new AddCheckpoint(11, List.of(), ENTRIES.note(10)), 11))
        .isEqualTo(new WitnessDecision.OldBeyond(11, 10));
  }

  @Test
  void decide_oldIsNotWhatWasCosigned_tellsWhatWas() {
    assertThat(decide(from(8, 25, ENTRIES), 10)).isEqualTo(new WitnessDecision.Elsewhere(10));
    assertThat(decide(from(8, 25, ENTRIES), null)).isEqualTo(new WitnessDecision.Elsewhere(0));
    assertThat(decide(new AddCheckpoint(0, List.of(), ENTRIES.note(25)), 10))
        .isEqualTo(new WitnessDecision.Elsewhere(10));
  }

  @Test
  void decide_rolledBack_isNeverCosigned() {
    // An honest signature over less than what was cosigned: whatever `old` is said to be.
    assertThat(decide(new AddCheckpoint(10, List.of(), ENTRIES.note(10)), 25))
        .isEqualTo(new WitnessDecision.Elsewhere(25));
    assertThat(decide(new AddCheckpoint(25, List.of(), ENTRIES.note(10)), 25))
        .isEqualTo(new WitnessDecision.OldBeyond(25, 10));
  }

  @Test
  void decide_fork_isInconsistent() {
    assertThat(decide(from(10, 25, FORK), 10)).isInstanceOf(WitnessDecision.Inconsistent.class);
    assertThat(decide(new AddCheckpoint(10, List.of(), FORK.note(10)), 10))
        .isInstanceOf(WitnessDecision.Inconsistent.class);
    assertCosigned(decide(from(10, 25, ENTRIES), 10), 25);
  }

  @Test
  void decide_proofTampered_isInconsistent() {
    AddCheckpoint good = from(10, 25, ENTRIES);
    for (int i = 0; i < good.proof().size(); i++) {
      List<Digest> proof = new ArrayList<>(good.proof());
      proof.set(i, Digest.of(new byte[] {1}));
      assertThat(decide(new AddCheckpoint(10, proof, good.note()), 10))
          .isInstanceOf(WitnessDecision.Inconsistent.class);
      proof.remove(i);
      assertThat(decide(new AddCheckpoint(10, proof, good.note()), 10))
          .isInstanceOf(WitnessDecision.Inconsistent.class);
    }
    assertCosigned(decide(good, 10), 25);
  }

  @Test
  void decide_proofFromNothing_isInconsistent() {
    AddCheckpoint padded = new AddCheckpoint(0, List.of(Digest.of()), ENTRIES.note(10));
    assertThat(decide(padded, null)).isInstanceOf(WitnessDecision.Inconsistent.class);
  }

  @Test
  void decide_emptyTreeWithAnotherRoot_isInconsistent() {
    String note = SignedNote.sign(new Checkpoint(SampleLog.ORIGIN, 0, ENTRIES.root(1)).text(), LOG);
    assertThat(decide(new AddCheckpoint(0, List.of(), note), null))
        .isInstanceOf(WitnessDecision.Inconsistent.class);
  }

  @Test
  void cosigned_whenTheClockWentBack_keepsTheLaterTime() {
    CosignedCheckpoint last = kept(10, NOW.plusSeconds(3600));
    WitnessDecision decision =
        Witnessing.decide(from(10, 25, ENTRIES), KNOWN, Optional.of(last), NOW);
    assertThat(cosigned(decision).cosignatures().getFirst().at()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(cosigned(decide(from(10, 25, ENTRIES), 10)).cosignatures().getFirst().at())
        .isEqualTo(NOW);
  }

  @Test
  void cosigned_holdsTheLogsLineAndOursAlone() {
    String strangers =
        IntStream.range(0, 5)
            .mapToObj(i ->
                SignedNote.sign("x\n", Signing.of("w" + i, 20 + i)).substring("x\n\n".length()))
            .reduce("", String::concat);
    WitnessDecision decision =
        decide(new AddCheckpoint(0, List.of(), ENTRIES.note(10) + strangers), null);
    String note = cosigned(decision).signed().note();
    assertThat(note.lines().filter(line -> line.startsWith("—"))).hasSize(2);
    assertThat(note).startsWith(ENTRIES.note(10));
  }

  private static AddCheckpoint from(long old, long size, SampleLog log) {
    MemoryTree tree = new MemoryTree();
    for (int i = 0; i < log.size(); i++) {
      tree.append(Merkle.leaf(log.leaf(i)));
    }
    return new AddCheckpoint(old, Proofs.consistency(old, size, tree), log.note(size));
  }

  private static WitnessDecision decide(AddCheckpoint request, @Nullable Integer last) {
    Optional<CosignedCheckpoint> known =
        last == null ? Optional.empty() : Optional.of(kept(last, NOW.minusSeconds(10)));
    return Witnessing.decide(request, KNOWN, known, NOW);
  }

  private static CosignedCheckpoint kept(int size, Instant at) {
    return cosigned(
        Witnessing.decide(
            new AddCheckpoint(0, List.of(), ENTRIES.note(size)), KNOWN, Optional.empty(), at));
  }

  private static CosignedCheckpoint cosigned(WitnessDecision decision) {
    if (decision instanceof WitnessDecision.Cosign(Cosignable checkpoint)
        && CosignedCheckpoint.open(
                checkpoint.cosignedBy(WITNESS),
                SampleLog.ORIGIN,
                LOG.key(),
                WITNESS.cosignatureKey())
            instanceof CosignedOutcome.Genuine(CosignedCheckpoint cosigned)) {
      return cosigned;
    }
    throw new AssertionError(decision.toString());
  }

  private static void assertCosigned(WitnessDecision decision, long size) {
    assertThat(cosigned(decision).signed().checkpoint().size()).isEqualTo(size);
    assertThat(cosigned(decision).cosignatures()).hasSize(1);
  }
}

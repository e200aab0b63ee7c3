package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// C2SP tlog-proof.
class TlogProofTest {
  private static final String ORIGIN = "parano.example/audit";
  private static final Signing LOG = Signing.of(ORIGIN, 1);
  private static final MemoryTree TREE = tree();
  private static final String CHECKPOINT =
      SignedNote.sign(new Checkpoint(ORIGIN, 11, TREE.frontier().root()).text(), LOG);
  private static final TlogProof PROOF = TlogProof.of(6, Proofs.inclusion(6, 11, TREE), CHECKPOINT);

  @Test
  void text_proof_readsBackWithAndWithoutExtra() {
    TlogProof withExtra = new TlogProof(Bytes.of(new byte[] {1, 2}), 6, PROOF.proof(), CHECKPOINT);
    assertThat(PROOF.text()).startsWith("c2sp.org/tlog-proof@v1\nindex 6\n").endsWith(CHECKPOINT);
    assertThat(withExtra.text()).startsWith("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 6\n");
    assertThat(TlogProof.parse(PROOF.text())).isEqualTo(PROOF);
    assertThat(TlogProof.parse(withExtra.text())).isEqualTo(withExtra);
  }

  @Test
  void verify_ownEntry_holds() {
    assertThat(PROOF.verify(new byte[] {6}, ORIGIN, LOG.key())).isEqualTo(new ProofOutcome.Holds());
  }

  @Test
  void verify_anythingElse_isBroken() {
    assertBroken(PROOF.verify(new byte[] {7}, ORIGIN, LOG.key()));
    assertBroken(PROOF.verify(new byte[] {6}, "other.example", LOG.key()));
    assertBroken(PROOF.verify(new byte[] {6}, ORIGIN, Signing.of(ORIGIN, 2).key()));
    TlogProof elsewhere = TlogProof.of(7, PROOF.proof(), CHECKPOINT);
    assertBroken(elsewhere.verify(new byte[] {6}, ORIGIN, LOG.key()));
    TlogProof shorter = TlogProof.of(6, PROOF.proof().subList(1, 4), CHECKPOINT);
    assertBroken(shorter.verify(new byte[] {6}, ORIGIN, LOG.key()));
    TlogProof grown = TlogProof.of(6, PROOF.proof(), CHECKPOINT.replace("\n11\n", "\n12\n"));
    assertBroken(grown.verify(new byte[] {6}, ORIGIN, LOG.key()));
  }

  @Test
  void parse_malformed_isRefused() {
    String hash = Base64Text.write(Digest.of().bytes());
    for (String text :
        List.of(
            "",
            "wrong-header\nindex 0\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 00\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\nextra AQI=\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\n" + (hash + "\n").repeat(64) + "\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n")) {
      assertThatThrownBy(() -> TlogProof.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertBroken(ProofOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProofOutcome.Broken.class);
  }

  private static MemoryTree tree() {
    MemoryTree tree = new MemoryTree();
    for (byte i = 0; i < 11; i++) {
      tree.append(Merkle.leaf(new byte[] {i}));
    }
    return tree;
  }
}

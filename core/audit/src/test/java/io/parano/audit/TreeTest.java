package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// RFC 9162 section 2.1: hashing, and proofs made and checked.
class TreeTest {
  private static final List<byte[]> REFERENCE =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  /// The roots of the reference tree of RFC 6962's own implementation, sizes 0 to 8.
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void root_referenceTree_isAsPublished() {
    for (int size = 0; size <= 8; size++) {
      MemoryTree tree = tree(size);
      assertThat(tree.frontier().root().hex()).isEqualTo(ROOTS.get(size));
      assertThat(Proofs.root(size, tree).hex()).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void inclusion_referenceTree_isAsPublished() {
    assertThat(Proofs.inclusion(5, 8, tree(8)).stream().map(Digest::hex))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void consistency_referenceTree_isAsPublished() {
    assertThat(Proofs.consistency(6, 8, tree(8)).stream().map(Digest::hex))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  /// The tree of RFC 9162 section 2.1.5, whose nodes are named a to l.
  @Test
  void proofs_rfc9162Example_nameItsNodes() {
    MemoryTree tree = tree(7);
    Digest b = tree.hash(0, 1);
    Digest c = tree.hash(0, 2);
    Digest d = tree.hash(0, 3);
    Digest f = tree.hash(0, 5);
    Digest j = tree.hash(0, 6);
    Digest g = tree.hash(1, 0);
    Digest h = tree.hash(1, 1);
    Digest i = tree.hash(1, 2);
    Digest k = tree.hash(2, 0);
    Digest l = Merkle.node(i, j);
    assertThat(Proofs.inclusion(0, 7, tree)).containsExactly(b, h, l);
    assertThat(Proofs.inclusion(3, 7, tree)).containsExactly(c, g, l);
    assertThat(Proofs.inclusion(4, 7, tree)).containsExactly(f, j, k);
    assertThat(Proofs.inclusion(6, 7, tree)).containsExactly(i, k);
    assertThat(Proofs.consistency(3, 7, tree)).containsExactly(c, d, g, l);
    assertThat(Proofs.consistency(4, 7, tree)).containsExactly(l);
    assertThat(Proofs.consistency(6, 7, tree)).containsExactly(i, j, k);
  }

  @Test
  void proofs_everyPairOfSizes_holdAndBreakWhenOneNodeChanges() {
    for (int size = 1; size <= 40; size++) {
      MemoryTree tree = sample(size);
      Digest root = tree.frontier().root();
      for (int index = 0; index < size; index++) {
        List<Digest> proof = Proofs.inclusion(index, size, tree);
        Digest leaf = tree.hash(0, index);
        assertHolds(Proofs.verifyInclusion(index, size, leaf, proof, root));
        for (List<Digest> changed : changed(proof)) {
          assertBroken(Proofs.verifyInclusion(index, size, leaf, changed, root));
        }
        int first = index + 1;
        Digest firstRoot = Proofs.root(first, tree);
        List<Digest> path = Proofs.consistency(first, size, tree);
        assertHolds(Proofs.verifyConsistency(first, size, firstRoot, root, path));
        for (List<Digest> changed : changed(path)) {
          assertBroken(Proofs.verifyConsistency(first, size, firstRoot, root, changed));
        }
      }
    }
  }

  @Test
  void frontier_keptAndRestored_goesOnAsBefore() {
    for (int size = 0; size <= 70; size++) {
      Frontier frontier = sample(size).frontier();
      Frontier restored = Frontier.of(frontier.size(), frontier.peaks());
      Digest next = Merkle.leaf(new byte[] {42});
      assertThat(restored.append(next).root()).isEqualTo(frontier.append(next).root());
      assertThat(restored.append(next).size()).isEqualTo(size + 1);
    }
  }

  @Test
  void frontier_appendedTo_staysAsItWas() {
    Frontier three = sample(3).frontier();
    Digest root = three.root();
    assertThat(three.append(Merkle.leaf(new byte[0])).root()).isNotEqualTo(root);
    assertThat(three.root()).isEqualTo(root);
  }

  @Test
  void frontier_peaksThatDoNotFit_isRefused() {
    List<Digest> two = sample(3).frontier().peaks();
    assertThatThrownBy(() -> Frontier.of(4, two)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.of(-1, two)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void proofs_askedBeyondTheTree_areRefused() {
    MemoryTree tree = sample(3);
    assertThatThrownBy(() -> Proofs.inclusion(3, 3, tree))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proofs.consistency(0, 3, tree))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Proofs.consistency(4, 3, tree))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<List<Digest>> changed(List<Digest> proof) {
    List<List<Digest>> all = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Digest> other = new ArrayList<>(proof);
      other.set(i, Merkle.emptyRoot());
      all.add(other);
      List<Digest> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      all.add(shorter);
    }
    List<Digest> longer = new ArrayList<>(proof);
    longer.add(Merkle.emptyRoot());
    all.add(longer);
    return all;
  }

  private static void assertHolds(ProofOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProofOutcome.Holds.class);
  }

  private static void assertBroken(ProofOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProofOutcome.Broken.class);
  }

  private static MemoryTree tree(int size) {
    MemoryTree tree = new MemoryTree();
    REFERENCE.subList(0, size).forEach(entry -> tree.append(Merkle.leaf(entry)));
    return tree;
  }

  private static MemoryTree sample(int size) {
    MemoryTree tree = new MemoryTree();
    for (int i = 0; i < size; i++) {
      tree.append(Merkle.leaf(new byte[] {(byte) i}));
    }
    return tree;
  }
}

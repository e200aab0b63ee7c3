package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Digest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// C2SP signed-note and tlog-checkpoint.
class SignedNoteTest {
  /// Published with C2SP signed-note.
  private static final String EXAMPLE_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  /// The key and the note in the documentation of Go's golang.org/x/mod/sumdb/note.
  private static final String NEUMANN_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String NEUMANN_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static final String TEXT = "first line\n\nafter an empty line\n";
  private static final Signing ALICE = Signing.of("alice.example/log", 1);
  private static final Signing BOB = Signing.of("bob.example/witness", 2);

  @Test
  void vkey_publishedExample_readsAndWritesBack() {
    NoteKey key = NoteKey.parse(EXAMPLE_KEY);
    assertThat(key.name()).isEqualTo("example.com/foo");
    assertThat(key.vkey()).isEqualTo(EXAMPLE_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
        "example .com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
      })
  void vkey_malformed_isRefused(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void open_noteOfAnotherImplementation_isGenuine() {
    assertThat(SignedNote.open(NEUMANN_NOTE, NoteKey.parse(NEUMANN_KEY)))
        .isInstanceOf(NoteOutcome.Genuine.class);
    assertThat(
            SignedNote.open(
                NEUMANN_NOTE.replace("your problem is", "my problem is"),
                NoteKey.parse(NEUMANN_KEY)))
        .isInstanceOf(NoteOutcome.Malformed.class);
  }

  /// RFC 8032 section 7.1, test 1: the key; Ed25519 signs without randomness, so that another
  /// implementation gives the same note.
  @Test
  void sign_knownKey_isDeterministic() {
    byte[] seed =
        HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    Signing signer = Signing.of("log.example", seed);
    assertThat(HexFormat.of().formatHex(signer.publicKey32()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(SignedNote.sign(TEXT, signer)).isEqualTo(SignedNote.sign(TEXT, signer));
  }

  @Test
  void open_signed_givesTextAndSigners() {
    String note = SignedNote.sign(TEXT, ALICE, BOB);
    assertThat(SignedNote.open(note, ALICE.key()))
        .isEqualTo(new NoteOutcome.Genuine(TEXT, List.of(ALICE.key())));
    assertThat(SignedNote.open(note, BOB.key(), ALICE.key()))
        .isEqualTo(new NoteOutcome.Genuine(TEXT, List.of(ALICE.key(), BOB.key())));
  }

  @Test
  void countersign_noteOfOneSigner_givesEachMissingLineOnce() {
    String note = SignedNote.sign(TEXT, ALICE);
    String both = SignedNote.countersign(note, ALICE, BOB);
    assertThat(both).isEqualTo(SignedNote.sign(TEXT, ALICE, BOB));
    assertThat(SignedNote.countersign(both, ALICE, BOB)).isEqualTo(both);
    assertThatThrownBy(() -> SignedNote.countersign(TEXT, BOB))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void open_unknownSigner_isUnsigned() {
    String note = SignedNote.sign(TEXT, ALICE);
    assertThat(SignedNote.open(note, BOB.key())).isEqualTo(new NoteOutcome.Unsigned());
    assertThat(SignedNote.open(note)).isEqualTo(new NoteOutcome.Unsigned());
    NoteKey sameNameOtherKey = Signing.of(ALICE.name(), 3).key();
    assertThat(SignedNote.open(note, sameNameOtherKey)).isEqualTo(new NoteOutcome.Unsigned());
  }

  @Test
  void open_sixteenOtherSignatures_areAccepted() {
    Signing[] signers =
        IntStream.range(0, 17).mapToObj(i -> Signing.of("w" + i, 10 + i)).toArray(Signing[]::new);
    String note = SignedNote.sign(TEXT, signers);
    assertThat(SignedNote.open(note, signers[16].key())).isInstanceOf(NoteOutcome.Genuine.class);
  }

  @Test
  void open_knownKeyThatDoesNotVerify_isMalformedWhoeverElseSigned() {
    String good = SignedNote.sign(TEXT, ALICE, BOB);
    String bad = SignedNote.sign("another text\n", ALICE);
    String aliceLine = bad.substring(bad.indexOf('—'));
    String mixed = SignedNote.sign(TEXT, BOB) + aliceLine;
    assertThat(SignedNote.open(good, ALICE.key(), BOB.key()))
        .isInstanceOf(NoteOutcome.Genuine.class);
    assertThat(SignedNote.open(mixed, BOB.key())).isInstanceOf(NoteOutcome.Genuine.class);
    assertThat(SignedNote.open(mixed, ALICE.key(), BOB.key()))
        .isInstanceOf(NoteOutcome.Malformed.class);
  }

  @Test
  void open_tampered_isRefused() {
    String note = SignedNote.sign(TEXT, ALICE);
    assertThat(SignedNote.open(note, ALICE.key())).isInstanceOf(NoteOutcome.Genuine.class);
    int space = note.lastIndexOf(' ');
    for (String tampered :
        List.of(
            note.replace("first", "First"),
            note.replace("\n\nafter", "\nafter"),
            note.replace("first", "fi\trst"),
            note.replace("first", "fi\rrst"),
            note.replace("—", "-"),
            note.substring(0, note.length() - 1),
            note + "\n",
            note + "— x y\n",
            note + "— x\n",
            note + "—  AAAAAAAA\n",
            note + "— a+b AAAAAAAA\n",
            note + "— x AAAA\n",
            note.substring(0, space) + note.substring(space).replace("=", ""),
            note.substring(0, note.indexOf('—')),
            TEXT,
            "",
            note + "— w AAAAAAAA\n".repeat(100))) {
      assertThat(SignedNote.open(tampered, ALICE.key()))
          .as(tampered)
          .isInstanceOf(NoteOutcome.Malformed.class);
    }
  }

  @Test
  void sign_textThatIsNoNote_isRefused() {
    for (String text : List.of("", "no line feed", "a\tb\n", "a\r\n", "lone \ud800\n")) {
      assertThatThrownBy(() -> SignedNote.sign(text, ALICE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// The example in C2SP tlog-checkpoint.
  @Test
  void checkpoint_publishedExample_readsAndWritesBack() {
    String text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    Checkpoint checkpoint = Checkpoint.parse(text);
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20852163);
    assertThat(checkpoint.text()).isEqualTo(text);
    assertThat(Checkpoint.parse(text + "an extension\n")).isEqualTo(checkpoint);
  }

  @Test
  void checkpoint_malformed_isRefused() {
    String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    for (String text :
        List.of(
            "",
            "log\n1\n",
            "log\n1\n" + root,
            "\n1\n" + root + "\n",
            "log\n01\n" + root + "\n",
            "log\n-1\n" + root + "\n",
            "log\n+1\n" + root + "\n",
            "log\n9223372036854775808\n" + root + "\n",
            "log\n1\n" + root.replace("=", "") + "\n",
            "log\n1\n" + root.replace("2I=", "2J=") + "\n",
            "log\n1\nAAAA\n",
            "log\n1\n" + root + "\n\n")) {
      assertThatThrownBy(() -> Checkpoint.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void checkpoint_openedForAnotherLog_isRefused() {
    Checkpoint checkpoint = new Checkpoint("alice.example/log", 3, Digest.of());
    String note = SignedNote.sign(checkpoint.text(), ALICE);
    assertThat(CheckedCheckpoint.open(note, "alice.example/log", ALICE.key()))
        .isInstanceOfSatisfying(
            CheckpointOutcome.Genuine.class,
            genuine -> assertThat(genuine.checkpoint().checkpoint()).isEqualTo(checkpoint));
    assertThat(CheckedCheckpoint.open(note, "bob.example/log", ALICE.key()))
        .isInstanceOf(CheckpointOutcome.Refused.class);
    assertThat(CheckedCheckpoint.open(note, "alice.example/log", BOB.key()))
        .isInstanceOf(CheckpointOutcome.Refused.class);
    assertThat(CheckedCheckpoint.open(SignedNote.sign("log\n", ALICE), "log", ALICE.key()))
        .isInstanceOf(CheckpointOutcome.Refused.class);
  }
}

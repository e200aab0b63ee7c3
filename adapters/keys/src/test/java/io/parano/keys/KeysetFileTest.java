package io.parano.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetFileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Argon2Pool ARGON2 = Argon2Pool.start(1, 1);

  /// Cheap, so that the tamper table is quick. What a real file costs is set by whoever creates it.
  private static final Argon2Parameters CHEAP = new Argon2Parameters(8, 1, 1);

  private static final Secret PASSPHRASE = Secret.ofText("quatre chevaux dans le brouillard");

  @TempDir private Path folder;
  private final Randomness randomness = new Random(11)::nextBytes;
  private final Keyset keyset = Keyset.fresh(NOW, randomness);
  private Path path;
  private KeysetFile file;

  @BeforeEach
  void create() {
    path = folder.resolve("keyset");
    file = new KeysetFile(path, ARGON2, randomness);
    assertThat(file.create(keyset, PASSPHRASE, CHEAP))
        .isEqualTo(new KeysetFile.Creation.Created(path));
  }

  @AfterAll
  static void stop() {
    ARGON2.close();
  }

  @Test
  void open_whatWasCreated_givesTheSameKeys() {
    byte[] sealed = keyset.sealer(randomness).seal("plain".getBytes(UTF_8), "here");
    Keyset opened = opened(file.open(PASSPHRASE));
    assertThat(opened.facts()).isEqualTo(keyset.facts());
    assertThat(opened.write()).isEqualTo(keyset.write());
    assertThat(opened.sealer(randomness).open(sealed, "here").copy())
        .isEqualTo("plain".getBytes(UTF_8));
    assertThat(opened.logSigner().publicKey32()).isEqualTo(keyset.logSigner().publicKey32());
  }

  @Test
  void create_mode_isTheOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void create_whereOneIs_leavesIt() throws IOException {
    byte[] before = Files.readAllBytes(path);
    assertThat(file.create(Keyset.fresh(NOW, randomness), PASSPHRASE, CHEAP))
        .isEqualTo(new KeysetFile.Creation.AlreadyThere(path));
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void open_wrongPassphrase_saysSo() {
    assertThat(file.open(Secret.ofText("quatre chevaux dans le brouillard ")))
        .isEqualTo(new KeysetOpening.PassphraseWrong(path));
  }

  @Test
  void open_nothingThere_saysWhatMakesOne() throws IOException {
    Files.delete(path);
    assertThat(shut(file.open(PASSPHRASE))).contains("parano bootstrap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
  void open_othersMayUseIt_saysHowToRepair(String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    assertThat(shut(file.open(PASSPHRASE))).contains(permissions, "chmod 600 " + path);
  }

  @Test
  void open_readOnlyForItsOwner_isFine() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    assertThat(file.open(PASSPHRASE)).isInstanceOf(KeysetOpening.Opened.class);
  }

  /// The tamper table of the file: every byte, one bit of it.
  @Test
  void open_anyByteAltered_neverOpens() throws IOException {
    byte[] good = Files.readAllBytes(path);
    for (int i = 0; i < good.length; i++) {
      byte[] altered = good.clone();
      altered[i] ^= (byte) (1 << i % 8);
      Files.write(path, altered);
      assertThat(file.open(PASSPHRASE)).as("byte %d", i).isInstanceOf(KeysetOpening.Shut.class);
    }
    Files.write(path, good);
    assertThat(file.open(PASSPHRASE)).isInstanceOf(KeysetOpening.Opened.class);
  }

  @Test
  void open_anyLengthCut_neverOpens() throws IOException {
    byte[] good = Files.readAllBytes(path);
    for (int length = 0; length < good.length; length++) {
      Files.write(path, Arrays.copyOf(good, length));
      assertThat(file.open(PASSPHRASE)).as("%d", length).isInstanceOf(KeysetOpening.Shut.class);
    }
  }

  /// The tamper table by field: which refusal each change meets.
  @Test
  void open_eachFieldAltered_meetsItsRefusal() throws IOException {
    assertField(0, "parano-keyset 2", KeysetOpening.Malformed.class);
    assertField(1, "argon2i m=8,t=1,p=1", KeysetOpening.Malformed.class);
    assertField(1, "argon2id m=9999999,t=1,p=1", KeysetOpening.Malformed.class);
    assertField(1, "argon2id m=8,t=2,p=1", KeysetOpening.PassphraseWrong.class);
    assertField(1, "argon2id m=16,t=1,p=1", KeysetOpening.PassphraseWrong.class);
    assertField(2, "salt AAAAAAAAAAAAAAAAAAAAAA", KeysetOpening.PassphraseWrong.class);
    assertField(2, "salt AAAAAAAAAAAAAAAAAAAAAB", KeysetOpening.Malformed.class);
    assertField(2, "salt AAAA", KeysetOpening.Malformed.class);
    assertField(3, "check AAAAAAAAAAAAAAAAAAAAAA", KeysetOpening.PassphraseWrong.class);
    assertField(4, "sealed " + "A".repeat(200), KeysetOpening.Altered.class);
    assertField(4, "sealed AAAA", KeysetOpening.Malformed.class);
    assertField(4, "sealed !", KeysetOpening.Malformed.class);
    assertField(4, "", KeysetOpening.Malformed.class);
  }

  @Test
  void open_sealedPartOfAnotherFile_isAltered() throws IOException {
    Path other = folder.resolve("other");
    new KeysetFile(other, ARGON2, randomness).create(keyset, PASSPHRASE, CHEAP);
    assertField(4, Files.readAllLines(other).get(4), KeysetOpening.Altered.class);
  }

  @Test
  void open_hugeFile_isNotRead() throws IOException {
    Files.write(path, new byte[100_000]);
    assertThat(file.open(PASSPHRASE)).isInstanceOf(KeysetOpening.Malformed.class);
  }

  @Test
  void open_directory_isAFault() throws IOException {
    Files.delete(path);
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    assertThatThrownBy(() -> file.open(PASSPHRASE)).isInstanceOf(KeysetFault.class);
  }

  @Test
  void replace_newPassphrase_isTheOnlyOneThatOpens() {
    Secret other = Secret.ofText("cinq vélos sous la pluie");
    file.replace(keyset.with(KeyPurpose.SEALING, NOW, randomness), other, CHEAP);
    assertThat(opened(file.open(other)).facts()).hasSize(keyset.facts().size() + 1);
    assertThat(file.open(PASSPHRASE)).isInstanceOf(KeysetOpening.PassphraseWrong.class);
  }

  @Test
  void replace_killedBeforeTheLastStep_leavesTheOldOne() throws IOException {
    byte[] before = Files.readAllBytes(path);
    Path prepared =
        file.prepare(keyset.with(KeyPurpose.SEALING, NOW, randomness), PASSPHRASE, CHEAP);
    // Here the process dies: what it leaves is the old file, and the new one beside it.
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(opened(file.open(PASSPHRASE)).facts()).hasSize(keyset.facts().size());
    file.replace(keyset.with(KeyPurpose.SEALING, NOW, randomness), PASSPHRASE, CHEAP);
    assertThat(prepared).doesNotExist();
    assertThat(opened(file.open(PASSPHRASE)).facts()).hasSize(keyset.facts().size() + 1);
  }

  @Test
  void open_whatIsLeftOfAHalfWrite_neverCounts() throws IOException {
    Files.writeString(folder.resolve("keyset.new"), "parano-keyset 1\nargon");
    assertThat(opened(file.open(PASSPHRASE)).facts()).hasSize(keyset.facts().size());
  }

  private void assertField(int line, String altered, Class<? extends KeysetOpening> refusal)
      throws IOException {
    byte[] good = Files.readAllBytes(path);
    List<String> lines = Files.readAllLines(path, US_ASCII);
    lines.set(line, altered);
    Files.writeString(path, String.join("\n", lines) + "\n");
    assertThat(file.open(PASSPHRASE)).as("%s", altered).isInstanceOf(refusal);
    Files.write(path, good);
  }

  private static Keyset opened(KeysetOpening opening) {
    return switch (opening) {
      case KeysetOpening.Opened(Keyset keyset) -> keyset;
      case KeysetOpening.Shut shut -> throw new AssertionError(shut.message());
    };
  }

  private static String shut(KeysetOpening opening) {
    return switch (opening) {
      case KeysetOpening.Opened opened -> throw new AssertionError("it opened");
      case KeysetOpening.Shut shut -> shut.message();
    };
  }
}

package io.parano.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.keys.BackupOpener.Unopened;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
  private final KeyPair pair = pair("X25519");
  private final Random random = new Random(4);

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label);
  }

  private static BackupOpener opener(KeyPair of) throws IOException {
    return BackupOpener.read(pem("PRIVATE KEY", of.getPrivate().getEncoded()));
  }

  private byte[] sealed(byte[] plain) throws IOException {
    BackupRecipient recipient =
        BackupRecipient.read(pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream sealing = recipient.seal(out)) {
      sealing.write(plain);
    }
    return out.toByteArray();
  }

  private byte[] opened(byte[] sealed) throws IOException {
    try (InputStream in = opener(pair).open(new ByteArrayInputStream(sealed))) {
      return in.readAllBytes();
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
  void open_whatWasSealed_givesItBack(int length) throws IOException {
    byte[] plain = bytes(length);
    assertThat(opened(sealed(plain))).isEqualTo(plain);
    assertThat(opener(pair).fingerprint())
        .isEqualTo(
            BackupRecipient.read(pem("PUBLIC KEY", pair.getPublic().getEncoded())).fingerprint());
  }

  @Test
  void open_byAnotherKey_isRefused() throws IOException {
    byte[] sealed = sealed(bytes(100));
    assertWhy(
        Unopened.Why.NOT_OURS_OR_ALTERED,
        () -> opener(pair("X25519")).open(new ByteArrayInputStream(sealed)).readAllBytes());
    assertThat(opened(sealed)).hasSize(100);
  }

  @Test
  void open_anyByteAltered_isRefused() throws IOException {
    byte[] sealed = sealed(bytes(200));
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> opened(altered)).as("byte %d", i).isInstanceOf(Unopened.class);
    }
  }

  @Test
  void open_cutOffAnywhere_isRefused() throws IOException {
    byte[] sealed = sealed(bytes(65_600));
    for (int length = 0; length < sealed.length; length += length < 100 ? 1 : 997) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> opened(cut)).as("%d", length).isInstanceOf(Unopened.class);
    }
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    assertWhy(Unopened.Why.NOT_OURS_OR_ALTERED, () -> opened(longer));
  }

  /// Two whole parts of the same length, one for the other.
  @Test
  void open_partsMoved_isRefused() throws IOException {
    byte[] sealed = sealed(bytes(3 * BackupForm.PART));
    int start = BackupForm.MAGIC.length + BackupForm.ENCAPSULATED;
    int part = 1 + 4 + BackupForm.PART + BackupForm.TAG;
    byte[] moved = sealed.clone();
    System.arraycopy(sealed, start, moved, start + part, part);
    System.arraycopy(sealed, start + part, moved, start, part);
    assertWhy(Unopened.Why.NOT_OURS_OR_ALTERED, () -> opened(moved));
    byte[] without = new byte[sealed.length - part];
    System.arraycopy(sealed, 0, without, 0, start);
    System.arraycopy(sealed, start + part, without, start, without.length - start);
    assertWhy(Unopened.Why.NOT_OURS_OR_ALTERED, () -> opened(without));
  }

  @Test
  void read_keyOfAnotherKind_isRefused() {
    KeyPair ed25519 = pair("Ed25519");
    assertThatThrownBy(
            () -> BackupRecipient.read(pem("PUBLIC KEY", ed25519.getPublic().getEncoded())))
        .hasMessageContaining("another kind");
    assertThatThrownBy(() -> opener(ed25519)).hasMessageContaining("another kind");
    assertThatThrownBy(() -> BackupRecipient.read("ssh-ed25519 AAAA"))
        .hasMessageContaining("BEGIN PUBLIC KEY");
  }

  private static void assertWhy(
      Unopened.Why why, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Unopened.class, unopened -> assertThat(unopened.why()).isEqualTo(why));
  }
}

package io.parano.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.Signing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The keys of the SSH authorities.
class SshKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

  /// Purpose, version, second of making, key.
  private static final int ENTRY = 1 + 4 + 8 + 32;

  private final Random random = new Random(7);
  private final Keyset fresh = Keyset.fresh(NOW, random::nextBytes);

  @Test
  void fresh_hasAKeyForEachAuthority() {
    assertThat(fresh.hasSshKeys()).isTrue();
    assertThat(fresh.sshUsers().publicKey()).isNotEqualTo(fresh.sshHosts().publicKey());
  }

  @Test
  void read_keysetOfBefore_isWholeAndCanBeGivenThem() {
    byte[] before = Arrays.copyOf(fresh.write(), 3 * ENTRY);
    Keyset old = Keyset.read(before).orElseThrow();
    assertThat(old.hasSshKeys()).isFalse();

    Keyset more = old.withSshKeys(NOW, random::nextBytes);
    assertThat(more.hasSshKeys()).isTrue();
    assertThat(more.facts()).containsAll(old.facts());
    assertThat(Keyset.read(more.write()).orElseThrow().sshUsers().publicKey())
        .isEqualTo(more.sshUsers().publicKey());
  }

  @Test
  void read_withoutAKeyThatMustBeThere_isNone() {
    assertThat(Keyset.read(Arrays.copyOf(fresh.write(), 2 * ENTRY))).isEmpty();
  }

  /// The JDK verifies what Bouncy Castle signed.
  @Test
  void sign_certificate_holds() {
    SshSigner users = fresh.sshUsers();
    Certificate certificate =
        new Certificate(
            fresh.sshHosts().publicKey(),
            Bytes.of(new byte[32]),
            7,
            Certificate.Kind.USER,
            "marie",
            List.of("deploy@web"),
            1,
            2,
            new TreeMap<>(),
            new TreeMap<>(),
            users.publicKey());
    Bytes blob = SignedCertificate.by(users, certificate).blob();
    assertThat(CertificateReading.of(blob.copy()))
        .isInstanceOfSatisfying(
            CertificateReading.Read.class,
            read -> assertThat(read.certificate().signing()).isEqualTo(Signing.HOLDS));
  }
}

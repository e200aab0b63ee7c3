package io.parano.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parano.kernel.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecurityKeyTest {
  private static final UUID MODEL = UUID.fromString("9a5c0f5e-0000-4000-8000-706172616e6f");
  private static final String ORIGIN = "https://auth.example.org";
  private static final String RP = "example.org";
  private static final Bytes CHALLENGE = Bytes.fromHex("00112233445566778899aabbccddeeff");
  private static final Bytes ALICE = Bytes.fromHex("a11ce0");

  private final Random seeded = new Random(20130722);
  private final AttestationAuthority authority =
      AttestationAuthority.make("Test root", Instant.parse("2026-11-23T00:00:00Z"), this::fill);
  private final SecurityKey key = SecurityKey.make(authority, MODEL, this::fill);
  private final CreateOptions create = CreateOptions.of(ORIGIN, RP, CHALLENGE, ALICE);

  @Test
  void create_untouched_notAllowed() {
    assertThat(key.hold(Hand.TOUCHES_NOT).create(create))
        .isEqualTo(new Created.Failed(BrowserError.NOT_ALLOWED));
  }

  @Test
  void create_wrongPin_notAllowed() {
    assertThat(key.hold(Hand.ENTERS_WRONG_PIN).create(create))
        .isEqualTo(new Created.Failed(BrowserError.NOT_ALLOWED));
  }

  @Test
  void create_excludedCredential_invalidState() {
    Bytes held = key.create(create).credential().credentialId();

    assertThat(key.create(create.withExclude(List.of(held))))
        .isEqualTo(new Created.Failed(BrowserError.INVALID_STATE));
  }

  @Test
  void create_pageOfAnotherSite_security() {
    assertThat(key.create(CreateOptions.of("https://evil.example", RP, CHALLENGE, ALICE)))
        .isEqualTo(new Created.Failed(BrowserError.SECURITY));
  }

  @Test
  void create_unknownAlgorithms_notSupported() {
    assertThat(key.create(create.withAlgorithms(List.of(-65535))))
        .isEqualTo(new Created.Failed(BrowserError.NOT_SUPPORTED));
  }

  @Test
  void create_clientData_serializedAsBrowsersDo() {
    assertThat(text(key.create(create).credential().clientData()))
        .isEqualTo(
            """
            {"type":"webauthn.create","challenge":"ABEiM0RVZneImaq7zN3u_w",\
            "origin":"https://auth.example.org","crossOrigin":false}\
            """);
  }

  @Test
  void get_listedCredential_signsWithRisingCounter() {
    Bytes id = key.create(create).credential().credentialId();
    GetOptions get = GetOptions.of(ORIGIN, RP, CHALLENGE, List.of(id));

    Got.Assertion first = key.get(get).assertion();
    Got.Assertion second = key.get(get).assertion();

    assertThat(first.userHandle()).isNull();
    assertThat(counter(second)).isEqualTo(counter(first) + 1);
  }

  @Test
  void get_discoverable_givesUserHandle() {
    key.create(create.asDiscoverable());

    assertThat(key.get(GetOptions.of(ORIGIN, RP, CHALLENGE, List.of())).assertion().userHandle())
        .isEqualTo(ALICE);
  }

  @Test
  void get_removed_notAllowed() {
    Bytes id = key.create(create).credential().credentialId();

    assertThat(key.hold(Hand.REMOVED).get(GetOptions.of(ORIGIN, RP, CHALLENGE, List.of(id))))
        .isEqualTo(new Got.Failed(BrowserError.NOT_ALLOWED));
  }

  @Test
  void get_credentialOfAnotherKey_notAllowed() {
    Bytes id =
        SecurityKey.make(authority, MODEL, this::fill).create(create).credential().credentialId();

    assertThat(key.get(GetOptions.of(ORIGIN, RP, CHALLENGE, List.of(id))))
        .isEqualTo(new Got.Failed(BrowserError.NOT_ALLOWED));
  }

  @Test
  void cloned_afterTheOriginalWasUsed_countsLower() {
    Bytes id = key.create(create).credential().credentialId();
    GetOptions get = GetOptions.of(ORIGIN, RP, CHALLENGE, List.of(id));
    SecurityKey clone = key.cloned();
    key.get(get);

    assertThat(counter(clone.get(get).assertion())).isLessThan(counter(key.get(get).assertion()));
  }

  @Test
  void load_savedKey_goesOnWhereItStopped(@TempDir Path folder) throws IOException {
    Bytes id = key.create(create).credential().credentialId();
    Path file = folder.resolve("alice.key");
    key.save(file);

    SecurityKey loaded = SecurityKey.load(file, this::fill);

    assertThat(Files.readString(file)).startsWith("parano software security key");
    assertThat(loaded.credentialIds(RP)).containsExactly(id);
    assertThat(counter(loaded.get(GetOptions.of(ORIGIN, RP, CHALLENGE, List.of(id))).assertion()))
        .isEqualTo(2);
  }

  @Test
  void load_anotherFile_refuses(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("other"), "a\nb\nc\n");

    assertThatIllegalArgumentException().isThrownBy(() -> SecurityKey.load(file, this::fill));
  }

  @Test
  void batch_underIntermediate_chainsToTheRoot() throws GeneralSecurityException {
    AttestationAuthority deep = authority.withIntermediate("Batch authority");
    List<Bytes> chain = deep.batch(MODEL).certificates();

    assertThat(chain).hasSize(2);
    certificate(chain.get(0)).verify(certificate(chain.get(1)).getPublicKey());
    certificate(chain.get(1)).verify(certificate(deep.root()).getPublicKey());
    assertThat(certificate(chain.get(0)).getExtensionValue("1.3.6.1.4.1.45724.1.1.4"))
        .endsWith(Bytes.fromHex("9a5c0f5e000040008000706172616e6f").copy());
  }

  private void fill(byte[] bytes) {
    seeded.nextBytes(bytes);
  }

  private static X509Certificate certificate(Bytes der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.copy()));
  }

  private static long counter(Got.Assertion assertion) {
    return Long.parseUnsignedLong(assertion.authenticatorData().hex().substring(66, 74), 16);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.copy(), StandardCharsets.UTF_8);
  }
}

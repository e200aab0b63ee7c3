package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parano.kernel.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class YubicoModelsTest {
  @Test
  void maker_roots_areTheThreeForFido() {
    assertThat(YubicoModels.maker().roots().stream().map(root -> root.digest().hex()))
        .containsExactly(
            "0fa1386f80eb8713263ae5c1d84deb455bdf08aea50ab05503cefee82b092d42",
            "35f1a54b353bfb711e6d42adbeb76c0e9dead095018e6a94783ba2192fd6faad",
            "62760c6a6ef91679f454c8902b80fd009825b3f25da90f1fbace2ec6586cd5a8");
  }

  @Test
  void maker_authorities_nameNoOtherUseThanFido() {
    YubicoModels.maker().roots().forEach(root -> assertNoOtherUse(certificate(root)));
    YubicoModels.maker().intermediates().forEach(one -> assertNoOtherUse(certificate(one)));
  }

  @Test
  void maker_intermediates_chainToARootOfTheirs() throws GeneralSecurityException {
    List<Bytes> everybody = new ArrayList<>(YubicoModels.maker().roots());
    everybody.addAll(YubicoModels.maker().intermediates());

    for (Bytes intermediate : YubicoModels.maker().intermediates()) {
      X509Certificate issued = certificate(intermediate);
      X509Certificate issuer =
          everybody.stream()
              .map(YubicoModelsTest::certificate)
              .filter(one -> one.getSubjectX500Principal().equals(issued.getIssuerX500Principal()))
              .findFirst()
              .orElseThrow();
      issued.verify(issuer.getPublicKey());
    }
  }

  @Test
  void maker_models_areNamedAndNotZero() {
    assertThat(YubicoModels.maker().models()).hasSize(40).doesNotContainKey(new UUID(0, 0));
    assertThat(
            YubicoModels.maker()
                .models()
                .get(UUID.fromString("2fc0579f-8113-47ea-b116-bb5a8db9202a")))
        .isEqualTo("YubiKey 5 NFC (firmware 5.2, 5.4)");
  }

  @Test
  void policy_ofYubico_isBuilt() {
    assertThat(AttestationPolicy.of(YubicoModels.maker())).isNotNull();
  }

  @Test
  void models_unreadableLine_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YubicoModels.models("# ours\n\nnot-a-model Ours\n"))
        .withMessageContaining("line 3");
  }

  @Test
  void models_sameModelTwice_isNamed() {
    String line = "2fc0579f-8113-47ea-b116-bb5a8db9202a Ours\n";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> YubicoModels.models(line + line))
        .withMessageContaining("line 2");
  }

  @Test
  void certificates_noPem_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YubicoModels.certificates("# nothing here"));
  }

  private static void assertNoOtherUse(X509Certificate certificate) {
    assertThat(certificate.getSubjectX500Principal().getName().toUpperCase(Locale.ROOT))
        .contains("YUBICO")
        .doesNotContain("PIV", "OPGP", "OPENPGP", "HSM", " SD ");
  }

  private static X509Certificate certificate(Bytes der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.copy()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.AuthenticatorData;
import io.parano.testkit.CborWriter;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.GetOptions;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.SecurityKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECPrivateKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// WebAuthn Level 3 section 7.2, verifying an authentication assertion.
final class AssertionsTest {
  private final Workshop shop = new Workshop();
  private final SecurityKey key = shop.key();
  private final Assertions assertions = new Assertions(Workshop.PARTY);

  static List<AssertionRow> rows() {
    return AssertionTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void verify_oneThingWrong_refusesByItsClauseAlone(AssertionRow row) {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);
    assertThat(shop.signIn(key, held).outcome()).isInstanceOf(AssertionOutcome.Accepted.class);

    assertThat(row.tampered(shop).outcome())
        .asInstanceOf(type(AssertionOutcome.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.reason()).as(refused.detail()).isEqualTo(row.reason());
          assertThat(refused.clause()).isEqualTo(row.clause());
          assertThat(refused.detail()).isNotBlank().matches("\\p{ASCII}{1,400}");
        });
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  @DisplayName("7.2.21 and 7.2.24, every algorithm")
  void verify_honestKey_givesTheCounterToKeep(KeyAlgorithm algorithm) {
    CredentialRecord held = shop.enrol(key, algorithm);

    assertThat(shop.signIn(key, held).outcome())
        .asInstanceOf(type(AssertionOutcome.Accepted.class))
        .satisfies(accepted -> {
          assertThat(accepted.assertion().credentialId()).isEqualTo(held.credentialId());
          assertThat(accepted.assertion().signCount()).isEqualTo(2);
        });
  }

  @Test
  @DisplayName("7.2.6 the handle of a discoverable credential is its person's")
  void verify_discoverableCredential_accepts() {
    CreateOptions options = Workshop.createOptions().asDiscoverable();
    VerifiedCredential credential = shop.register(key.create(options).credential()).accepted();
    CredentialRecord held =
        new CredentialRecord(credential.credentialId(), credential.publicKey(), 1, Workshop.ALICE);
    GetOptions anything =
        GetOptions.of(Workshop.ORIGIN, Workshop.PARTY.id(), Workshop.CHALLENGE, List.of());

    AssertionAttempt attempt = shop.signIn(held, key.get(anything).assertion());

    assertThat(attempt.response().userHandle()).isEqualTo(Workshop.ALICE);
    assertThat(attempt.outcome()).isInstanceOf(AssertionOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.2.17 a browser that was told not to ask for the PIN")
  void verify_pinNotAsked_refuses() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);

    assertThat(
            shop.signIn(
                    held, key.get(Workshop.getOptions(key).withoutUserVerification()).assertion())
                .outcome())
        .asInstanceOf(type(AssertionOutcome.Refused.class))
        .extracting(AssertionOutcome.Refused::reason)
        .isEqualTo(Reason.USER_UNVERIFIED);
  }

  @Test
  @DisplayName("7.2.22 a token without a counter")
  void verify_noCounter_accepts() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);

    assertThat(
            shop.signIn(key.defective(d -> d.withSignCount(0)), held).holdingCounter(0).outcome())
        .isInstanceOf(AssertionOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.2.22 a counter of 32 bits has no sign")
  void verify_counterAboveTwoToThe31_accepts() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);

    assertThat(
            shop.signIn(key.defective(d -> d.withSignCount(0xffff_fffeL)), held)
                .holdingCounter(0x7fff_ffffL)
                .outcome())
        .asInstanceOf(type(AssertionOutcome.Accepted.class))
        .extracting(accepted -> accepted.assertion().signCount())
        .isEqualTo(0xffff_fffeL);
  }

  @Test
  @DisplayName("7.2.22 a clone is found by whoever signs second")
  void verify_cloneAfterOriginal_refuses() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);
    SecurityKey clone = key.cloned();

    AssertionAttempt original = shop.signIn(key, held);
    AssertionAttempt cloned = shop.signIn(clone, held).holdingCounter(2);

    assertThat(original.outcome()).isInstanceOf(AssertionOutcome.Accepted.class);
    assertThat(cloned.outcome())
        .asInstanceOf(type(AssertionOutcome.Refused.class))
        .extracting(AssertionOutcome.Refused::reason)
        .isEqualTo(Reason.COUNTER_WENT_BACK);
  }

  @Test
  @DisplayName("7.2.23 extensions that browsers ask for by themselves")
  void verify_harmlessExtension_accepts() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);
    Bytes extensions = CborWriter.write(Map.of("hmac-secret", Bytes.fromHex("00")));

    assertThat(
            shop.signIn(
                    key.defective(d -> d.with(AuthenticatorData.EXTENSIONS).withRest(extensions)),
                    held)
                .outcome())
        .isInstanceOf(AssertionOutcome.Accepted.class);
  }

  @Test
  void verifyAgain_counterMovedOn_accepts() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);
    AssertionAttempt kept = shop.signIn(key, held).holdingCounter(99);

    assertThat(kept.outcome()).isInstanceOf(AssertionOutcome.Refused.class);
    assertThat(assertions.verifyAgain(kept.challenge(), kept.held(), kept.response()))
        .isInstanceOf(AssertionOutcome.Accepted.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void verifyAgain_oneThingWrong_refusesAllTheSame(AssertionRow row) {
    AssertionAttempt attempt = row.tampered(shop);
    AssertionOutcome again =
        assertions.verifyAgain(attempt.challenge(), attempt.held(), attempt.response());

    assertThat(again)
        .isInstanceOf(
            row.reason() == Reason.COUNTER_WENT_BACK
                ? AssertionOutcome.Accepted.class
                : AssertionOutcome.Refused.class);
  }

  @Test
  @DisplayName("7.2.6 names that nobody has")
  void verifyNobody_anything_refusesAsUnknown() {
    CredentialRecord held = shop.enrol(key, KeyAlgorithm.ES256);
    AssertionResponse honest = shop.signIn(key, held).response();

    assertThat(assertions.verifyNobody(Workshop.CHALLENGE, honest))
        .asInstanceOf(type(AssertionOutcome.Refused.class))
        .extracting(AssertionOutcome.Refused::reason)
        .isEqualTo(Reason.TOKEN_UNKNOWN);
  }

  @Test
  @DisplayName("RFC 6979 A.2.5, the example's private key is published and opens nothing")
  void verifyNobody_signedWithThePublishedKey_refusesAsUnknown() {
    AssertionAttempt honest = shop.signIn(key, shop.enrol(key, KeyAlgorithm.ES256));
    AssertionAttempt signed = honest.withSignature(any -> signedByNobody(honest.response()));
    CredentialRecord nobody =
        new CredentialRecord(
            honest.held().credentialId(), Assertions.NOBODYS_KEY, 0, Workshop.ALICE);

    assertThat(signed.holding(nobody).outcome()).isInstanceOf(AssertionOutcome.Accepted.class);
    assertThat(assertions.verifyNobody(Workshop.CHALLENGE, signed.response()))
        .asInstanceOf(type(AssertionOutcome.Refused.class))
        .extracting(AssertionOutcome.Refused::reason)
        .isEqualTo(Reason.TOKEN_UNKNOWN);
  }

  private static Bytes signedByNobody(AssertionResponse response) {
    BigInteger published =
        new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(
          KeyFactory.getInstance("EC")
              .generatePrivate(new ECPrivateKeySpec(published, CoseAlgorithm.ES256.parameters())));
      signer.update(response.authenticatorData().copy());
      signer.update(response.clientData().digest().bytes());
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

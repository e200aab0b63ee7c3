package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parano.kernel.Bytes;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AttestationKey;
import io.parano.testkit.AuthenticatorData;
import io.parano.testkit.CborWriter;
import io.parano.testkit.ClientData;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.LeafShape;
import io.parano.testkit.SecurityKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// WebAuthn Level 3 section 7.1, registering a new credential.
final class RegistrationsTest {
  private final Workshop shop = new Workshop();

  static List<RegistrationRow> rows() {
    return RegistrationTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void verify_oneThingWrong_refusesByItsClauseAlone(RegistrationRow row) {
    assertThat(row.twin().apply(shop).outcome()).isInstanceOf(RegistrationOutcome.Accepted.class);

    assertThat(row.tampered().apply(shop).outcome())
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.reason()).as(refused.detail()).isEqualTo(row.reason());
          assertThat(refused.clause()).isEqualTo(row.clause());
          assertThat(refused.detail()).isNotBlank().matches("\\p{ASCII}{1,400}");
        });
  }

  @Test
  @DisplayName("7.1.27 what was verified is what is kept")
  void verify_honestKey_givesItsCredential() {
    SecurityKey key = shop.key();
    RegistrationAttempt attempt = shop.register(key);

    VerifiedCredential credential = attempt.accepted();

    assertThat(credential.credentialId())
        .isEqualTo(key.credentialIds(Workshop.PARTY.id()).getFirst());
    assertThat(credential.aaguid()).isEqualTo(Workshop.MODEL);
    assertThat(credential.model()).isEqualTo("Workshop key");
    assertThat(credential.signCount()).isEqualTo(1);
    assertThat(credential.clientData()).isEqualTo(attempt.response().clientData());
    assertThat(credential.attestationObject()).isEqualTo(attempt.response().attestationObject());
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  @DisplayName("7.1.20 every offered algorithm")
  void verify_everyCredentialAlgorithm_accepts(KeyAlgorithm algorithm) {
    CreateOptions options = Workshop.createOptions().withAlgorithms(List.of(algorithm.cose()));

    assertThat(shop.register(shop.key().create(options).credential()).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  @DisplayName("8.2 every algorithm of an attestation key")
  void verify_everyAttestationAlgorithm_accepts(KeyAlgorithm algorithm) {
    assertThat(shop.register(shop.key(LeafShape.of(Workshop.MODEL).algorithm(algorithm))).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("8.6 fido-u2f")
  void verify_u2f_accepts() {
    assertThat(shop.register(shop.key(AttestationFormat.FIDO_U2F)).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.1.5 a byte order mark is stripped")
  void verify_byteOrderMark_accepts() {
    Bytes clientData = ClientData.create(Workshop.createOptions()).bytes();

    assertThat(shop.register(shop.key(), Bytes.fromHex("efbbbf" + clientData.hex())).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("5.8.1.2 members to come are ignored")
  void verify_unknownClientDataMembers_accepts() {
    Bytes clientData =
        Tampering.replace(
            ClientData.create(Workshop.createOptions()).bytes(),
            "}",
            ",\"new\":{\"a\":[1,-2.5e+3,null,true,\"\\u00e9\\n\"]}}");

    assertThat(shop.register(shop.key(), clientData).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.1.28 extensions that browsers ask for by themselves")
  void verify_credProtect_accepts() {
    SecurityKey key =
        shop.key()
            .defective(d ->
                d.with(AuthenticatorData.EXTENSIONS)
                    .withRest(CborWriter.write(Map.of("credProtect", 2, "hmac-secret", true))));

    assertThat(shop.register(key).outcome()).isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.1.24 a root that issues by itself")
  void verify_noIntermediate_accepts() {
    AttestationAuthority flat = shop.authority("Flat root");

    assertThat(
            shop.register(SecurityKey.make(flat, Workshop.MODEL, shop::fill))
                .believing(Workshop.maker(flat))
                .outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.1.24 the server completes the chain")
  void verify_tokenPresentsItsCertificateAlone_accepts() {
    AttestationKey batch = shop.authority().batch(Workshop.MODEL);
    AttestationKey bare = batch.presenting(batch.certificates().subList(0, 1));

    assertThat(shop.register(shop.key(bare, AttestationFormat.PACKED)).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("7.1.24 a root issued anew over the same key")
  void verify_rootReissued_accepts() {
    TokenMaker maker = shop.maker();

    assertThat(
            shop.register(shop.key())
                .believing(
                    new TokenMaker(
                        maker.name(),
                        List.of(shop.authority().reissuedRoot()),
                        maker.intermediates(),
                        maker.models()))
                .outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  @DisplayName("8.2.1 a maker of one model need not name it")
  void verify_oneModelAndNoExtension_accepts() {
    TokenMaker maker = shop.maker();

    assertThat(
            shop.register(shop.key(LeafShape.of(Workshop.MODEL).aaguid(null)))
                .believing(
                    new TokenMaker(
                        maker.name(), maker.roots(), maker.intermediates(), maker.models(), false))
                .outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Test
  void verify_makersModelsAreKeptApart_refuses() {
    AttestationAuthority other = shop.authority("Other maker's root");
    TokenMaker otherMaker = new TokenMaker("Other", List.of(other.root()), List.of(), Map.of());
    SecurityKey otherKey = SecurityKey.make(other, Workshop.MODEL, shop::fill);
    RegistrationAttempt attempt = shop.register(otherKey);

    assertThat(
            new Registrations(Workshop.PARTY, AttestationPolicy.of(shop.maker(), otherMaker))
                .verify(attempt.challenge(), attempt.offered(), attempt.response(), attempt.now()))
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .extracting(RegistrationOutcome.Refused::reason)
        .isEqualTo(io.parano.kernel.Reason.TOKEN_MODEL_NOT_ALLOWED);
  }

  @Test
  void offered_algorithms_preferredFirst() {
    assertThat(Registrations.offered()).containsExactly(-8, -7, -257);
  }
}

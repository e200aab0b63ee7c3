package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parano.authn.CoseAlgorithm.SignatureCheck;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.CborWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The vectors of WebAuthn Level 3, section "Test Vectors". Their flags are drawn at random, and
/// none has what we demand of a token (PIN asked for, no backup), so that each is first verified
/// step by step, then refused for its flags alone, and last accepted with flags set right and
/// signed again with the private keys that the section gives.
final class W3cVectorsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final RelyingParty PARTY =
      new RelyingParty("example.org", Set.of("https://example.org"));
  private static final Set<Integer> ALL = Set.of(-7, -35, -36, -8, -257);
  private static final byte PRESENT_AND_VERIFIED = 0x05;

  static List<W3cVector> vectors() {
    return W3cVector.all();
  }

  static List<W3cVector> withKnownKeys() {
    return vectors().stream().filter(vector -> !vector.name().equals("packed-ed448")).toList();
  }

  @Test
  void all_section_hasFifteenPairs() {
    assertThat(vectors()).hasSize(15);
  }

  @ParameterizedTest
  @MethodSource("withKnownKeys")
  void check_assertionSignature_right(W3cVector vector) {
    CoseKey key = key(vector);

    assertThat(
            key.algorithm()
                .check(
                    key.key(),
                    vector.asserted("signature"),
                    vector.asserted("authenticatorData").copy(),
                    vector.asserted("clientDataJSON").digest().bytes()))
        .isEqualTo(SignatureCheck.RIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packed-es256",
        "packed-es384",
        "packed-es512",
        "packed-rs256",
        "packed-eddsa",
        "fido-u2f-es256"
      })
  void judge_attestation_soundUpToTheVectorsRoot(String name) {
    W3cVector vector = W3cVector.named(name);
    AttestationStatement.Judged judged = AttestationStatement.judge(claim(vector));

    assertThat(judged).isInstanceOf(AttestationStatement.Judged.Sound.class);
    assertThat(
            AttestationPolicy.of(maker(vector))
                .judge(
                    ((AttestationStatement.Judged.Sound) judged).certificate(),
                    aaguid(vector),
                    NOW))
        .isEqualTo(new AttestationPolicy.Judged.Trusted("vector"));
  }

  @ParameterizedTest
  @CsvSource({
    "none-es256,7.1.16,USER_UNVERIFIED",
    "packed-self-es256,7.1.18,TOKEN_SYNCABLE",
    "none-es256-crossOrigin,7.1.10,CROSS_ORIGIN",
    "none-es256-topOrigin,7.1.10,CROSS_ORIGIN",
    "none-es256-long-credential-id,7.1.16,USER_UNVERIFIED",
    "packed-es256,7.1.18,TOKEN_SYNCABLE",
    "packed-es384,7.1.16,USER_UNVERIFIED",
    "packed-es512,7.1.18,TOKEN_SYNCABLE",
    "packed-rs256,7.1.18,TOKEN_SYNCABLE",
    "packed-eddsa,7.1.16,USER_UNVERIFIED",
    "packed-ed448,7.1.16,USER_UNVERIFIED",
    "tpm-es256,7.1.18,TOKEN_SYNCABLE",
    "android-key-es256,7.1.18,TOKEN_SYNCABLE",
    "apple-es256,7.1.16,USER_UNVERIFIED",
    "fido-u2f-es256,7.1.16,USER_UNVERIFIED"
  })
  void register_asPublished_refusedForItsFlags(String name, String clause, Reason reason) {
    W3cVector vector = W3cVector.named(name);

    assertThat(register(vector, vector.created("attestationObject")))
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.clause()).isEqualTo(clause);
          assertThat(refused.reason()).isEqualTo(reason);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "none-es256,7.1.24,ATTESTATION_FORMAT_REFUSED",
    "packed-self-es256,7.1.24,ATTESTATION_FORMAT_REFUSED",
    "none-es256-long-credential-id,7.1.24,ATTESTATION_FORMAT_REFUSED",
    "packed-es256,7.1.22 (8.2),ATTESTATION_SIGNATURE_INVALID",
    "packed-ed448,7.1.20,ALGORITHM_NOT_OFFERED",
    "tpm-es256,7.1.21,ATTESTATION_FORMAT_REFUSED",
    "android-key-es256,7.1.21,ATTESTATION_FORMAT_REFUSED",
    "apple-es256,7.1.21,ATTESTATION_FORMAT_REFUSED"
  })
  void register_flagsForged_refused(String name, String clause, Reason reason) {
    W3cVector vector = W3cVector.named(name);

    assertThat(register(vector, withRightFlags(vector, false)))
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .satisfies(refused -> {
          assertThat(refused.clause()).isEqualTo(clause);
          assertThat(refused.reason()).isEqualTo(reason);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"packed-es256", "packed-es384", "packed-es512", "packed-rs256", "packed-eddsa"})
  void register_flagsRightAndSignedAgain_accepts(String name) {
    W3cVector vector = W3cVector.named(name);

    assertThat(register(vector, withRightFlags(vector, true)))
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  /// The signature of fido-u2f does not cover the flags.
  @Test
  void register_u2fWithFlagsRight_accepts() {
    W3cVector vector = W3cVector.named("fido-u2f-es256");

    assertThat(register(vector, withRightFlags(vector, false)))
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({
    "none-es256,ES256",
    "packed-es256,ES256",
    "packed-es384,ES384",
    "packed-es512,ES512",
    "none-es256-long-credential-id,ES256",
    "fido-u2f-es256,ES256"
  })
  void verify_flagsRightAndSignedAgain_accepts(String name, CoseAlgorithm algorithm) {
    W3cVector vector = W3cVector.named(name);
    byte[] data = vector.asserted("authenticatorData").copy();
    data[32] = PRESENT_AND_VERIFIED;
    Bytes clientData = vector.asserted("clientDataJSON");
    Bytes signature =
        sign(
            algorithm, vector.created("credential_private_key"), data, clientData.digest().bytes());
    Bytes id = vector.created("credential_id");

    assertThat(
            new Assertions(PARTY)
                .verify(
                    vector.asserted("challenge"),
                    new CredentialRecord(id, attested(vector).publicKey(), 0, Bytes.EMPTY),
                    new AssertionResponse(id, Bytes.of(data), clientData, signature, null)))
        .isInstanceOf(AssertionOutcome.Accepted.class);
  }

  private static RegistrationOutcome register(W3cVector vector, Bytes attestationObject) {
    return new Registrations(PARTY, AttestationPolicy.of(maker(vector)))
        .verify(
            vector.created("challenge"),
            ALL,
            new RegistrationResponse(
                vector.created("credential_id"),
                vector.created("clientDataJSON"),
                attestationObject),
            NOW);
  }

  /// The section's authority certifies one model at a time: its certificates name none.
  private static TokenMaker maker(W3cVector vector) {
    return new TokenMaker(
        "W3C", List.of(W3cVector.root()), List.of(), Map.of(aaguid(vector), "vector"), false);
  }

  private static UUID aaguid(W3cVector vector) {
    return attested(vector).aaguid();
  }

  private static Bytes withRightFlags(W3cVector vector, boolean signAgain) {
    Map<String, Object> members = RegistrationAttempt.members(vector.created("attestationObject"));
    byte[] data = ((Bytes) Objects.requireNonNull(members.get("authData"))).copy();
    data[32] = PRESENT_AND_VERIFIED | 0x40;
    members.put("authData", Bytes.of(data));
    if (signAgain) {
      Map<String, Object> statement = RegistrationAttempt.statement(members);
      statement.put(
          "sig",
          sign(
              CoseAlgorithm.ES256,
              vector.created("attestation_private_key"),
              data,
              vector.created("clientDataJSON").digest().bytes()));
      members.put("attStmt", statement);
    }
    return CborWriter.write(members);
  }

  private static Bytes sign(CoseAlgorithm algorithm, Bytes privateKey, byte[]... message) {
    try {
      Signature signer =
          Signature.getInstance(
              switch (algorithm) {
                case ES256 -> "SHA256withECDSA";
                case ES384 -> "SHA384withECDSA";
                case ES512 -> "SHA512withECDSA";
                case EDDSA, RS256 -> throw new AssertionError("given otherwise in the section");
              });
      signer.initSign(
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new ECPrivateKeySpec(
                      new BigInteger(1, privateKey.copy()), algorithm.parameters())));
      for (byte[] part : message) {
        signer.update(part);
      }
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static AttestationStatement.Claim claim(W3cVector vector) {
    return new AttestationStatement.Claim(
        object(vector),
        data(vector),
        attested(vector),
        key(vector),
        vector.created("clientDataJSON").digest());
  }

  private static CoseKey key(W3cVector vector) {
    return value(CoseKey.read(attested(vector).key()));
  }

  private static AuthenticatorData.Attested attested(W3cVector vector) {
    return Objects.requireNonNull(data(vector).attested());
  }

  private static AuthenticatorData data(W3cVector vector) {
    return value(AuthenticatorData.read(object(vector).authenticatorData()));
  }

  private static AttestationObject object(W3cVector vector) {
    return value(AttestationObject.read(vector.created("attestationObject")));
  }

  private static <T> T value(Reading<T> reading) {
    return switch (reading) {
      case Reading.Read<T>(T value) -> value;
      case Reading.Malformed<T>(String detail) -> throw new AssertionError(detail);
    };
  }
}

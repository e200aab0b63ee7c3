package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AttestationKey;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.Created;
import io.parano.testkit.GetOptions;
import io.parano.testkit.Got;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.LeafShape;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A maker of software keys whom the policy believes, and one person, Alice, who registers them and
/// signs in with them. The same seed makes the same bytes each time.
final class Workshop {
  static final UUID MODEL = UUID.fromString("9a5c0f5e-0000-4000-8000-706172616e6f");
  static final String ORIGIN = "https://auth.example.org";
  static final RelyingParty PARTY = new RelyingParty("example.org", Set.of(ORIGIN));
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final Bytes CHALLENGE =
      Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  static final Bytes ALICE = Bytes.fromHex("a11cea11cea11cea11cea11cea11ce00");

  private final Random seeded = new Random(20130722);
  private final AttestationAuthority authority =
      authority("Workshop root").withIntermediate("Workshop batch authority");

  AttestationAuthority authority() {
    return authority;
  }

  /// Another authority, of which nobody here has heard.
  AttestationAuthority authority(String name) {
    return AttestationAuthority.make(name, NOW.minus(Duration.ofDays(1)), this::fill);
  }

  TokenMaker maker() {
    return maker(authority);
  }

  static TokenMaker maker(AttestationAuthority authority) {
    return new TokenMaker(
        "Workshop",
        List.of(authority.root()),
        authority.intermediates(),
        Map.of(MODEL, "Workshop key"));
  }

  SecurityKey key() {
    return SecurityKey.make(authority, MODEL, this::fill);
  }

  SecurityKey key(LeafShape shape) {
    return key(authority.batch(shape), AttestationFormat.PACKED);
  }

  SecurityKey key(AttestationFormat format) {
    return key(authority.batch(MODEL), format);
  }

  SecurityKey key(AttestationKey batch, AttestationFormat format) {
    return SecurityKey.make(batch, MODEL, format, this::fill);
  }

  static CreateOptions createOptions() {
    return CreateOptions.of(ORIGIN, PARTY.id(), CHALLENGE, ALICE)
        .withAlgorithms(List.of(KeyAlgorithm.ES256.cose()));
  }

  static GetOptions getOptions(SecurityKey key) {
    return GetOptions.of(ORIGIN, PARTY.id(), CHALLENGE, key.credentialIds(PARTY.id()));
  }

  /// Alice registers the key, as the browser's honest client data say.
  RegistrationAttempt register(SecurityKey key) {
    return register(key, io.parano.testkit.ClientData.create(createOptions()).bytes());
  }

  RegistrationAttempt register(SecurityKey key, Bytes clientData) {
    return register(key.create(createOptions(), clientData).credential());
  }

  RegistrationAttempt register(Created.Credential created) {
    return new RegistrationAttempt(
        maker(),
        CHALLENGE,
        Arrays.stream(KeyAlgorithm.values())
            .map(KeyAlgorithm::cose)
            .collect(Collectors.toUnmodifiableSet()),
        new RegistrationResponse(
            created.credentialId(), created.clientData(), created.attestationObject()),
        NOW);
  }

  /// What the server keeps of a key that Alice registered.
  CredentialRecord enrol(SecurityKey key, KeyAlgorithm algorithm) {
    Created.Credential created =
        key.create(createOptions().withAlgorithms(List.of(algorithm.cose()))).credential();
    VerifiedCredential verified = register(created).accepted();
    return new CredentialRecord(
        verified.credentialId(), verified.publicKey(), verified.signCount(), ALICE);
  }

  /// Alice signs in with the key, as the browser's honest client data say.
  AssertionAttempt signIn(SecurityKey key, CredentialRecord record) {
    return signIn(record, key.get(getOptions(key)).assertion());
  }

  AssertionAttempt signIn(SecurityKey key, CredentialRecord record, Bytes clientData) {
    return signIn(record, key.get(getOptions(key), clientData).assertion());
  }

  AssertionAttempt signIn(CredentialRecord record, Got.Assertion assertion) {
    return new AssertionAttempt(
        CHALLENGE,
        record,
        new AssertionResponse(
            assertion.credentialId(),
            assertion.authenticatorData(),
            assertion.clientData(),
            assertion.signature(),
            assertion.userHandle()));
  }

  void fill(byte[] bytes) {
    seeded.nextBytes(bytes);
  }
}

package io.parano.authn;

import io.parano.authn.ClientData.Ceremony;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies that a new credential lives in a hardware token that we allow: WebAuthn Level 3 section
/// 7.1, step by step in its order (numbers as in the editor's draft of 30 July 2026), and stricter
/// where it leaves the choice: user verification required, no credential that can leave its token,
/// no page in a frame, attestation up to a configured root, and only listed models.
///
/// Steps 1 to 4 happen in the browser; step 26, whether the credential is already somebody's, and
/// step 27, the keeping, are the caller's.
public final class Registrations {
  /// Section 4, "Credential ID": at least 16 bytes; section 6.5.1: at most 1023.
  private static final int LEAST_ID_BYTES = 16;

  private static final int MOST_ID_BYTES = 1023;

  private final RelyingParty relyingParty;
  private final AttestationPolicy policy;
  private final Bytes rpIdHash;

  public Registrations(RelyingParty relyingParty, AttestationPolicy policy) {
    this.relyingParty = relyingParty;
    this.policy = policy;
    this.rpIdHash = rpIdHash(relyingParty);
  }

  static Bytes rpIdHash(RelyingParty relyingParty) {
    return Bytes.of(Digest.of(relyingParty.id().getBytes(StandardCharsets.UTF_8)).bytes());
  }

  /// The COSE numbers of the algorithms to offer, preferred first: EdDSA, ES256, RS256, which
  /// section 5.4 recommends at least.
  public static List<Integer> offered() {
    return List.of(
        CoseAlgorithm.EDDSA.number(), CoseAlgorithm.ES256.number(), CoseAlgorithm.RS256.number());
  }

  /// @param challenge the challenge that was sent
  /// @param offeredAlgorithms the COSE numbers that were sent
  /// @param now against which the attestation certificate's validity is held
  public RegistrationOutcome verify(
      Bytes challenge, Set<Integer> offeredAlgorithms, RegistrationResponse response, Instant now) {
    return switch (ClientData.read(response.clientData())) {
      case Reading.Malformed<ClientData>(String detail) ->
          refused(Reason.CLIENT_DATA_MALFORMED, "7.1.6", detail);
      case Reading.Read<ClientData>(ClientData client) ->
          client
              .refusal(Ceremony.REGISTRATION, challenge, relyingParty)
              .map(Registrations::refused)
              .orElseGet(() -> readObject(offeredAlgorithms, response, now));
    };
  }

  /// Step 13.
  private RegistrationOutcome readObject(
      Set<Integer> offered, RegistrationResponse response, Instant now) {
    return switch (AttestationObject.read(response.attestationObject())) {
      case Reading.Malformed<AttestationObject>(String detail) ->
          refused(Reason.ATTESTATION_MALFORMED, "7.1.13", detail);
      case Reading.Read<AttestationObject>(AttestationObject object) ->
          readData(object, offered, response, now);
    };
  }

  private RegistrationOutcome readData(
      AttestationObject object, Set<Integer> offered, RegistrationResponse response, Instant now) {
    return switch (AuthenticatorData.read(object.authenticatorData())) {
      case Reading.Malformed<AuthenticatorData>(String detail) ->
          refused(Reason.AUTHENTICATOR_DATA_MALFORMED, "7.1.13", detail);
      case Reading.Read<AuthenticatorData>(AuthenticatorData data) -> {
        AuthenticatorData.Attested attested = data.attested();
        yield attested == null
            ? refused(Reason.AUTHENTICATOR_DATA_MALFORMED, "7.1.13", "expected a credential")
            : dataRefusal(data)
                .or(() -> algorithmRefusal(offered, attested.key()))
                .map(Registrations::refused)
                .orElseGet(() -> readKey(object, data, attested, response, now));
      }
    };
  }

  /// Steps 14 to 19.
  private Optional<Refusal> dataRefusal(AuthenticatorData data) {
    return new Clauses()
        .require(
            data.rpIdHash().equals(rpIdHash),
            "7.1.14",
            Reason.RELYING_PARTY_MISMATCH,
            () -> "expected the hash of " + relyingParty.id() + ", found " + data.rpIdHash().hex())
        .require(
            data.userPresent(), "7.1.15", Reason.USER_ABSENT, () -> "the token was not touched")
        .require(
            data.userVerified(),
            "7.1.16",
            Reason.USER_UNVERIFIED,
            () -> "the token asked for no PIN or fingerprint")
        .require(
            data.backupEligible() || !data.backedUp(),
            "7.1.17",
            Reason.BACKUP_FLAGS_INVALID,
            () -> "a credential that cannot be backed up claims to be backed up")
        .require(
            !data.backupEligible(),
            "7.1.18",
            Reason.TOKEN_SYNCABLE,
            () -> "the credential may leave the token for other devices")
        .refusal();
  }

  /// Step 20.
  private static Optional<Refusal> algorithmRefusal(Set<Integer> offered, Cbor.Table key) {
    Optional<Long> number = CoseKey.algorithmNumber(key);
    if (number.isEmpty()) {
      return Optional.of(
          new Refusal(
              Reason.CREDENTIAL_KEY_INVALID, "7.1.20", "the public key names no algorithm"));
    }
    boolean wanted = offered.stream().anyMatch(one -> one.longValue() == number.get());
    return wanted
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Reason.ALGORITHM_NOT_OFFERED,
                "7.1.20",
                "expected one of %s, found %d".formatted(offered, number.get())));
  }

  private RegistrationOutcome readKey(
      AttestationObject object,
      AuthenticatorData data,
      AuthenticatorData.Attested attested,
      RegistrationResponse response,
      Instant now) {
    return switch (CoseKey.read(attested.key())) {
      case Reading.Malformed<CoseKey>(String detail) ->
          refused(Reason.CREDENTIAL_KEY_INVALID, "7.1.20", detail);
      case Reading.Read<CoseKey>(CoseKey key) ->
          judge(
              new AttestationStatement.Claim(
                  object, data, attested, key, response.clientData().digest()),
              response,
              now);
    };
  }

  /// Steps 21 to 24.
  private RegistrationOutcome judge(
      AttestationStatement.Claim claim, RegistrationResponse response, Instant now) {
    return switch (AttestationStatement.judge(claim)) {
      case AttestationStatement.Judged.Refused(Refusal refusal) -> refused(refusal);
      case AttestationStatement.Judged.Sound(AttestationCertificate leaf) ->
          switch (policy.judge(leaf, claim.attested().aaguid(), now)) {
            case AttestationPolicy.Judged.Untrusted(Refusal refusal) -> refused(refusal);
            case AttestationPolicy.Judged.Trusted(String model) ->
                idRefusal(claim.attested().credentialId(), response.credentialId())
                    .or(() -> Extensions.refusal(claim.data().extensions(), "7.1.28"))
                    .map(Registrations::refused)
                    .orElseGet(() -> accepted(claim, model, response));
          };
    };
  }

  /// Step 25, and that both places name the same credential.
  private static Optional<Refusal> idRefusal(Bytes signed, Bytes claimed) {
    return new Clauses()
        .require(
            signed.length() >= LEAST_ID_BYTES && signed.length() <= MOST_ID_BYTES,
            "7.1.25",
            Reason.CREDENTIAL_ID_INVALID,
            () ->
                "expected %d to %d bytes, found %d"
                    .formatted(LEAST_ID_BYTES, MOST_ID_BYTES, signed.length()))
        .require(
            signed.equals(claimed),
            "7.1.25",
            Reason.CREDENTIAL_ID_INVALID,
            () -> "the browser names another credential than the token")
        .refusal();
  }

  private static RegistrationOutcome accepted(
      AttestationStatement.Claim claim, String model, RegistrationResponse response) {
    return new RegistrationOutcome.Accepted(
        new CheckedCredential(
            claim.attested().credentialId(),
            claim.attested().publicKey(),
            claim.attested().aaguid(),
            claim.data().signCount(),
            model,
            response.attestationObject(),
            response.clientData()));
  }

  private static RegistrationOutcome refused(Reason reason, String clause, String detail) {
    return new RegistrationOutcome.Refused(reason, clause, detail);
  }

  private static RegistrationOutcome refused(Refusal refusal) {
    return refused(refusal.reason(), refusal.clause(), refusal.detail());
  }
}

package io.parano.authn;

import io.parano.authn.ClientData.Ceremony;
import io.parano.authn.CoseAlgorithm.SignatureCheck;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import java.util.Optional;

/// Verifies that a known token was touched and unlocked for exactly this challenge: WebAuthn Level
/// 3 section 7.2, step by step in its order (numbers as in the editor's draft of 30 July 2026), and
/// stricter where it leaves the choice: user verification required, no page in a frame, and a
/// counter that does not rise refuses.
///
/// Steps 1 to 4 happen in the browser; step 24, the keeping of the counter, is the caller's.
public final class Assertions {
  /// The P-256 example key of RFC 6979 section A.2.5, as a COSE_Key.
  public static final Bytes NOBODYS_KEY =
      Bytes.fromHex(
          "a5010203262001"
              + "21582060fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
              + "2258207903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");

  private final RelyingParty relyingParty;
  private final Bytes rpIdHash;

  public Assertions(RelyingParty relyingParty) {
    this.relyingParty = relyingParty;
    this.rpIdHash = Registrations.rpIdHash(relyingParty);
  }

  /// @param challenge the challenge that was sent
  /// @param record the credential that the response names, of the person who is signing in; whether
  ///   it is that person's is the caller's first question, and the user handle's second
  public AssertionOutcome verify(
      Bytes challenge, CredentialRecord record, AssertionResponse response) {
    return verify(challenge, record, response, true);
  }

  /// The same for an assertion that was verified once and kept, such as an approval: the counter
  /// has moved on since, and is not compared.
  public AssertionOutcome verifyAgain(
      Bytes challenge, CredentialRecord record, AssertionResponse response) {
    return verify(challenge, record, response, false);
  }

  /// Refuses as [Reason#TOKEN_UNKNOWN] after the work of [#verify], for names and credentials that
  /// nobody has: whoever measures learns nothing.
  public AssertionOutcome verifyNobody(Bytes challenge, AssertionResponse response) {
    return verifyNobody(challenge, response, NOBODYS_KEY);
  }

  /// @param like a COSE_Key of the kind whose work it shall be: an Ed25519 signature takes several
  ///   times as long as an ES256 one, and one in the other's encoding no time at all
  public AssertionOutcome verifyNobody(Bytes challenge, AssertionResponse response, Bytes like) {
    Bytes handle = response.userHandle() == null ? Bytes.EMPTY : response.userHandle();
    CredentialRecord nobody = new CredentialRecord(response.credentialId(), like, 0, handle);
    return switch (verify(challenge, nobody, response)) {
      // Accepted would mean that somebody signed with a published key, or somebody else's token for
      // this name; it is nobody's all the same.
      case AssertionOutcome.Accepted _, AssertionOutcome.Refused _ ->
          new AssertionOutcome.Refused(
              Reason.TOKEN_UNKNOWN, "7.2.6", "nobody was asked for this credential");
    };
  }

  private AssertionOutcome verify(
      Bytes challenge, CredentialRecord record, AssertionResponse response, boolean counted) {
    Optional<Refusal> ownership = ownershipRefusal(record, response);
    if (ownership.isPresent()) {
      // After the same work as for nobody, or the time would tell that the credential is
      // somebody's.
      verifyNobody(challenge, response, record.publicKey());
      return refused(ownership.get());
    }
    return switch (AuthenticatorData.read(response.authenticatorData())) {
      case Reading.Malformed<AuthenticatorData>(String detail) ->
          refused(new Refusal(Reason.AUTHENTICATOR_DATA_MALFORMED, "7.2.7", detail));
      case Reading.Read<AuthenticatorData>(AuthenticatorData data) ->
          switch (ClientData.read(response.clientData())) {
            case Reading.Malformed<ClientData>(String detail) ->
                refused(new Refusal(Reason.CLIENT_DATA_MALFORMED, "7.2.9", detail));
            case Reading.Read<ClientData>(ClientData client) ->
                client
                    .refusal(Ceremony.ASSERTION, challenge, relyingParty)
                    .or(() -> dataRefusal(data))
                    .or(() -> signatureRefusal(record, response))
                    .or(() -> counted ? counterRefusal(record, data) : Optional.empty())
                    .or(() -> Extensions.refusal(data.extensions(), "7.2.23"))
                    .map(Assertions::refused)
                    .orElseGet(() ->
                        new AssertionOutcome.Accepted(
                            new CheckedAssertion(record.credentialId(), data.signCount())));
          };
    };
  }

  /// Steps 5 and 6.
  private static Optional<Refusal> ownershipRefusal(
      CredentialRecord record, AssertionResponse response) {
    Bytes handle = response.userHandle();
    return new Clauses()
        .require(
            response.credentialId().equals(record.credentialId()),
            "7.2.5",
            Reason.TOKEN_UNKNOWN,
            () -> "expected the credential that was asked for")
        .require(
            handle == null || handle.equals(record.userHandle()),
            "7.2.6",
            Reason.USER_HANDLE_MISMATCH,
            () -> "the token says that the credential is another person's")
        .refusal();
  }

  /// Steps 15 to 19. An enrolled credential was never eligible for backup, or it would not have
  /// been enrolled.
  private Optional<Refusal> dataRefusal(AuthenticatorData data) {
    return new Clauses()
        .require(
            data.attested() == null,
            "7.2.7",
            Reason.AUTHENTICATOR_DATA_MALFORMED,
            () -> "an assertion carries no credential (6.1)")
        .require(
            data.rpIdHash().equals(rpIdHash),
            "7.2.15",
            Reason.RELYING_PARTY_MISMATCH,
            () -> "expected the hash of " + relyingParty.id() + ", found " + data.rpIdHash().hex())
        .require(
            data.userPresent(), "7.2.16", Reason.USER_ABSENT, () -> "the token was not touched")
        .require(
            data.userVerified(),
            "7.2.17",
            Reason.USER_UNVERIFIED,
            () -> "the token asked for no PIN or fingerprint")
        .require(
            data.backupEligible() || !data.backedUp(),
            "7.2.18",
            Reason.BACKUP_FLAGS_INVALID,
            () -> "a credential that cannot be backed up claims to be backed up")
        .require(
            !data.backupEligible(),
            "7.2.19",
            Reason.BACKUP_ELIGIBILITY_CHANGED,
            () -> "a credential bound to its token claims that it may leave it")
        .refusal();
  }

  /// Steps 20 and 21.
  private static Optional<Refusal> signatureRefusal(
      CredentialRecord record, AssertionResponse response) {
    return switch (CoseKey.read(record.publicKey())) {
      case Reading.Malformed<CoseKey>(String detail) ->
          Optional.of(new Refusal(Reason.CREDENTIAL_KEY_INVALID, "7.2.21", detail));
      case Reading.Read<CoseKey>(CoseKey key) -> {
        SignatureCheck check =
            key.algorithm()
                .check(
                    key.key(),
                    response.signature(),
                    response.authenticatorData().copy(),
                    response.clientData().digest().bytes());
        yield switch (check) {
          case RIGHT -> Optional.empty();
          case WRONG, KEY_OF_ANOTHER_KIND ->
              Optional.of(
                  new Refusal(
                      Reason.SIGNATURE_INVALID,
                      "7.2.21",
                      "the signature is not this credential's over these bytes"));
        };
      }
    };
  }

  /// Step 22. A token without a counter always says 0.
  private static Optional<Refusal> counterRefusal(CredentialRecord record, AuthenticatorData data) {
    boolean counts = data.signCount() != 0 || record.signCount() != 0;
    return new Clauses()
        .require(
            !counts || data.signCount() > record.signCount(),
            "7.2.22",
            Reason.COUNTER_WENT_BACK,
            () ->
                "expected more than %d, found %d: there may be two of this token"
                    .formatted(record.signCount(), data.signCount()))
        .refusal();
  }

  private static AssertionOutcome refused(Refusal refusal) {
    return new AssertionOutcome.Refused(refusal.reason(), refusal.clause(), refusal.detail());
  }
}

package io.parano.authn;

import io.parano.kernel.Bytes;
import java.util.function.UnaryOperator;

/// One sign-in before it is verified: what the server sent and holds, and what came back.
record AssertionAttempt(Bytes challenge, CredentialRecord held, AssertionResponse response) {
  AssertionOutcome outcome() {
    return new Assertions(Workshop.PARTY).verify(challenge, held, response);
  }

  AssertionAttempt holding(CredentialRecord other) {
    return new AssertionAttempt(challenge, other, response);
  }

  AssertionAttempt holdingCounter(long counter) {
    return holding(
        new CredentialRecord(held.credentialId(), held.publicKey(), counter, held.userHandle()));
  }

  AssertionAttempt with(AssertionResponse other) {
    return new AssertionAttempt(challenge, held, other);
  }

  AssertionAttempt withCredentialId(Bytes other) {
    return with(
        new AssertionResponse(
            other,
            response.authenticatorData(),
            response.clientData(),
            response.signature(),
            response.userHandle()));
  }

  AssertionAttempt withAuthenticatorData(UnaryOperator<Bytes> alteration) {
    return with(
        new AssertionResponse(
            response.credentialId(),
            alteration.apply(response.authenticatorData()),
            response.clientData(),
            response.signature(),
            response.userHandle()));
  }

  AssertionAttempt withClientData(UnaryOperator<Bytes> alteration) {
    return with(
        new AssertionResponse(
            response.credentialId(),
            response.authenticatorData(),
            alteration.apply(response.clientData()),
            response.signature(),
            response.userHandle()));
  }

  AssertionAttempt withSignature(UnaryOperator<Bytes> alteration) {
    return with(
        new AssertionResponse(
            response.credentialId(),
            response.authenticatorData(),
            response.clientData(),
            alteration.apply(response.signature()),
            response.userHandle()));
  }

  AssertionAttempt withUserHandle(Bytes handle) {
    return with(
        new AssertionResponse(
            response.credentialId(),
            response.authenticatorData(),
            response.clientData(),
            response.signature(),
            handle));
  }
}

package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.ClientData;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.SecurityKey;
import java.util.function.UnaryOperator;

/// One line of the tamper table: a sign-in that differs in one thing from one that is accepted, and
/// the one refusal it must get.
///
/// @param ours whether the clause is stricter than webauthn4j, which accepts such an input
/// @param key what is changed on the key before it signs
/// @param clientData what is changed on the client data before they are signed
/// @param sent what is changed on the way
record AssertionRow(
    String clause,
    String condition,
    Reason reason,
    boolean ours,
    UnaryOperator<SecurityKey> key,
    UnaryOperator<Bytes> clientData,
    UnaryOperator<AssertionAttempt> sent) {
  /// Alice enrols a key, and signs in with it as the row says.
  AssertionAttempt tampered(Workshop shop) {
    SecurityKey honest = shop.key();
    CredentialRecord held = shop.enrol(honest, KeyAlgorithm.ES256);
    Bytes collected = ClientData.get(Workshop.getOptions(honest)).bytes();
    return sent.apply(shop.signIn(key.apply(honest), held, clientData.apply(collected)));
  }

  AssertionRow byOurChoice() {
    return new AssertionRow(clause, condition, reason, true, key, clientData, sent);
  }

  @Override
  public String toString() {
    return clause + " " + condition + ": " + reason.code();
  }
}

package io.parano.authn;

import io.parano.kernel.Reason;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AuthenticatorData;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// One line of the tamper table: a registration that differs in one thing from one that is
/// accepted, and the one refusal it must get.
///
/// @param ours whether the clause is stricter than webauthn4j, which accepts such an input
record RegistrationRow(
    String clause,
    String condition,
    Reason reason,
    boolean ours,
    Function<Workshop, RegistrationAttempt> twin,
    Function<Workshop, RegistrationAttempt> tampered) {
  static RegistrationRow of(
      String clause,
      String condition,
      Reason reason,
      Function<Workshop, RegistrationAttempt> tampered) {
    return new RegistrationRow(
        clause, condition, reason, false, shop -> shop.register(shop.key()), tampered);
  }

  /// An honest key's attestation object, altered afterwards.
  static RegistrationRow members(
      String clause, String condition, Reason reason, Consumer<Map<String, Object>> alteration) {
    return of(clause, condition, reason, shop -> shop.register(shop.key()).withMembers(alteration));
  }

  /// An honest key's attestation statement, altered afterwards.
  static RegistrationRow statement(
      String clause, String condition, Reason reason, Consumer<Map<String, Object>> alteration) {
    return of(
        clause, condition, reason, shop -> shop.register(shop.key()).withStatement(alteration));
  }

  /// A key that signs altered authenticator data.
  static RegistrationRow data(
      String clause, String condition, Reason reason, UnaryOperator<AuthenticatorData> defect) {
    return of(clause, condition, reason, shop -> shop.register(shop.key().defective(defect)));
  }

  RegistrationRow byOurChoice() {
    return new RegistrationRow(clause, condition, reason, true, twin, tampered);
  }

  RegistrationRow besideU2f() {
    return besides(shop -> shop.register(shop.key(AttestationFormat.FIDO_U2F)));
  }

  RegistrationRow besides(Function<Workshop, RegistrationAttempt> accepted) {
    return new RegistrationRow(clause, condition, reason, ours, accepted, tampered);
  }

  @Override
  public String toString() {
    return clause + " " + condition + ": " + reason.code();
  }
}

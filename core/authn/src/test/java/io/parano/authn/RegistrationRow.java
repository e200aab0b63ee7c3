package io.parano.authn;

import io.parano.kernel.Reason;
import io.parano.testkit.AttestationFormat;
import java.util.function.Function;

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

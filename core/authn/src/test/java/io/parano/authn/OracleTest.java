package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parano.kernel.Reason;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.SecurityKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our verdicts beside webauthn4j's: nothing that it refuses do we accept, and where it accepts
/// what we refuse, the tamper table says that the clause is our choice.
final class OracleTest {
  private final Workshop shop = new Workshop();

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void accepts_honestKey_asWeDo(KeyAlgorithm algorithm) {
    SecurityKey key = shop.key();
    CreateOptions options = Workshop.createOptions().withAlgorithms(List.of(algorithm.cose()));

    assertThat(Oracle.accepts(shop.register(shop.key().create(options).credential()))).isTrue();
    assertThat(Oracle.accepts(shop.signIn(key, shop.enrol(key, algorithm)))).isTrue();
  }

  /// The library wants U2F tokens to claim no model, and we want a listed one: all other clauses
  /// agree when the model is the last thing that we refuse.
  @Test
  void accepts_u2fWithoutModel_whereWeRefuseTheModelAlone() {
    UUID none = new UUID(0, 0);
    SecurityKey key =
        SecurityKey.make(
            shop.authority().batch(none), none, AttestationFormat.FIDO_U2F, shop::fill);
    RegistrationAttempt attempt = shop.register(key);

    assertThat(Oracle.accepts(attempt)).isTrue();
    assertThat(attempt.outcome())
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .extracting(RegistrationOutcome.Refused::reason)
        .isEqualTo(Reason.TOKEN_MODEL_NOT_ALLOWED);
  }

  @Test
  void accepts_tamperedRegistrations_onlyWhereTheChoiceIsOurs() {
    List<RegistrationRow> rows = RegistrationTable.rows();

    assertThat(rows.stream().filter(row -> Oracle.accepts(row.tampered().apply(shop))))
        .containsExactlyElementsOf(rows.stream().filter(RegistrationRow::ours).toList());
  }

  @Test
  void accepts_tamperedAssertions_onlyWhereTheChoiceIsOurs() {
    List<AssertionRow> rows = AssertionTable.rows();

    assertThat(rows.stream().filter(row -> Oracle.accepts(row.tampered(shop))))
        .containsExactlyElementsOf(rows.stream().filter(AssertionRow::ours).toList());
  }
}

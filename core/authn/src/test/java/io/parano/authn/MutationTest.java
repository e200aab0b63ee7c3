package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parano.kernel.Bytes;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AttestationKey;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.LeafShape;
import io.parano.testkit.SecurityKey;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Thousands of random mutations of accepted messages, the same ones each run. Whatever comes, the
/// answer is an outcome and no exception; and what is accepted says, in what is signed, exactly
/// what the token said; webauthn4j agrees on each that is.
final class MutationTest {
  private static final int ROUNDS = 1_000;

  private final Workshop shop = new Workshop();
  private final Random random = new Random(25);

  /// The token presents its own certificate alone: what else it could present we do not use, while
  /// the library does.
  @Test
  void registrations_mutated_neverThrowAndNeverSayMore() {
    AttestationKey batch = shop.authority().batch(Workshop.MODEL);
    AttestationKey bare = batch.presenting(batch.certificates().subList(0, 1));

    mutateRegistrations(
        shop.register(shop.key(bare, AttestationFormat.PACKED)),
        MutationTest::authenticatorData,
        true);
  }

  @Test
  void registrationsWithChain_mutated_neverThrowAndNeverSayMore() {
    mutateRegistrations(shop.register(shop.key()), MutationTest::authenticatorData, false);
  }

  /// This format's signature leaves out flags and counter (section 8.6).
  @Test
  void u2fRegistrations_mutated_neverThrowAndNeverSayMore() {
    mutateRegistrations(
        shop.register(shop.key(AttestationFormat.FIDO_U2F)),
        object -> Objects.requireNonNull(authenticatorData(object).attested()),
        false);
  }

  @Test
  void assertions_mutated_neverThrowAndNeverSayMore() {
    List<AssertionAttempt> honest = Arrays.stream(KeyAlgorithm.values()).map(this::signIn).toList();

    for (int round = 0; round < ROUNDS; round++) {
      AssertionAttempt original = honest.get(round % honest.size());
      AssertionAttempt mutated = mutate(original, round);
      AssertionOutcome outcome = verify(mutated, round);
      if (outcome instanceof AssertionOutcome.Accepted) {
        assertThat(mutated.response().authenticatorData())
            .as("round " + round)
            .isEqualTo(original.response().authenticatorData());
        assertThat(mutated.response().clientData())
            .as("round " + round)
            .isEqualTo(original.response().clientData());
        assertThat(Oracle.accepts(mutated)).as("round " + round).isTrue();
      }
    }
  }

  /// What a token presents as its certificate is parsed before anybody has vouched for it.
  @Test
  void certificates_mutated_neverThrowAndCertifyNothingElse() {
    AttestationPolicy policy = AttestationPolicy.of(shop.maker());
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      Bytes honest =
          shop.authority()
              .batch(LeafShape.of(Workshop.MODEL).algorithm(algorithm))
              .certificates()
              .getFirst();
      for (int round = 0; round < ROUNDS; round++) {
        Bytes mutated = mutate(honest);
        if (trusted(mutated, policy, round)) {
          assertThat(certified(mutated)).as("round " + round).isEqualTo(certified(honest));
        }
      }
    }
  }

  private static boolean trusted(Bytes der, AttestationPolicy policy, int round) {
    try {
      return switch (AttestationCertificate.read(der)) {
        case Reading.Malformed<AttestationCertificate> _ -> false;
        case Reading.Read<AttestationCertificate>(AttestationCertificate leaf) -> {
          for (CoseAlgorithm algorithm : CoseAlgorithm.values()) {
            algorithm.check(leaf.publicKey(), Tampering.zeros(64), new byte[32]);
          }
          yield leaf.packedRefusal().isEmpty()
              && leaf.model().equals(Optional.of(Workshop.MODEL))
              && policy.judge(leaf, Workshop.MODEL, Workshop.NOW)
                  instanceof AttestationPolicy.Judged.Trusted;
        }
      };
    } catch (RuntimeException e) {
      return fail("round " + round + ": " + der, e);
    }
  }

  /// What the issuer signed. Its signature's count of unused bits, which some real tokens have
  /// wrong, the JDK does not read.
  private static Bytes certified(Bytes der) {
    return switch (AttestationCertificate.read(der)) {
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          throw new AssertionError(detail);
      case Reading.Read<AttestationCertificate>(AttestationCertificate read) -> {
        try {
          yield Bytes.of(read.certificate().getTBSCertificate());
        } catch (CertificateEncodingException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private AssertionAttempt signIn(KeyAlgorithm algorithm) {
    SecurityKey key = shop.key();
    return shop.signIn(key, shop.enrol(key, algorithm));
  }

  private void mutateRegistrations(
      RegistrationAttempt original, Function<Bytes, Object> signed, boolean askOracle) {
    Object said = signed.apply(original.response().attestationObject());
    for (int round = 0; round < ROUNDS; round++) {
      RegistrationAttempt mutated =
          round % 3 == 0
              ? original.withClientData(mutate(original.response().clientData()))
              : original.withObject(this::mutate);
      if (verify(mutated, round) instanceof RegistrationOutcome.Accepted) {
        assertThat(mutated.response().clientData())
            .as("round " + round)
            .isEqualTo(original.response().clientData());
        assertThat(signed.apply(mutated.response().attestationObject()))
            .as("round " + round)
            .isEqualTo(said);
        assertThat(!askOracle || Oracle.accepts(mutated)).as("round " + round).isTrue();
      }
    }
  }

  private static RegistrationOutcome verify(RegistrationAttempt attempt, int round) {
    try {
      return attempt.outcome();
    } catch (RuntimeException e) {
      return fail("round " + round + ": " + attempt.response(), e);
    }
  }

  private static AssertionOutcome verify(AssertionAttempt attempt, int round) {
    try {
      return attempt.outcome();
    } catch (RuntimeException e) {
      return fail("round " + round + ": " + attempt.response(), e);
    }
  }

  private AssertionAttempt mutate(AssertionAttempt original, int round) {
    return switch (round % 4) {
      case 0 -> original.withAuthenticatorData(this::mutate);
      case 1 -> original.withClientData(this::mutate);
      case 2 -> original.withSignature(this::mutate);
      default ->
          original.holding(
              new CredentialRecord(
                  original.held().credentialId(),
                  mutate(original.held().publicKey()),
                  original.held().signCount(),
                  original.held().userHandle()));
    };
  }

  /// One to three of: a bit flipped, a byte replaced, a byte inserted, bytes deleted, bytes
  /// repeated, the end cut off.
  private Bytes mutate(Bytes bytes) {
    byte[] mutated = bytes.copy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutated = mutated.length == 0 ? new byte[1] : mutateOnce(mutated);
    }
    return Bytes.of(mutated);
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(8), bytes.length - at);
    return switch (random.nextInt(6)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> join(slice(bytes, 0, at), new byte[] {(byte) random.nextInt(256)}, tail(bytes, at));
      case 3 -> join(slice(bytes, 0, at), tail(bytes, at + length));
      case 4 -> join(slice(bytes, 0, at + length), tail(bytes, at));
      default -> slice(bytes, 0, at);
    };
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return slice(bytes, from, bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static AuthenticatorData authenticatorData(Bytes attestationObject) {
    return switch (AttestationObject.read(attestationObject)) {
      case Reading.Malformed<AttestationObject>(String detail) -> throw new AssertionError(detail);
      case Reading.Read<AttestationObject>(AttestationObject object) ->
          switch (AuthenticatorData.read(object.authenticatorData())) {
            case Reading.Malformed<AuthenticatorData>(String detail) ->
                throw new AssertionError(detail);
            case Reading.Read<AuthenticatorData>(AuthenticatorData data) -> data;
          };
    };
  }
}

package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AttestationKey;
import io.parano.testkit.ChromiumToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a real browser sends, recorded from Chromium's virtual authenticator.
final class ChromiumTest {
  private static final RelyingParty PARTY =
      new RelyingParty("localhost", Set.of("http://localhost:18691"));
  private static final Bytes CHALLENGE = Tampering.zeros(32);
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final TokenMaker CHROMIUM =
      new TokenMaker(
          "Chromium",
          List.of(ChromiumToken.certificate()),
          List.of(),
          Map.of(ChromiumToken.MODEL, "virtual authenticator"),
          false);

  record Recorded(String what, RegistrationResponse registration, AssertionResponse assertion) {
    static Recorded of(String line) {
      String[] fields = line.split("\t", -1);
      Bytes id = Bytes.fromHex(fields[3]);
      return new Recorded(
          fields[0],
          new RegistrationResponse(id, Bytes.fromHex(fields[1]), Bytes.fromHex(fields[2])),
          new AssertionResponse(
              id,
              Bytes.fromHex(fields[5]),
              Bytes.fromHex(fields[4]),
              Bytes.fromHex(fields[6]),
              null));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Recorded> ctap2() {
    return recorded().stream().filter(one -> one.what().startsWith("ctap2")).toList();
  }

  @ParameterizedTest
  @MethodSource("ctap2")
  void verify_registrationAndAssertion_accepts(Recorded recorded) {
    RegistrationOutcome registration = register(CHROMIUM, recorded);
    assertThat(registration).isInstanceOf(RegistrationOutcome.Accepted.class);
    VerifiedCredential credential = ((RegistrationOutcome.Accepted) registration).credential();

    assertThat(
            new Assertions(PARTY)
                .verify(
                    CHALLENGE,
                    new CredentialRecord(
                        credential.credentialId(),
                        credential.publicKey(),
                        credential.signCount(),
                        Bytes.EMPTY),
                    recorded.assertion()))
        .isInstanceOf(AssertionOutcome.Accepted.class);
  }

  @Test
  void verify_u2fToken_refusesForThePinThatItCannotAskFor() {
    assertRefused(CHROMIUM, recorded().getLast(), Reason.USER_UNVERIFIED);
  }

  @Test
  void verify_makerUnknown_refuses() {
    assertRefused(YubicoModels.maker(), ctap2().getFirst(), Reason.ATTESTATION_ROOT_UNKNOWN);
  }

  /// Whoever has such a token's key must not issue others in its name.
  @Test
  void verify_issuedByABelievedToken_refuses() {
    Workshop shop = new Workshop();
    AttestationKey token = shop.authority().batch(Workshop.MODEL);
    TokenMaker believed =
        new TokenMaker(
            "Token", List.of(token.certificates().getFirst()), List.of(), shop.maker().models());
    AttestationKey issued = shop.authority().abusedBy(token).batch(Workshop.MODEL);

    assertThat(
            shop.register(shop.key(token, AttestationFormat.PACKED)).believing(believed).outcome())
        .isInstanceOf(RegistrationOutcome.Accepted.class);
    assertThat(
            shop.register(shop.key(issued, AttestationFormat.PACKED)).believing(believed).outcome())
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .extracting(RegistrationOutcome.Refused::reason)
        .isEqualTo(Reason.ATTESTATION_ROOT_UNKNOWN);
  }

  /// A certificate that names the believed key, but was not made by it.
  @Test
  void judge_believedNameAndKeyButForgedContent_refuses() {
    Bytes forged =
        Bytes.fromHex(
            ChromiumToken.certificate()
                .hex()
                // 461119013919Z, the end of its validity
                .replace("343631313139303133393139", "343531313139303133393139"));

    assertThat(forged).isNotEqualTo(ChromiumToken.certificate());
    assertThat(judge(ChromiumToken.certificate()))
        .isInstanceOf(AttestationPolicy.Judged.Trusted.class);
    assertThat(judge(forged)).isInstanceOf(AttestationPolicy.Judged.Untrusted.class);
  }

  private static AttestationPolicy.Judged judge(Bytes der) {
    return switch (AttestationCertificate.read(der)) {
      case Reading.Read<AttestationCertificate>(AttestationCertificate leaf) ->
          AttestationPolicy.of(CHROMIUM).judge(leaf, ChromiumToken.MODEL, NOW);
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          throw new AssertionError(detail);
    };
  }

  private static void assertRefused(TokenMaker believed, Recorded recorded, Reason reason) {
    assertThat(register(believed, recorded))
        .asInstanceOf(type(RegistrationOutcome.Refused.class))
        .extracting(RegistrationOutcome.Refused::reason)
        .isEqualTo(reason);
  }

  private static RegistrationOutcome register(TokenMaker believed, Recorded recorded) {
    return new Registrations(PARTY, AttestationPolicy.of(believed))
        .verify(CHALLENGE, Set.of(-8, -7, -257), recorded.registration(), NOW);
  }

  private static List<Recorded> recorded() {
    try (InputStream in =
        Objects.requireNonNull(ChromiumTest.class.getResourceAsStream("chromium/recorded.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Recorded::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

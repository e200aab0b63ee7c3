package io.parano.authn;

import static io.parano.authn.Workshop.MODEL;
import static io.parano.authn.Workshop.NOW;
import static io.parano.kernel.Reason.ATTESTATION_CERTIFICATE_INVALID;
import static io.parano.kernel.Reason.ATTESTATION_FORMAT_REFUSED;
import static io.parano.kernel.Reason.ATTESTATION_MALFORMED;
import static io.parano.kernel.Reason.ATTESTATION_MODEL_MISMATCH;
import static io.parano.kernel.Reason.ATTESTATION_ROOT_UNKNOWN;
import static io.parano.kernel.Reason.ATTESTATION_SIGNATURE_INVALID;
import static io.parano.kernel.Reason.TOKEN_MODEL_NOT_ALLOWED;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.AttestationFormat;
import io.parano.testkit.AttestationKey;
import io.parano.testkit.AuthenticatorData;
import io.parano.testkit.KeyAlgorithm;
import io.parano.testkit.LeafShape;
import io.parano.testkit.SecurityKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every clause about attestation (WebAuthn Level 3 steps 7.1.21 to 7.1.24, and sections 8.2, 8.2.1
/// and 8.6), broken alone.
final class AttestationTable {
  private static final UUID OTHER_MODEL = UUID.fromString("0badc0de-0000-4000-8000-000000000000");

  private AttestationTable() {}

  static List<RegistrationRow> rows() {
    return Stream.of(formatRows(), packedRows(), certificateRows(), u2fRows(), trustRows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<RegistrationRow> formatRows() {
    return List.of(
        RegistrationRow.of(
                "7.1.24",
                "no attestation",
                ATTESTATION_FORMAT_REFUSED,
                shop -> shop.register(shop.key(AttestationFormat.NONE)))
            .byOurChoice(),
        RegistrationRow.of(
                "7.1.24",
                "self attestation",
                ATTESTATION_FORMAT_REFUSED,
                shop -> shop.register(shop.key(AttestationFormat.PACKED_SELF)))
            .byOurChoice(),
        RegistrationRow.members(
            "7.1.21", "another format", ATTESTATION_FORMAT_REFUSED, m -> m.put("fmt", "tpm")),
        RegistrationRow.members(
            "7.1.21",
            "format in capitals",
            ATTESTATION_FORMAT_REFUSED,
            m -> m.put("fmt", "Packed")));
  }

  private static List<RegistrationRow> packedRows() {
    String clause = "7.1.22 (8.2)";
    return List.of(
        RegistrationRow.statement(clause, "no alg", ATTESTATION_MALFORMED, s -> s.remove("alg")),
        RegistrationRow.statement(clause, "no sig", ATTESTATION_MALFORMED, s -> s.remove("sig")),
        RegistrationRow.statement(
            clause, "x5c empty", ATTESTATION_MALFORMED, s -> s.put("x5c", List.of())),
        RegistrationRow.statement(
            clause, "x5c a text", ATTESTATION_MALFORMED, s -> s.put("x5c", "x")),
        RegistrationRow.statement(
            clause, "x5c of texts", ATTESTATION_MALFORMED, s -> s.put("x5c", List.of("x"))),
        RegistrationRow.statement(
            clause,
            "no certificate in x5c",
            ATTESTATION_MALFORMED,
            s -> s.put("x5c", List.of(Bytes.fromHex("3000")))),
        RegistrationRow.statement(
                clause,
                "certificate in PEM",
                ATTESTATION_MALFORMED,
                s -> s.put("x5c", List.of(pem(leaf(s)))))
            .byOurChoice(),
        RegistrationRow.statement(
                clause,
                "byte after the certificate",
                ATTESTATION_MALFORMED,
                s -> s.put("x5c", List.of(Tampering.append(leaf(s), "00"))))
            .byOurChoice(),
        RegistrationRow.statement(
            clause,
            "six certificates",
            ATTESTATION_MALFORMED,
            s -> s.put("x5c", Collections.nCopies(6, leaf(s)))),
        RegistrationRow.statement(
                clause, "one member more", ATTESTATION_MALFORMED, s -> s.put("ecdaaKeyId", "x"))
            .byOurChoice(),
        RegistrationRow.statement(
            clause,
            "signature altered",
            ATTESTATION_SIGNATURE_INVALID,
            s -> Tampering.flip(s, "sig", -1)),
        RegistrationRow.statement(
            clause,
            "signature no DER",
            ATTESTATION_SIGNATURE_INVALID,
            s -> s.put("sig", Tampering.zeros(64))),
        RegistrationRow.statement(
            clause,
            "signature of 2000 bytes",
            ATTESTATION_SIGNATURE_INVALID,
            s -> s.put("sig", Tampering.zeros(2000))),
        RegistrationRow.statement(
            clause, "algorithm unknown", ATTESTATION_SIGNATURE_INVALID, s -> s.put("alg", -65535)),
        RegistrationRow.statement(
            clause,
            "algorithm of another curve",
            ATTESTATION_CERTIFICATE_INVALID,
            s -> s.put("alg", -35)),
        RegistrationRow.of(
            clause,
            "signature over other client data",
            ATTESTATION_SIGNATURE_INVALID,
            shop -> {
              RegistrationAttempt honest = shop.register(shop.key());
              return honest.withClientData(
                  Tampering.replace(honest.response().clientData(), "}", ",\"x\":1}"));
            }),
        RegistrationRow.members(
            clause,
            "authenticator data altered",
            ATTESTATION_SIGNATURE_INVALID,
            m -> Tampering.flip(m, "authData", 36)),
        RegistrationRow.of(
            clause,
            "certificate for another model",
            ATTESTATION_MODEL_MISMATCH,
            shop -> shop.register(shop.key(LeafShape.of(OTHER_MODEL)))),
        RegistrationRow.of(
            clause,
            "model wrapped in one OCTET STRING",
            ATTESTATION_MODEL_MISMATCH,
            shop -> shop.register(shop.key(LeafShape.of(MODEL).aaguidWrappedOnce()))));
  }

  private static List<RegistrationRow> certificateRows() {
    return List.of(
        certificate("version 1", LeafShape.of(MODEL).version1()),
        certificate("no country", LeafShape.of(MODEL).country(null)),
        certificate("country in small letters", LeafShape.of(MODEL).country("fr")).byOurChoice(),
        certificate("no organization", LeafShape.of(MODEL).organization(null)),
        certificate("no unit", LeafShape.of(MODEL).unit(null)),
        certificate("another unit", LeafShape.of(MODEL).unit("YubiKey PIV Attestation")),
        certificate("unit with a space", LeafShape.of(MODEL).unit("Authenticator Attestation ")),
        certificate("no common name", LeafShape.of(MODEL).commonName(null)),
        certificate("model extension critical", LeafShape.of(MODEL).aaguidCritical()),
        certificate("certificate authority", LeafShape.of(MODEL).certificateAuthority()));
  }

  private static List<RegistrationRow> u2fRows() {
    String clause = "7.1.22 (8.6)";
    return List.of(
        u2f(
            clause,
            "two certificates",
            ATTESTATION_MALFORMED,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withStatement(s -> s.put("x5c", List.of(leaf(s), leaf(s))))),
        u2f(
            clause,
            "no signature",
            ATTESTATION_MALFORMED,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withStatement(s -> s.remove("sig"))),
        u2f(
            clause,
            "one member more",
            ATTESTATION_MALFORMED,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withStatement(s -> s.put("alg", -7))),
        u2f(
            clause,
            "signature altered",
            ATTESTATION_SIGNATURE_INVALID,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withStatement(s -> Tampering.flip(s, "sig", -1))),
        u2f(
            clause,
            "credential id altered",
            ATTESTATION_SIGNATURE_INVALID,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withMembers(m -> Tampering.flip(m, "authData", 56))),
        u2f(
            clause,
            "certificate over P-384",
            ATTESTATION_CERTIFICATE_INVALID,
            shop ->
                shop.register(
                    shop.key(
                        shop.authority().batch(LeafShape.of(MODEL).algorithm(KeyAlgorithm.ES384)),
                        AttestationFormat.FIDO_U2F))),
        u2f(
            clause,
            "certificate authority",
            ATTESTATION_CERTIFICATE_INVALID,
            shop ->
                shop.register(
                    shop.key(
                        shop.authority().batch(LeafShape.of(MODEL).certificateAuthority()),
                        AttestationFormat.FIDO_U2F))),
        u2f(
            clause,
            "claimed model altered",
            ATTESTATION_MODEL_MISMATCH,
            shop ->
                shop.register(shop.key(AttestationFormat.FIDO_U2F))
                    .withMembers(m -> Tampering.flip(m, "authData", 40))),
        u2f(
            clause,
            "signature over a point that is not the key's",
            ATTESTATION_SIGNATURE_INVALID,
            shop ->
                shop.register(
                    shop.key(AttestationFormat.FIDO_U2F)
                        .defective(d -> d.withAttested(withKey(d, anotherKey(shop)))))),
        u2f(
            clause,
            "credential of another algorithm",
            ATTESTATION_MALFORMED,
            shop ->
                shop.register(
                    shop.key(AttestationFormat.FIDO_U2F)
                        .defective(
                            d -> d.withAttested(withKey(d, coseOf(shop, KeyAlgorithm.ES384)))))));
  }

  private static List<RegistrationRow> trustRows() {
    return List.of(
        trust(
            "unknown root",
            ATTESTATION_ROOT_UNKNOWN,
            shop ->
                shop.register(shop.key())
                    .believing(Workshop.maker(shop.authority("Another root")))),
        trust(
            "root of the same name with another key",
            ATTESTATION_ROOT_UNKNOWN,
            shop -> {
              AttestationAuthority forged =
                  shop.authority("Workshop root").withIntermediate("Workshop batch authority");
              return shop.register(SecurityKey.make(forged, MODEL, shop::fill));
            }),
        trust(
                "intermediate that only the token presents",
                ATTESTATION_ROOT_UNKNOWN,
                shop ->
                    shop.register(shop.key())
                        .believing(
                            new TokenMaker(
                                "Workshop",
                                List.of(shop.authority().root()),
                                List.of(),
                                Map.of(MODEL, "Workshop key"))))
            .byOurChoice(),
        trust(
            "expired",
            ATTESTATION_CERTIFICATE_INVALID,
            shop ->
                shop.register(
                    shop.key(
                        LeafShape.of(MODEL)
                            .validBetween(
                                NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1)))))),
        trust(
            "not yet valid",
            ATTESTATION_CERTIFICATE_INVALID,
            shop ->
                shop.register(
                    shop.key(
                        LeafShape.of(MODEL)
                            .validBetween(
                                NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)))))),
        trust(
            "authority expired",
            ATTESTATION_ROOT_UNKNOWN,
            shop ->
                shop.register(
                        shop.key(
                            LeafShape.of(MODEL).validBetween(NOW, NOW.plus(Duration.ofDays(9000)))))
                    .at(NOW.plus(Duration.ofDays(8000)))),
        trust(
            "issued by another token",
            ATTESTATION_ROOT_UNKNOWN,
            shop -> {
              AttestationKey token = shop.authority().batch(MODEL);
              return shop.register(
                  SecurityKey.make(shop.authority().abusedBy(token), MODEL, shop::fill));
            }),
        trust(
                "four authorities deep",
                ATTESTATION_ROOT_UNKNOWN,
                shop -> {
                  AttestationAuthority deep =
                      shop.authority()
                          .withIntermediate("Two")
                          .withIntermediate("Three")
                          .withIntermediate("Four");
                  return shop.register(SecurityKey.make(deep, MODEL, shop::fill))
                      .believing(Workshop.maker(deep));
                })
            .byOurChoice(),
        trust(
                "model not on the list",
                TOKEN_MODEL_NOT_ALLOWED,
                shop -> shop.register(SecurityKey.make(shop.authority(), OTHER_MODEL, shop::fill)))
            .byOurChoice(),
        trust(
                "model zero",
                TOKEN_MODEL_NOT_ALLOWED,
                shop ->
                    shop.register(SecurityKey.make(shop.authority(), new UUID(0, 0), shop::fill)))
            .byOurChoice(),
        trust(
                "model not certified by a maker of several",
                ATTESTATION_MODEL_MISMATCH,
                shop -> shop.register(shop.key(LeafShape.of(MODEL).aaguid(null))))
            .byOurChoice());
  }

  private static RegistrationRow certificate(String condition, LeafShape shape) {
    return RegistrationRow.of(
        "7.1.22 (8.2.1)",
        condition,
        ATTESTATION_CERTIFICATE_INVALID,
        shop -> shop.register(shop.key(shape)));
  }

  private static RegistrationRow u2f(
      String clause,
      String condition,
      Reason reason,
      Function<Workshop, RegistrationAttempt> tampered) {
    return RegistrationRow.of(clause, condition, reason, tampered).besideU2f();
  }

  private static RegistrationRow trust(
      String condition, Reason reason, Function<Workshop, RegistrationAttempt> tampered) {
    return RegistrationRow.of("7.1.24", condition, reason, tampered);
  }

  private static Bytes anotherKey(Workshop shop) {
    return coseOf(shop, KeyAlgorithm.ES256);
  }

  private static Bytes coseOf(Workshop shop, KeyAlgorithm algorithm) {
    return shop.enrol(shop.key(), algorithm).publicKey();
  }

  private static AuthenticatorData.Attested withKey(AuthenticatorData d, Bytes key) {
    AuthenticatorData.Attested a = Objects.requireNonNull(d.attested());
    return new AuthenticatorData.Attested(a.aaguid(), a.credentialId(), key);
  }

  private static Bytes leaf(Map<String, Object> statement) {
    return (Bytes) ((List<?>) Objects.requireNonNull(statement.get("x5c"))).getFirst();
  }

  private static Bytes pem(Bytes der) {
    return Bytes.of(
        ("-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(der.copy())
                + "\n-----END CERTIFICATE-----\n")
            .getBytes(StandardCharsets.US_ASCII));
  }
}

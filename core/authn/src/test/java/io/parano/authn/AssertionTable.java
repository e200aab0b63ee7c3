package io.parano.authn;

import static io.parano.authn.Workshop.CHALLENGE;
import static io.parano.kernel.Reason.AUTHENTICATOR_DATA_MALFORMED;
import static io.parano.kernel.Reason.BACKUP_ELIGIBILITY_CHANGED;
import static io.parano.kernel.Reason.BACKUP_FLAGS_INVALID;
import static io.parano.kernel.Reason.CEREMONY_TYPE_WRONG;
import static io.parano.kernel.Reason.CHALLENGE_MISMATCH;
import static io.parano.kernel.Reason.CLIENT_DATA_MALFORMED;
import static io.parano.kernel.Reason.COUNTER_WENT_BACK;
import static io.parano.kernel.Reason.CREDENTIAL_KEY_INVALID;
import static io.parano.kernel.Reason.CROSS_ORIGIN;
import static io.parano.kernel.Reason.EXTENSION_UNSOLICITED;
import static io.parano.kernel.Reason.ORIGIN_UNEXPECTED;
import static io.parano.kernel.Reason.RELYING_PARTY_MISMATCH;
import static io.parano.kernel.Reason.SIGNATURE_INVALID;
import static io.parano.kernel.Reason.TOKEN_UNKNOWN;
import static io.parano.kernel.Reason.USER_ABSENT;
import static io.parano.kernel.Reason.USER_HANDLE_MISMATCH;
import static io.parano.kernel.Reason.USER_UNVERIFIED;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.AuthenticatorData;
import io.parano.testkit.CborWriter;
import io.parano.testkit.KeyAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Every clause of WebAuthn Level 3 section 7.2 that can refuse, broken alone.
final class AssertionTable {
  private AssertionTable() {}

  static List<AssertionRow> rows() {
    return Stream.of(credentialRows(), clientDataRows(), dataRows(), signatureRows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<AssertionRow> credentialRows() {
    return List.of(
        sent(
            "7.2.5",
            "credential that was not asked for",
            TOKEN_UNKNOWN,
            a -> a.withCredentialId(Tampering.zeros(32))),
        sent(
                "7.2.6",
                "handle of another person",
                USER_HANDLE_MISMATCH,
                a -> a.withUserHandle(Bytes.fromHex("b0b0")))
            .byOurChoice(),
        sent("7.2.6", "empty handle", USER_HANDLE_MISMATCH, a -> a.withUserHandle(Bytes.EMPTY))
            .byOurChoice());
  }

  private static List<AssertionRow> clientDataRows() {
    return List.of(
        client("7.2.9", "no JSON", CLIENT_DATA_MALFORMED, bytes -> Tampering.utf8("hello")),
        client("7.2.9", "empty", CLIENT_DATA_MALFORMED, bytes -> Bytes.EMPTY),
        client("7.2.9", "no UTF-8", CLIENT_DATA_MALFORMED, bytes -> Tampering.append(bytes, "ff")),
        client(
                "7.2.9",
                "challenge given twice",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, "{", "{\"challenge\":\"AAAA\","))
            .byOurChoice(),
        client(
                "7.2.9",
                "over 4096 bytes",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, "{", "{\"x\":\"" + "x".repeat(4096) + "\","))
            .byOurChoice(),
        client(
            "7.2.10",
            "type of a registration",
            CEREMONY_TYPE_WRONG,
            bytes -> Tampering.replace(bytes, "webauthn.get", "webauthn.create")),
        client(
            "7.2.10",
            "type of a payment",
            CEREMONY_TYPE_WRONG,
            bytes -> Tampering.replace(bytes, "webauthn.get", "payment.get")),
        client(
            "7.2.11",
            "challenge of another ceremony",
            CHALLENGE_MISMATCH,
            bytes ->
                Tampering.replace(
                    bytes, CHALLENGE.base64Url(), Tampering.flip(CHALLENGE, 31).base64Url())),
        client(
            "7.2.11",
            "challenge cut off",
            CHALLENGE_MISMATCH,
            bytes ->
                Tampering.replace(
                    bytes, CHALLENGE.base64Url(), CHALLENGE.base64Url().substring(4))),
        client(
            "7.2.12",
            "origin of a phisher",
            ORIGIN_UNEXPECTED,
            bytes -> Tampering.replace(bytes, "auth.example.org", "auth.examp1e.org")),
        client(
            "7.2.13",
            "in a frame",
            CROSS_ORIGIN,
            bytes -> Tampering.replace(bytes, ":false", ":true")),
        client(
            "7.2.14",
            "in a frame of a named page",
            CROSS_ORIGIN,
            bytes ->
                Tampering.replace(
                    bytes, ":false", ":false,\"topOrigin\":\"https://evil.example\"")));
  }

  private static List<AssertionRow> dataRows() {
    return List.of(
        sent(
            "7.2.7",
            "36 bytes",
            AUTHENTICATOR_DATA_MALFORMED,
            a -> a.withAuthenticatorData(bytes -> Tampering.truncate(bytes, 1))),
        data(
            "7.2.7",
            "trailing byte",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withRest(Bytes.fromHex("00"))),
        data(
            "7.2.7",
            "over 4096 bytes",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withRest(Tampering.zeros(4096))),
        data(
            "7.2.7",
            "a credential",
            AUTHENTICATOR_DATA_MALFORMED,
            d ->
                d.with(AuthenticatorData.ATTESTED)
                    .withAttested(
                        new AuthenticatorData.Attested(
                            new UUID(0, 0), Tampering.zeros(32), CborWriter.write(Map.of(1, 2))))),
        data(
                "7.2.7",
                "announced extensions missing",
                AUTHENTICATOR_DATA_MALFORMED,
                d -> d.with(AuthenticatorData.EXTENSIONS))
            .byOurChoice(),
        data(
            "7.2.15",
            "hash of another relying party",
            RELYING_PARTY_MISMATCH,
            d -> d.withRpIdHash(Tampering.flip(d.rpIdHash(), 0))),
        data("7.2.16", "UP clear", USER_ABSENT, d -> d.without(AuthenticatorData.USER_PRESENT)),
        data(
            "7.2.17", "UV clear", USER_UNVERIFIED, d -> d.without(AuthenticatorData.USER_VERIFIED)),
        data(
            "7.2.18",
            "BS without BE",
            BACKUP_FLAGS_INVALID,
            d -> d.with(AuthenticatorData.BACKUP_STATE)),
        data(
            "7.2.19",
            "BE",
            BACKUP_ELIGIBILITY_CHANGED,
            d -> d.with(AuthenticatorData.BACKUP_ELIGIBLE)),
        data(
            "7.2.19",
            "BE and BS",
            BACKUP_ELIGIBILITY_CHANGED,
            d -> d.with(AuthenticatorData.BACKUP_ELIGIBLE | AuthenticatorData.BACKUP_STATE)),
        data(
                "7.2.23",
                "extension that nobody asked for",
                EXTENSION_UNSOLICITED,
                d ->
                    d.with(AuthenticatorData.EXTENSIONS)
                        .withRest(CborWriter.write(Map.of("payment", true))))
            .byOurChoice());
  }

  private static List<AssertionRow> signatureRows() {
    return List.of(
        sent(
            "7.2.21",
            "signature altered",
            SIGNATURE_INVALID,
            a -> a.withSignature(bytes -> Tampering.flip(bytes, -1))),
        sent(
            "7.2.21", "signature empty", SIGNATURE_INVALID, a -> a.withSignature(b -> Bytes.EMPTY)),
        sent(
            "7.2.21",
            "signature of zeros",
            SIGNATURE_INVALID,
            a -> a.withSignature(b -> Bytes.fromHex("3006020100020100"))),
        sent(
            "7.2.21",
            "byte after the signature",
            SIGNATURE_INVALID,
            a -> a.withSignature(bytes -> Tampering.append(bytes, "00"))),
        sent(
            "7.2.21",
            "signature of 2000 bytes",
            SIGNATURE_INVALID,
            a -> a.withSignature(b -> Tampering.zeros(2000))),
        sent(
            "7.2.21",
            "counter altered",
            SIGNATURE_INVALID,
            a -> a.withAuthenticatorData(bytes -> Tampering.flip(bytes, 33))),
        sent(
            "7.2.21",
            "client data altered",
            SIGNATURE_INVALID,
            a -> a.withClientData(bytes -> Tampering.replace(bytes, "}", ",\"x\":1}"))),
        sent(
            "7.2.21",
            "key of another credential",
            SIGNATURE_INVALID,
            a -> a.holding(otherKey(a.held()))),
        sent(
            "7.2.21",
            "kept key is none",
            CREDENTIAL_KEY_INVALID,
            a ->
                a.holding(
                    new CredentialRecord(a.held().credentialId(), Bytes.EMPTY, 1, Workshop.ALICE))),
        sent("7.2.22", "counter equal", COUNTER_WENT_BACK, a -> a.holdingCounter(2)),
        sent("7.2.22", "counter lower", COUNTER_WENT_BACK, a -> a.holdingCounter(0xffff_ffffL)),
        data("7.2.22", "counter gone", COUNTER_WENT_BACK, d -> d.withSignCount(0)));
  }

  private static CredentialRecord otherKey(CredentialRecord record) {
    Workshop shop = new Workshop();
    return new CredentialRecord(
        record.credentialId(),
        shop.enrol(shop.key(), KeyAlgorithm.EDDSA).publicKey(),
        1,
        Workshop.ALICE);
  }

  private static AssertionRow client(
      String clause, String condition, Reason reason, UnaryOperator<Bytes> alteration) {
    return new AssertionRow(
        clause,
        condition,
        reason,
        false,
        UnaryOperator.identity(),
        alteration,
        UnaryOperator.identity());
  }

  private static AssertionRow data(
      String clause, String condition, Reason reason, UnaryOperator<AuthenticatorData> defect) {
    return new AssertionRow(
        clause,
        condition,
        reason,
        false,
        key -> key.defective(defect),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  private static AssertionRow sent(
      String clause, String condition, Reason reason, UnaryOperator<AssertionAttempt> alteration) {
    return new AssertionRow(
        clause,
        condition,
        reason,
        false,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        alteration);
  }
}

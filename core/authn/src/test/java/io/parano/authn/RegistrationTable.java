package io.parano.authn;

import static io.parano.authn.Workshop.CHALLENGE;
import static io.parano.authn.Workshop.createOptions;
import static io.parano.kernel.Reason.ALGORITHM_NOT_OFFERED;
import static io.parano.kernel.Reason.ATTESTATION_MALFORMED;
import static io.parano.kernel.Reason.AUTHENTICATOR_DATA_MALFORMED;
import static io.parano.kernel.Reason.BACKUP_FLAGS_INVALID;
import static io.parano.kernel.Reason.CEREMONY_TYPE_WRONG;
import static io.parano.kernel.Reason.CHALLENGE_MISMATCH;
import static io.parano.kernel.Reason.CLIENT_DATA_MALFORMED;
import static io.parano.kernel.Reason.CREDENTIAL_ID_INVALID;
import static io.parano.kernel.Reason.CREDENTIAL_KEY_INVALID;
import static io.parano.kernel.Reason.CROSS_ORIGIN;
import static io.parano.kernel.Reason.EXTENSION_UNSOLICITED;
import static io.parano.kernel.Reason.ORIGIN_UNEXPECTED;
import static io.parano.kernel.Reason.RELYING_PARTY_MISMATCH;
import static io.parano.kernel.Reason.TOKEN_SYNCABLE;
import static io.parano.kernel.Reason.USER_ABSENT;
import static io.parano.kernel.Reason.USER_UNVERIFIED;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.AuthenticatorData;
import io.parano.testkit.CborWriter;
import io.parano.testkit.ClientData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every clause of WebAuthn Level 3 section 7.1 that can refuse, broken alone; those about
/// attestation are in [AttestationTable].
final class RegistrationTable {
  private RegistrationTable() {}

  static List<RegistrationRow> rows() {
    return Stream.of(
            clientDataRows(),
            objectRows(),
            dataRows(),
            keyRows(),
            AttestationTable.rows(),
            credentialRows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<RegistrationRow> clientDataRows() {
    return List.of(
        client("7.1.6", "no JSON", CLIENT_DATA_MALFORMED, bytes -> Tampering.utf8("hello")),
        client("7.1.6", "no object", CLIENT_DATA_MALFORMED, bytes -> Tampering.utf8("[]")),
        client("7.1.6", "cut off", CLIENT_DATA_MALFORMED, bytes -> Tampering.truncate(bytes, 1)),
        client(
            "7.1.6",
            "text after the object",
            CLIENT_DATA_MALFORMED,
            bytes -> Tampering.append(bytes, "7d")),
        client("7.1.6", "no UTF-8", CLIENT_DATA_MALFORMED, bytes -> Tampering.append(bytes, "ff")),
        client(
                "7.1.6",
                "type given twice",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, "{", "{\"type\":\"webauthn.get\","))
            .byOurChoice(),
        client(
            "7.1.6",
            "type a number",
            CLIENT_DATA_MALFORMED,
            bytes -> Tampering.replace(bytes, "\"webauthn.create\"", "7")),
        client(
                "7.1.6",
                "crossOrigin a string",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, ":false", ":\"false\""))
            .byOurChoice(),
        client(
            "7.1.6",
            "topOrigin a list",
            CLIENT_DATA_MALFORMED,
            bytes -> Tampering.replace(bytes, ":false", ":false,\"topOrigin\":[]")),
        client(
                "7.1.6",
                "nine levels deep",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, "{", "{\"x\":[[[[[[[[[]]]]]]]]],"))
            .byOurChoice(),
        client(
                "7.1.6",
                "over 4096 bytes",
                CLIENT_DATA_MALFORMED,
                bytes -> Tampering.replace(bytes, "{", "{\"x\":\"" + "x".repeat(4096) + "\","))
            .byOurChoice(),
        collected(
            "7.1.7", "type of an assertion", CEREMONY_TYPE_WRONG, c -> c.withType("webauthn.get")),
        collected(
            "7.1.8",
            "challenge of another ceremony",
            CHALLENGE_MISMATCH,
            c -> c.withChallenge(Tampering.flip(CHALLENGE, 0))),
        client(
                "7.1.8",
                "challenge with padding",
                CHALLENGE_MISMATCH,
                bytes ->
                    Tampering.replace(bytes, CHALLENGE.base64Url(), CHALLENGE.base64Url() + "="))
            .byOurChoice(),
        collected(
            "7.1.9",
            "origin of a neighbour",
            ORIGIN_UNEXPECTED,
            c -> c.withOrigin("https://wiki.example.org")),
        collected(
            "7.1.9",
            "origin in the clear",
            ORIGIN_UNEXPECTED,
            c -> c.withOrigin("http://auth.example.org")),
        collected(
            "7.1.9",
            "origin on another port",
            ORIGIN_UNEXPECTED,
            c -> c.withOrigin("https://auth.example.org:8443")),
        collected(
                "7.1.9",
                "origin written as an address",
                ORIGIN_UNEXPECTED,
                c -> c.withOrigin("https://auth.example.org/"))
            .byOurChoice(),
        collected("7.1.10", "in a frame", CROSS_ORIGIN, ClientData::asCrossOrigin),
        client(
            "7.1.11",
            "in a frame of a named page",
            CROSS_ORIGIN,
            bytes ->
                Tampering.replace(
                    bytes, ":false", ":false,\"topOrigin\":\"https://evil.example\"")));
  }

  private static List<RegistrationRow> objectRows() {
    return List.of(
        object("empty", bytes -> Bytes.EMPTY),
        object("a number", bytes -> Bytes.fromHex("00")),
        object("cut off", bytes -> Tampering.truncate(bytes, 1)),
        object("trailing byte", bytes -> Tampering.append(bytes, "00")),
        object("over 16384 bytes", bytes -> Tampering.append(bytes, "00".repeat(16_384))),
        object("indefinite map", bytes -> Bytes.fromHex("bf" + bytes.hex().substring(2) + "ff"))
            .byOurChoice(),
        object("longer count", bytes -> Bytes.fromHex("b803" + bytes.hex().substring(2)))
            .byOurChoice(),
        object("tag", bytes -> Bytes.fromHex("c0" + bytes.hex())).byOurChoice(),
        object(
                "fmt twice",
                bytes -> Bytes.fromHex("a463666d74667061636b6564" + bytes.hex().substring(2)))
            .byOurChoice(),
        object("keys out of order", RegistrationTable::reversed).byOurChoice(),
        members("nothing but fmt", members -> members.keySet().retainAll(List.of("fmt"))),
        members("authData a text", members -> members.put("authData", "x")),
        members("fmt a number", members -> members.put("fmt", 1)),
        members("attStmt a list", members -> members.put("attStmt", List.of())),
        members("one member more", members -> members.put("epAtt", true)).byOurChoice(),
        members("five levels deep", members -> members.put("epAtt", nested(4))).byOurChoice());
  }

  private static List<RegistrationRow> dataRows() {
    return List.of(
        RegistrationRow.data(
            "7.1.13",
            "no credential",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withAttested(null).without(AuthenticatorData.ATTESTED)),
        RegistrationRow.data(
            "7.1.13",
            "announced credential missing",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withAttested(null)),
        RegistrationRow.data(
            "7.1.13",
            "trailing byte",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withRest(Bytes.fromHex("00"))),
        RegistrationRow.data(
                "7.1.13",
                "announced extensions missing",
                AUTHENTICATOR_DATA_MALFORMED,
                d -> d.with(AuthenticatorData.EXTENSIONS))
            .byOurChoice(),
        RegistrationRow.data(
                "7.1.13",
                "extensions keyed by numbers",
                AUTHENTICATOR_DATA_MALFORMED,
                d -> d.with(AuthenticatorData.EXTENSIONS).withRest(CborWriter.write(Map.of(1, 2))))
            .byOurChoice(),
        RegistrationRow.data(
            "7.1.13",
            "over 4096 bytes",
            AUTHENTICATOR_DATA_MALFORMED,
            d -> d.withRest(Tampering.zeros(4096))),
        attested(
            "7.1.13",
            "public key a list",
            AUTHENTICATOR_DATA_MALFORMED,
            a -> withKey(a, Bytes.fromHex("80"))),
        attested(
                "7.1.13",
                "public key with indefinite length",
                AUTHENTICATOR_DATA_MALFORMED,
                a -> withKey(a, Bytes.fromHex("bf" + a.publicKey().hex().substring(2) + "ff")))
            .byOurChoice(),
        RegistrationRow.data(
            "7.1.14",
            "hash of another relying party",
            RELYING_PARTY_MISMATCH,
            d -> d.withRpIdHash(Tampering.flip(d.rpIdHash(), 31))),
        RegistrationRow.data(
            "7.1.15", "UP clear", USER_ABSENT, d -> d.without(AuthenticatorData.USER_PRESENT)),
        RegistrationRow.data(
            "7.1.16", "UV clear", USER_UNVERIFIED, d -> d.without(AuthenticatorData.USER_VERIFIED)),
        RegistrationRow.data(
            "7.1.17",
            "BS without BE",
            BACKUP_FLAGS_INVALID,
            d -> d.with(AuthenticatorData.BACKUP_STATE)),
        RegistrationRow.data(
                "7.1.18", "BE", TOKEN_SYNCABLE, d -> d.with(AuthenticatorData.BACKUP_ELIGIBLE))
            .byOurChoice(),
        RegistrationRow.data(
                "7.1.18",
                "BE and BS",
                TOKEN_SYNCABLE,
                d -> d.with(AuthenticatorData.BACKUP_ELIGIBLE | AuthenticatorData.BACKUP_STATE))
            .byOurChoice());
  }

  private static List<RegistrationRow> keyRows() {
    return List.of(
        RegistrationRow.of(
            "7.1.20",
            "algorithm not offered",
            ALGORITHM_NOT_OFFERED,
            shop -> shop.register(shop.key()).offering(-8, -257)),
        cose("no algorithm", CREDENTIAL_KEY_INVALID, key -> key.remove(3L)),
        cose("algorithm unknown", ALGORITHM_NOT_OFFERED, key -> key.put(3L, -65535)),
        cose("point off the curve", CREDENTIAL_KEY_INVALID, key -> Tampering.flip(key, -3L, 0))
            .byOurChoice(),
        cose("coordinate too short", CREDENTIAL_KEY_INVALID, key -> shorten(key, -2L))
            .byOurChoice(),
        cose("coordinate above the prime", CREDENTIAL_KEY_INVALID, key -> key.put(-2L, ones(32)))
            .byOurChoice(),
        cose("point compressed", CREDENTIAL_KEY_INVALID, key -> key.put(-3L, true)),
        cose("curve of another algorithm", CREDENTIAL_KEY_INVALID, key -> key.put(-1L, 2))
            .byOurChoice(),
        cose("type of another algorithm", CREDENTIAL_KEY_INVALID, key -> key.put(1L, 1)),
        cose("one member more", CREDENTIAL_KEY_INVALID, key -> key.put(4L, List.of(2)))
            .byOurChoice(),
        cose(
                "Ed25519 point off the curve",
                CREDENTIAL_KEY_INVALID,
                key -> replaceAll(key, Map.of(1L, 1, 3L, -8, -1L, 6, -2L, second())))
            .byOurChoice(),
        cose(
                "Ed448",
                CREDENTIAL_KEY_INVALID,
                key -> replaceAll(key, Map.of(1L, 1, 3L, -8, -1L, 7, -2L, ones(57))))
            .byOurChoice(),
        cose(
                "RSA of 1024 bits",
                CREDENTIAL_KEY_INVALID,
                key ->
                    replaceAll(
                        key, Map.of(1L, 3, 3L, -257, -1L, ones(128), -2L, Bytes.fromHex("010001"))))
            .byOurChoice(),
        cose(
                "RSA exponent 3",
                CREDENTIAL_KEY_INVALID,
                key ->
                    replaceAll(
                        key, Map.of(1L, 3, 3L, -257, -1L, ones(256), -2L, Bytes.fromHex("03"))))
            .byOurChoice());
  }

  private static List<RegistrationRow> credentialRows() {
    return List.of(
        RegistrationRow.of(
                "7.1.25",
                "browser names another credential",
                CREDENTIAL_ID_INVALID,
                shop -> shop.register(shop.key()).withCredentialId(Tampering.zeros(32)))
            .byOurChoice(),
        attested(
                "7.1.25",
                "credential id of 15 bytes",
                CREDENTIAL_ID_INVALID,
                a -> withId(a, Tampering.zeros(15)))
            .byOurChoice(),
        attested(
            "7.1.25",
            "credential id of 1024 bytes",
            CREDENTIAL_ID_INVALID,
            a -> withId(a, Tampering.zeros(1024))),
        RegistrationRow.data(
                "7.1.28",
                "extension that nobody asked for",
                EXTENSION_UNSOLICITED,
                d ->
                    d.with(AuthenticatorData.EXTENSIONS)
                        .withRest(CborWriter.write(Map.of("payment", true))))
            .byOurChoice());
  }

  private static RegistrationRow client(
      String clause, String condition, Reason reason, UnaryOperator<Bytes> alteration) {
    return RegistrationRow.of(
        clause,
        condition,
        reason,
        shop ->
            shop.register(
                shop.key(), alteration.apply(ClientData.create(createOptions()).bytes())));
  }

  private static RegistrationRow collected(
      String clause, String condition, Reason reason, UnaryOperator<ClientData> alteration) {
    return RegistrationRow.of(
        clause,
        condition,
        reason,
        shop ->
            shop.register(
                shop.key(), alteration.apply(ClientData.create(createOptions())).bytes()));
  }

  private static RegistrationRow object(String condition, UnaryOperator<Bytes> alteration) {
    return RegistrationRow.of(
        "7.1.13",
        condition,
        ATTESTATION_MALFORMED,
        shop -> shop.register(shop.key()).withObject(alteration));
  }

  private static RegistrationRow members(
      String condition, Consumer<Map<String, Object>> alteration) {
    return RegistrationRow.members("7.1.13", condition, ATTESTATION_MALFORMED, alteration);
  }

  private static RegistrationRow attested(
      String clause,
      String condition,
      Reason reason,
      UnaryOperator<AuthenticatorData.Attested> defect) {
    return RegistrationRow.data(
        clause, condition, reason, d -> d.withAttested(defect.apply(attestedOf(d))));
  }

  private static RegistrationRow cose(
      String condition, Reason reason, Consumer<Map<Object, Object>> alteration) {
    return attested(
        "7.1.20",
        condition,
        reason,
        a -> {
          Map<Object, Object> key = new LinkedHashMap<>(numbered(a.publicKey()));
          alteration.accept(key);
          return withKey(a, CborWriter.write(key));
        });
  }

  private static AuthenticatorData.Attested attestedOf(AuthenticatorData data) {
    return Objects.requireNonNull(data.attested());
  }

  private static AuthenticatorData.Attested withKey(AuthenticatorData.Attested a, Bytes key) {
    return new AuthenticatorData.Attested(a.aaguid(), a.credentialId(), key);
  }

  private static AuthenticatorData.Attested withId(AuthenticatorData.Attested a, Bytes id) {
    return new AuthenticatorData.Attested(a.aaguid(), id, a.publicKey());
  }

  private static Map<Object, Object> numbered(Bytes cose) {
    Map<Object, Object> key = new LinkedHashMap<>();
    if (Cbor.read(cose.copy()) instanceof Reading.Read<Cbor.Item>(Cbor.Table table)) {
      table
          .entries()
          .forEach((label, item) -> {
            Object value =
                switch (item) {
                  case Cbor.Int(long number) -> number;
                  case Cbor.ByteString(Bytes bytes) -> bytes;
                  default -> throw new AssertionError("a key of ours wrote this");
                };
            key.put(((Cbor.Int) label).value(), value);
          });
    }
    return key;
  }

  private static void replaceAll(Map<Object, Object> key, Map<Long, Object> other) {
    key.clear();
    key.putAll(other);
  }

  private static void shorten(Map<Object, Object> key, long label) {
    key.compute(label, (number, bytes) -> Tampering.truncate((Bytes) required(bytes), 1));
  }

  private static Object required(@Nullable Object value) {
    return Objects.requireNonNull(value);
  }

  /// y = 2 has no x on Ed25519.
  private static Bytes second() {
    byte[] point = new byte[32];
    point[0] = 2;
    return Bytes.of(point);
  }

  private static Bytes ones(int length) {
    return Bytes.fromHex("ff".repeat(length));
  }

  private static Object nested(int levels) {
    Object inner = true;
    for (int i = 0; i < levels; i++) {
      inner = List.of(inner);
    }
    return inner;
  }

  /// The same three members, the last one first.
  private static Bytes reversed(Bytes object) {
    List<Map.Entry<String, Object>> members =
        new ArrayList<>(RegistrationAttempt.members(object).entrySet());
    StringBuilder hex = new StringBuilder("a3");
    for (Map.Entry<String, Object> member : members.reversed()) {
      hex.append(CborWriter.write(member.getKey()).hex());
      hex.append(CborWriter.write(member.getValue()).hex());
    }
    return Bytes.fromHex(hex.toString());
  }
}

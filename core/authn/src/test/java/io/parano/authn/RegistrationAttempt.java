package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.testkit.CborWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// One registration before it is verified: what the server sent and believes, and what came back.
record RegistrationAttempt(
    TokenMaker believed,
    Bytes challenge,
    Set<Integer> offered,
    RegistrationResponse response,
    Instant now) {
  RegistrationOutcome outcome() {
    return new Registrations(Workshop.PARTY, AttestationPolicy.of(believed))
        .verify(challenge, offered, response, now);
  }

  VerifiedCredential accepted() {
    return switch (outcome()) {
      case RegistrationOutcome.Accepted(VerifiedCredential credential) -> credential;
      case RegistrationOutcome.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  RegistrationAttempt believing(TokenMaker other) {
    return new RegistrationAttempt(other, challenge, offered, response, now);
  }

  RegistrationAttempt offering(Integer... algorithms) {
    return new RegistrationAttempt(believed, challenge, Set.of(algorithms), response, now);
  }

  RegistrationAttempt at(Instant other) {
    return new RegistrationAttempt(believed, challenge, offered, response, other);
  }

  RegistrationAttempt withCredentialId(Bytes other) {
    return with(
        new RegistrationResponse(other, response.clientData(), response.attestationObject()));
  }

  RegistrationAttempt withClientData(Bytes other) {
    return with(
        new RegistrationResponse(response.credentialId(), other, response.attestationObject()));
  }

  RegistrationAttempt withObject(UnaryOperator<Bytes> alteration) {
    return with(
        new RegistrationResponse(
            response.credentialId(),
            response.clientData(),
            alteration.apply(response.attestationObject())));
  }

  /// Alters the attestation object's members, or the statement's, and writes it anew.
  RegistrationAttempt withMembers(Consumer<Map<String, Object>> alteration) {
    return withObject(bytes -> {
      Map<String, Object> members = members(bytes);
      alteration.accept(members);
      return CborWriter.write(members);
    });
  }

  RegistrationAttempt withStatement(Consumer<Map<String, Object>> alteration) {
    return withMembers(members -> {
      Map<String, Object> statement = statement(members);
      alteration.accept(statement);
      members.put("attStmt", statement);
    });
  }

  private RegistrationAttempt with(RegistrationResponse other) {
    return new RegistrationAttempt(believed, challenge, offered, other, now);
  }

  static Map<String, Object> members(Bytes object) {
    if (Cbor.read(object.copy()) instanceof Reading.Read<Cbor.Item>(Cbor.Item item)) {
      return named(item);
    }
    throw new AssertionError("a key of ours wrote this");
  }

  static Map<String, Object> statement(Map<String, Object> members) {
    return named(Objects.requireNonNull(members.get("attStmt")));
  }

  private static Map<String, Object> named(Object map) {
    Map<String, Object> named = new LinkedHashMap<>();
    Object plain = map instanceof Cbor.Item item ? plain(item) : map;
    ((Map<?, ?>) plain).forEach((key, value) -> named.put((String) key, value));
    return named;
  }

  private static Object plain(Cbor.Item item) {
    return switch (item) {
      case Cbor.Int(long value) -> value;
      case Cbor.ByteString(Bytes value) -> value;
      case Cbor.Text(String value) -> value;
      case Cbor.Truth(boolean value) -> value;
      case Cbor.Array(List<Cbor.Item> items) ->
          items.stream().map(RegistrationAttempt::plain).toList();
      case Cbor.Table table -> {
        Map<Object, Object> out = new LinkedHashMap<>();
        table.entries().forEach((key, value) -> out.put(plain(key), plain(value)));
        yield out;
      }
    };
  }
}

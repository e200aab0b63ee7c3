package io.parano.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Every statement that changes state, in words that SQLite and PostgreSQL both understand. The
/// names stand in reserve files: they are never given to another statement.
enum Sql {
  PUT_PERSON(
      upsert(
          "person",
          "id",
          "name, display_name, email, member_of, state, officer, generation, language, handle")),
  PUT_AUTHENTICATOR(
      upsert(
          "authenticator",
          "id",
          "person, label, credential_id, public_key, aaguid, sign_count, state, enrolled_at, until,"
              + " attestation_object, attestation_client_data")),
  COUNT_TOKEN("UPDATE authenticator SET sign_count = ? WHERE id = ? AND sign_count < ?"),
  PUT_OTP_TOKEN(upsert("otp_token", "id", "person, label, public_id, seed, state, enrolled_at")),
  /// Never back: what was used up stays so.
  COUNT_OTP(
      upsert("otp_use", "token", "place, clock, at, nonce")
          + " WHERE otp_use.place < excluded.place"),
  PUT_CLIENT(upsert("validation_client", "number", "label, secret, addresses, admitted_at")),
  DROP_CLIENT("DELETE FROM validation_client WHERE number = ?"),
  PUT_ENCLOSURE(upsert("enclosure", "act", "sealed")),
  DROP_ENCLOSURE("DELETE FROM enclosure WHERE act = ?"),
  PUT_PASSWORD(upsert("password", "person", "hash, previous, set_at")),
  DROP_PASSWORD("DELETE FROM password WHERE person = ?"),
  PUT_SESSION(
      upsert(
          "session",
          "id",
          "token, kind, host, person, authenticator, source, generation, epoch, started_at,"
              + " touched_at, ends_at, parent")),
  TOUCH_SESSION("UPDATE session SET touched_at = ? WHERE id = ? AND touched_at < ?"),
  END_SESSION("DELETE FROM session WHERE id = ?"),
  PUT_PROPOSAL(upsert("proposal", "id", "act, nonce, proposer, proposed_at, expires_at, state")),
  DROP_PROPOSAL("DELETE FROM proposal WHERE id = ?"),
  PUT_APPROVAL(
      upsert("approval", "act, officer", "token, authenticator_data, client_data, signature, at")),
  PUT_ENROLMENT(
      upsert(
          "enrolment",
          "act",
          "person, code, sets_password, cuts_other_tokens, expires_at, token_until")),
  CLOSE_ENROLMENT("DELETE FROM enrolment WHERE act = ?"),
  PUT_POLICY(upsert("policy", "version", "digest, document, at")),
  CUT_NETWORK(upsert("cut_network", "network", "at")),
  REOPEN_NETWORK("DELETE FROM cut_network WHERE network = ?"),
  PUT_EPOCH(upsert("everybody", "id", "epoch, closed")),

  SEEN("UPDATE session SET seen_at = ? WHERE id = ? AND (seen_at IS NULL OR seen_at < ?)"),
  SWEEP_SESSIONS("DELETE FROM session WHERE ends_at < ?"),
  ERASE_PERSONAL("DELETE FROM personal WHERE about = ?"),
  PUT_CHECKPOINT(upsert("checkpoint", "era", "size, note")),
  COSIGN_CHECKPOINT("UPDATE checkpoint SET note = ? WHERE size = ?");

  private final String text;

  Sql(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  private static String upsert(String table, String key, String rest) {
    List<String> columns = Arrays.asList((key + ", " + rest).split(", ", -1));
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String sets =
        Arrays.stream(rest.split(", ", -1))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + marks
        + ") ON CONFLICT ("
        + key
        + ") DO UPDATE SET "
        + sets;
  }
}

package io.parano.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables from whose rows a grant can follow, or from whose missing rows: each row carries a
/// tag, and each table's rows together are bound in the log's head. In the order in which the head
/// counts them: new ones come last, with the number of the script that makes them first. A column
/// that is added to a table stands last in its list and once more behind it, by `added`.
@SuppressWarnings("ImmutableEnumChecker") // its lists can't be changed
enum Table {
  PERSON(
      1, "id, name, display_name, email, member_of, state, officer, generation, language, handle"),
  AUTHENTICATOR(
      1,
      "id, person, label, credential_id, public_key, aaguid, sign_count, state, enrolled_at, until,"
          + " attestation_object, attestation_client_data"),
  PASSWORD(1, "person, hash, previous, set_at"),
  SESSION(
      1,
      "id, token, kind, host, person, authenticator, source, generation, epoch, started_at,"
          + " touched_at, ends_at, parent, seen_at"),
  PROPOSAL(1, "id, act, nonce, proposer, proposed_at, expires_at, state"),
  APPROVAL(2, "act, officer, token, authenticator_data, client_data, signature, at"),
  ENROLMENT(1, "act, person, code, sets_password, cuts_other_tokens, expires_at, token_until"),
  POLICY(1, "version, digest, document, at"),
  CUT_NETWORK(1, "network, at"),
  EVERYBODY(1, "id, epoch, closed"),
  OTP_TOKEN(1, "id, person, label, public_id, seed, state, enrolled_at"),
  OTP_USE(1, "token, place, clock, at, nonce"),
  VALIDATION_CLIENT(1, "number, label, secret, addresses, admitted_at"),
  ENCLOSURE(1, "act, sealed"),
  /// A row more here, and the reserve's cut of that number would never be applied.
  WITHDRAWN(1, "id"),
  SSH_CERTIFICATE(
      1, "serial, session, purpose, hosts, fingerprint, issued_at, usable_until, ends_at"),
  /// A row less, or an older one, and tokens of a recalled model would count again.
  RECALL(7, 1, "id, number, next_update, models, at"),
  DEVICE_PASSWORD(8, 1, "id, person, label, digest, generation, epoch, made_at, ends_at"),
  LEASE(9, 1, "session, address, device, started_at, ends_at"),
  /// A row less, and a key that was cut could be enrolled again.
  VPN_DEVICE(10, 1, "id, person, label, kind, public_key, address, state, enrolled_at"),
  CUT_ZONE(12, 1, "zone, networks, at"),
  /// A row less, and after a restart nobody would be told what it says.
  UNTOLD(12, 1, "number, at, ended");

  /// The column that holds a row's tag.
  static final String TAG = "tag";

  private final int since;
  private final List<String> columns;
  private final List<String> key;
  private final List<Added> added;

  /// A table that was there when tags came.
  ///
  /// @param keyLength how many of the columns, from the first, are the key
  Table(int keyLength, String columns, Added... added) {
    this(Layout.FIRST, keyLength, columns, added);
  }

  /// @param since the number of the script that makes it
  Table(int since, int keyLength, String columns, Added... added) {
    this.since = since;
    this.columns = List.of(columns.split(", ", -1));
    this.key = this.columns.subList(0, keyLength);
    this.added = List.of(added);
  }

  /// A column that came later.
  ///
  /// @param version the number of the script that adds it
  /// @param begins what it then holds in every row: `Long`, `String`, `byte[]` or null, as that
  ///   script's default
  record Added(int version, String name, @Nullable Object begins) {}

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All but the tag, the key first.
  List<String> columns() {
    return columns;
  }

  List<String> key() {
    return key;
  }

  int since() {
    return since;
  }

  List<Layout.Column> added() {
    return added.stream()
        .map(column -> new Layout.Column(column.version(), this, column.name(), column.begins()))
        .toList();
  }

  int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException("no column " + column + " in " + sqlName());
    }
    return place;
  }

  /// Every row: its columns, then its tag.
  String all() {
    return "SELECT %s, %s FROM %s".formatted(String.join(", ", columns), TAG, sqlName());
  }

  String withKey() {
    return all() + matchingKey();
  }

  String below(String column) {
    return all() + " WHERE " + columns.get(place(column)) + " < ?";
  }

  String drop() {
    return "DELETE FROM " + sqlName() + matchingKey();
  }

  String retag() {
    return "UPDATE " + sqlName() + " SET " + TAG + " = ?" + matchingKey();
  }

  /// Given the columns, then the tag. Does nothing where there is a row of that key.
  String insert() {
    List<String> all = withTag();
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO NOTHING"
        .formatted(
            sqlName(),
            String.join(", ", all),
            String.join(", ", Collections.nCopies(all.size(), "?")),
            String.join(", ", key));
  }

  /// Given the columns beyond the key and the tag as they shall be, then all of them and the tag as
  /// they are. Does nothing where the row is another.
  String replace() {
    List<String> all = withTag();
    return "UPDATE %s SET %s%s%s"
        .formatted(
            sqlName(),
            String.join(" = ?, ", all.subList(key.size(), all.size())) + " = ?",
            matchingKey(),
            all.subList(key.size(), all.size()).stream()
                .map(column -> " AND " + column + " IS NOT DISTINCT FROM ?")
                .collect(Collectors.joining()));
  }

  private List<String> withTag() {
    List<String> all = new ArrayList<>(columns);
    all.add(TAG);
    return all;
  }

  private String matchingKey() {
    return key.stream()
        .map(column -> column + " = ?")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }
}

package io.parano.store;

import org.jspecify.annotations.Nullable;

/// Every change of state, in words that SQLite and PostgreSQL both understand. The names stand in
/// reserve files: they are never given to another statement.
@SuppressWarnings("ImmutableEnumChecker") // effects are records of names
enum Sql {
  PUT_PERSON(put(Table.PERSON)),
  PUT_AUTHENTICATOR(put(Table.AUTHENTICATOR)),
  COUNT_TOKEN(new Effect.Raise(Table.AUTHENTICATOR, "sign_count")),
  PUT_OTP_TOKEN(put(Table.OTP_TOKEN)),
  /// Never back: what was used up stays so.
  COUNT_OTP(put(Table.OTP_USE, "place")),
  PUT_CLIENT(put(Table.VALIDATION_CLIENT)),
  DROP_CLIENT(new Effect.Drop(Table.VALIDATION_CLIENT)),
  PUT_ENCLOSURE(put(Table.ENCLOSURE)),
  DROP_ENCLOSURE(new Effect.Drop(Table.ENCLOSURE)),
  PUT_PASSWORD(put(Table.PASSWORD)),
  DROP_PASSWORD(new Effect.Drop(Table.PASSWORD)),
  PUT_SESSION(put(Table.SESSION)),
  TOUCH_SESSION(new Effect.Raise(Table.SESSION, "touched_at")),
  END_SESSION(new Effect.Drop(Table.SESSION)),
  PUT_DEVICE(put(Table.VPN_DEVICE)),
  PUT_LEASE(put(Table.LEASE)),
  PUT_CERTIFICATE(put(Table.SSH_CERTIFICATE)),
  PUT_PROPOSAL(put(Table.PROPOSAL)),
  DROP_PROPOSAL(new Effect.Drop(Table.PROPOSAL)),
  PUT_APPROVAL(put(Table.APPROVAL)),
  PUT_ENROLMENT(put(Table.ENROLMENT)),
  CLOSE_ENROLMENT(new Effect.Drop(Table.ENROLMENT)),
  PUT_POLICY(put(Table.POLICY)),
  CUT_NETWORK(put(Table.CUT_NETWORK)),
  REOPEN_NETWORK(new Effect.Drop(Table.CUT_NETWORK)),
  PUT_EPOCH(put(Table.EVERYBODY)),
  /// Never back to what was imported before.
  PUT_RECALLS(put(Table.RECALL, "number")),
  WITHDRAW(put(Table.WITHDRAWN)),

  SEEN(new Effect.Raise(Table.SESSION, "seen_at")),
  SWEEP_SESSIONS(new Effect.Sweep(Table.SESSION, "ends_at")),
  SWEEP_CERTIFICATES(new Effect.Sweep(Table.SSH_CERTIFICATE, "ends_at")),
  SWEEP_LEASES(new Effect.Sweep(Table.LEASE, "ends_at")),
  ERASE_PERSONAL(new Effect.Bare("DELETE FROM personal WHERE about = ?")),
  PUT_CHECKPOINT(
      new Effect.Bare(
          "INSERT INTO checkpoint (era, size, note) VALUES (?, ?, ?) ON CONFLICT (era)"
              + " DO UPDATE SET size = excluded.size, note = excluded.note")),
  COSIGN_CHECKPOINT(new Effect.Bare("UPDATE checkpoint SET note = ? WHERE size = ?"));

  private final Effect effect;

  Sql(Effect effect) {
    this.effect = effect;
  }

  Effect effect() {
    return effect;
  }

  private static Effect put(Table table) {
    return put(table, null);
  }

  private static Effect put(Table table, @Nullable String rising) {
    return new Effect.Put(table, rising);
  }
}

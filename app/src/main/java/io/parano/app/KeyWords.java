package io.parano.app;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.NoteKey;
import io.parano.audit.Outcome;
import io.parano.kernel.Bytes;
import io.parano.keys.KeyPurpose;
import io.parano.keys.Keyset;
import io.parano.sshcert.SshKey;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// Keys as they are shown, and as the log tells of them: never more than their public half.
final class KeyWords {
  private KeyWords() {}

  /// Where a key stands among those for the same purpose.
  enum Standing {
    /// It signs; a newer one stands by.
    IN_USE,
    /// Nobody uses it until the older one is retired.
    STANDS_BY,
    /// It opens what is still under it, and does nothing new.
    EARLIER
  }

  static List<KeyDesk.Named> named(Keyset keyset, String origin) {
    return keyset.facts().stream()
        .map(facts ->
            new KeyDesk.Named(facts, publicKey(keyset, facts.purpose(), facts.version(), origin)))
        .toList();
  }

  /// The public half of the newest key for `purpose`; empty when it has none.
  static String newest(Keyset keyset, KeyPurpose purpose, String origin) {
    SortedMap<Integer, Bytes> halves = keyset.publicKeys(purpose);
    return halves.isEmpty() ? "" : publicKey(keyset, purpose, halves.lastKey(), origin);
  }

  private static String publicKey(Keyset keyset, KeyPurpose purpose, int version, String origin) {
    Bytes half = keyset.publicKeys(purpose).get(version);
    if (half == null) {
      return "";
    }
    return purpose == KeyPurpose.LOG_SIGNING
        ? NoteKey.of(origin, half.copy()).vkey()
        : SshKey.ed25519(half.copy()).line("");
  }

  /// What the log is told of a change.
  ///
  /// @param what the step of it that is to come
  /// @param publicKey of what was made; empty for none
  static Event event(Instant at, String subject, String what, String operator, String publicKey) {
    Event event =
        Event.at(at, EventType.KEYS_CHANGED, Outcome.DONE)
            .through("control")
            .on("key:" + subject)
            .with("step", what)
            .withPersonal("origin", operator);
    return publicKey.isEmpty() ? event : event.with("public-key", publicKey);
  }

  static Json json(KeyDesk.Named key, List<Keyset.Facts> all) {
    return Json.object(
        "purpose",
        key.facts().purpose().code(),
        "version",
        key.facts().version(),
        "made",
        key.facts().made().toString(),
        "standing",
        standing(key.facts(), all).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        "publicKey",
        key.publicKey());
  }

  private static Standing standing(Keyset.Facts key, List<Keyset.Facts> all) {
    boolean oldest =
        all.stream()
            .noneMatch(one -> one.purpose() == key.purpose() && one.version() < key.version());
    boolean newest =
        all.stream()
            .noneMatch(one -> one.purpose() == key.purpose() && one.version() > key.version());
    if (key.purpose().known()) {
      return oldest ? Standing.IN_USE : Standing.STANDS_BY;
    }
    return newest ? Standing.IN_USE : Standing.EARLIER;
  }
}

package io.parano.audit;

import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An event with its place in the log: the bytes that the tree hashes, and beside them the personal
/// data, which the leaf holds only as a salted commitment SHA-256(salt || personal).
///
/// The leaf is canonical JSON ([io.parano.kernel.Canonical]):
/// `{"about":…,"actor":…,"at":…,"door":…,"facts":{…},"index":…,"outcome":…,"personal":…,"reason":…,
/// "resource":…,"type":…,"v":1}` with `at` in microseconds since 1970, `personal` the commitment in
/// hexadecimal, and `""` for what there is none of.
public final class Entry {
  /// An entry bundle counts an entry's bytes in 16 bits (C2SP tlog-tiles).
  static final int MOST_BYTES = 0xffff;

  private static final int SALT_LENGTH = 32;

  /// Beyond this many characters a value is shortened: outsiders choose some of them.
  private static final int LONGEST_VALUE = 2_048;

  private final byte[] leaf;
  private final byte @Nullable [] personal;
  private final byte[] salt;

  private Entry(byte[] leaf, byte @Nullable [] personal, byte[] salt) {
    this.leaf = leaf;
    this.personal = personal;
    this.salt = salt;
  }

  /// `event` as entry `index`, its personal data under 32 fresh random bytes. A value of more than
  /// 2,048 characters is kept as its beginning, its length and its digest. Throws
  /// [IllegalArgumentException] when the event still does not fit in 65,535 bytes: no event of ours
  /// has that many facts.
  public static Entry of(Event event, long index, byte[] salt32) {
    if (salt32.length != SALT_LENGTH) {
      throw new IllegalArgumentException("a salt has 32 bytes, not " + salt32.length);
    }
    byte[] salt = salt32.clone();
    byte[] personal =
        event.personal().isEmpty()
            ? null
            : new JsonBytes(128).map(bounded(event.personal())).toBytes();
    byte[] leaf = leaf(event, index, personal == null ? "" : commitment(salt, personal).hex());
    if (leaf.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an entry has at most 65535 bytes, not "
              + leaf.length
              + " as this "
              + event.type().code());
    }
    return new Entry(leaf, personal, salt);
  }

  /// What a leaf holds of its personal data.
  public static Digest commitment(byte[] salt, byte[] personal) {
    return Digest.of(salt, personal);
  }

  /// Microseconds since 1970, as entries count time.
  public static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  /// The bytes that the tree hashes.
  public byte[] leaf() {
    return leaf.clone();
  }

  /// Canonical JSON of the personal data; null when there is none.
  public byte @Nullable [] personal() {
    return personal == null ? null : personal.clone();
  }

  public byte[] salt() {
    return salt.clone();
  }

  /// [Merkle#leaf] of the leaf.
  public Digest leafHash() {
    return Merkle.leaf(leaf);
  }

  private static byte[] leaf(Event event, long index, String commitment) {
    JsonBytes json = new JsonBytes(640);
    json.raw("{\"about\":");
    person(json, event.about());
    json.raw(",\"actor\":");
    person(json, event.actor());
    json.raw(",\"at\":").number(micros(event.at()));
    json.raw(",\"door\":").string(bounded(event.door()));
    json.raw(",\"facts\":").map(bounded(event.facts()));
    json.raw(",\"index\":").number(index);
    json.raw(",\"outcome\":\"").raw(event.outcome().code());
    json.raw("\",\"personal\":\"").raw(commitment);
    json.raw("\",\"reason\":\"").raw(event.reason() == null ? "" : event.reason().code());
    json.raw("\",\"resource\":").string(bounded(event.resource()));
    json.raw(",\"type\":\"").raw(event.type().code());
    return json.raw("\",\"v\":1}").toBytes();
  }

  private static void person(JsonBytes json, @Nullable PersonId person) {
    if (person == null) {
      json.raw("\"\"");
    } else {
      json.uuid(person.value());
    }
  }

  private static SortedMap<String, String> bounded(SortedMap<String, String> map) {
    for (String value : map.values()) {
      if (value.length() > LONGEST_VALUE) {
        SortedMap<String, String> shorter = new TreeMap<>();
        map.forEach((key, text) -> shorter.put(key, bounded(text)));
        return shorter;
      }
    }
    return map;
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1))
            ? LONGEST_VALUE - 1
            : LONGEST_VALUE;
    return text.substring(0, end)
        + "…["
        + text.length()
        + " characters, sha256 "
        + Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex()
        + "]";
  }
}

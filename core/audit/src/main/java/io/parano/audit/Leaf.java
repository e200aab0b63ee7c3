package io.parano.audit;

import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// An entry read back from the bytes that the tree hashes. Codes stay text, since an older reader
/// meets newer ones.
///
/// @param index the place that the entry itself claims
/// @param commitment SHA-256(salt || personal); null when the entry has no personal data
public record Leaf(
    long index,
    Instant at,
    String type,
    String outcome,
    @Nullable PersonId actor,
    @Nullable PersonId about,
    String door,
    String resource,
    String reason,
    SortedMap<String, String> facts,
    @Nullable Digest commitment) {

  /// Reads what [Entry#leaf] wrote. Throws [IllegalArgumentException] on any other bytes.
  public static Leaf parse(byte[] leaf) {
    JsonScanner json = new JsonScanner(leaf);
    String about = json.literal("{\"about\":").string();
    String actor = json.literal(",\"actor\":").string();
    long at = json.literal(",\"at\":").number();
    String door = json.literal(",\"door\":").string();
    SortedMap<String, String> facts = json.literal(",\"facts\":").map();
    long index = json.literal(",\"index\":").number();
    String outcome = json.literal(",\"outcome\":").string();
    String commitment = json.literal(",\"personal\":").string();
    String reason = json.literal(",\"reason\":").string();
    String resource = json.literal(",\"resource\":").string();
    String type = json.literal(",\"type\":").string();
    json.literal(",\"v\":1}").end();
    if (index < 0 || index == Long.MAX_VALUE) {
      throw new IllegalArgumentException("no entry has index " + index);
    }
    return new Leaf(
        index,
        Instant.EPOCH.plus(at, ChronoUnit.MICROS),
        type,
        outcome,
        person(actor),
        person(about),
        door,
        resource,
        reason,
        facts,
        commitment.isEmpty() ? null : Digest.fromHex(commitment));
  }

  /// Reads what [Entry#personal] wrote. Throws [IllegalArgumentException] on any other bytes.
  public static SortedMap<String, String> parsePersonal(byte[] personal) {
    JsonScanner json = new JsonScanner(personal);
    SortedMap<String, String> map = json.map();
    json.end();
    return map;
  }

  private static @Nullable PersonId person(String text) {
    return text.isEmpty() ? null : PersonId.parse(text);
  }
}

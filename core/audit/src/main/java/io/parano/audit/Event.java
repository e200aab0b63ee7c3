package io.parano.audit;

import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that happened, before the log gives it a place. It carries the fields of PCI DSS
/// 10.2.2: who, what, when, how it ended, from where, and what it touched. `facts` stay for ever;
/// `personal` (names, addresses) is kept outside the tree behind a salted commitment, so that a
/// person can be erased and every proof still holds.
///
/// Built by [#at] and the `with` methods: `Event.at(now, SIGN_IN, DONE).by(person).from("web",
/// address)`.
///
/// @param actor who did it; null for an outsider or the system itself, which `door` tells apart
/// @param about whose personal data this is: with that person's erasure it goes; null keeps it for
///   the log's retention
/// @param door the door or component it came through: `web`, `command`, `system`
/// @param resource what it touched, such as `https://intranet.example/wages` or `person:…`
public record Event(
    Instant at,
    EventType type,
    Outcome outcome,
    @Nullable PersonId actor,
    @Nullable PersonId about,
    String door,
    String resource,
    @Nullable Reason reason,
    SortedMap<String, String> facts,
    SortedMap<String, String> personal) {

  public Event {
    facts = frozen(facts);
    personal = frozen(personal);
  }

  public static Event at(Instant at, EventType type, Outcome outcome) {
    return new Event(
        at, type, outcome, null, null, "system", "", null, new TreeMap<>(), new TreeMap<>());
  }

  /// The person acted; unless said otherwise the personal data is theirs too.
  public Event by(PersonId person) {
    return new Event(
        at,
        type,
        outcome,
        person,
        about == null ? person : about,
        door,
        resource,
        reason,
        facts,
        personal);
  }

  public Event about(PersonId person) {
    return new Event(at, type, outcome, actor, person, door, resource, reason, facts, personal);
  }

  public Event from(String door, IpAddress source) {
    return new Event(at, type, outcome, actor, about, door, resource, reason, facts, personal)
        .withPersonal("source", source.toString());
  }

  public Event through(String door) {
    return new Event(at, type, outcome, actor, about, door, resource, reason, facts, personal);
  }

  public Event on(String resource) {
    return new Event(at, type, outcome, actor, about, door, resource, reason, facts, personal);
  }

  public Event because(Reason reason) {
    return new Event(at, type, outcome, actor, about, door, resource, reason, facts, personal);
  }

  public Event with(String key, String value) {
    return new Event(
        at, type, outcome, actor, about, door, resource, reason, plus(facts, key, value), personal);
  }

  public Event withPersonal(String key, String value) {
    return new Event(
        at, type, outcome, actor, about, door, resource, reason, facts, plus(personal, key, value));
  }

  // In the natural order of keys, whatever order came: the leaf is written from it as it stands.
  private static SortedMap<String, String> frozen(SortedMap<String, String> map) {
    if (map.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> natural = new TreeMap<>();
    natural.putAll(map);
    return Collections.unmodifiableSortedMap(natural);
  }

  private static SortedMap<String, String> plus(
      SortedMap<String, String> map, String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }
}

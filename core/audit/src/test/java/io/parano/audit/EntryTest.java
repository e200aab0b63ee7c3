package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Canonical;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
  private static final PersonId ANNE = PersonId.parse("019aa5d0-0000-7abc-8def-0123456789ab");
  private static final byte[] SALT = new byte[32];

  @Test
  void leaf_allFields_isTheCanonicalJson() {
    Event event =
        Event.at(NOON, EventType.SIGN_IN, Outcome.REFUSED)
            .by(ANNE)
            .from("web", IpAddress.parse("192.0.2.7"))
            .on("https://intranet.example/wages")
            .because(Reason.TOKEN_MISSING)
            .with("zone", "office");
    Entry entry = Entry.of(event, 7, SALT);
    String personal = "{\"source\":\"192.0.2.7\"}";
    String commitment = Digest.of(SALT, personal.getBytes(StandardCharsets.UTF_8)).hex();
    assertThat(entry.personal()).asString(StandardCharsets.UTF_8).isEqualTo(personal);
    assertThat(entry.leaf())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"about\":\"019aa5d0-0000-7abc-8def-0123456789ab\","
                + "\"actor\":\"019aa5d0-0000-7abc-8def-0123456789ab\","
                + "\"at\":1795435200123456,\"door\":\"web\",\"facts\":{\"zone\":\"office\"},"
                + "\"index\":7,\"outcome\":\"refused\",\"personal\":\""
                + commitment
                + "\",\"reason\":\"token-missing\",\"resource\":\"https://intranet.example/wages\","
                + "\"type\":\"sign-in\",\"v\":1}");
  }

  @Test
  void leaf_nothingButTheLeast_isTheCanonicalJson() {
    Entry entry = Entry.of(Event.at(Instant.EPOCH, EventType.LOG_OPENED, Outcome.DONE), 0, SALT);
    assertThat(entry.personal()).isNull();
    assertThat(entry.leaf())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"about\":\"\",\"actor\":\"\",\"at\":0,\"door\":\"system\",\"facts\":{},\"index\":0,"
                + "\"outcome\":\"done\",\"personal\":\"\",\"reason\":\"\",\"resource\":\"\","
                + "\"type\":\"log-opened\",\"v\":1}");
  }

  @Test
  void leaf_anyText_hasTheBytesOfCanonicalAndReadsBack() {
    Random random = new Random(9162);
    for (int i = 0; i < 2_000; i++) {
      String text = text(random);
      Event event =
          Event.at(NOON, EventType.PASS, Outcome.DONE)
              .through(text)
              .on(text(random))
              .with(text, text(random))
              .with("k" + text(random), text)
              .withPersonal(text, text(random));
      Entry entry = Entry.of(event, i, SALT);
      assertThat(entry.personal()).isEqualTo(object(event.personal()).bytes());
      assertThat(entry.leaf()).isEqualTo(canonical(event, i, entry).bytes());
      Leaf read = Leaf.parse(entry.leaf());
      assertThat(read.facts()).isEqualTo(event.facts());
      assertThat(read.door()).isEqualTo(event.door());
      assertThat(read.resource()).isEqualTo(event.resource());
    }
  }

  @Test
  void leaf_loneSurrogate_becomesAQuestionMarkAsInCanonical() {
    Event event = Event.at(NOON, EventType.PASS, Outcome.DONE).on("a\ud800b\udc00");
    Entry entry = Entry.of(event, 0, SALT);
    assertThat(entry.leaf()).isEqualTo(canonical(event, 0, entry).bytes());
  }

  @Test
  void leaf_valueThatOutsidersMadeLong_isKeptAsBeginningLengthAndDigest() {
    String path = "x".repeat(2_047) + "\ud83d\ude00" + "y".repeat(100_000);
    Event event =
        Event.at(NOON, EventType.PASS, Outcome.REFUSED).on(path).withPersonal("name", path);
    Entry entry = Entry.of(event, 0, SALT);
    String digest = Digest.of(path.getBytes(StandardCharsets.UTF_8)).hex();
    String shortened = "x".repeat(2_047) + "…[102049 characters, sha256 " + digest + "]";
    assertThat(Leaf.parse(entry.leaf()).resource()).isEqualTo(shortened);
    assertThat(Leaf.parsePersonal(personal(entry))).isEqualTo(Map.of("name", shortened));
  }

  @Test
  void of_moreThanABundleTakes_isRefused() {
    Event event = Event.at(NOON, EventType.PASS, Outcome.DONE);
    for (int i = 0; i < 40; i++) {
      event = event.with("fact" + i, "x".repeat(2_000));
    }
    Event large = event;
    assertThatThrownBy(() -> Entry.of(large, 0, SALT)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_saltOfAnotherLength_isRefused() {
    Event event = Event.at(NOON, EventType.PASS, Outcome.DONE);
    assertThatThrownBy(() -> Entry.of(event, 0, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_ownEntry_givesItsFields() {
    Event event =
        Event.at(NOON, EventType.CUT, Outcome.DONE)
            .by(ANNE)
            .because(Reason.PERSON_FROZEN)
            .withPersonal("name", "Anne");
    Entry entry = Entry.of(event, 12, SALT);
    Leaf leaf = Leaf.parse(entry.leaf());
    assertThat(leaf.index()).isEqualTo(12);
    assertThat(leaf.at()).isEqualTo(Instant.parse("2026-11-23T12:00:00.123456Z"));
    assertThat(leaf.type()).isEqualTo("cut");
    assertThat(leaf.outcome()).isEqualTo("done");
    assertThat(leaf.actor()).isEqualTo(ANNE);
    assertThat(leaf.about()).isEqualTo(ANNE);
    assertThat(leaf.reason()).isEqualTo("person-frozen");
    assertThat(leaf.commitment()).isEqualTo(Entry.commitment(SALT, personal(entry)));
  }

  @Test
  void parse_anyByteRemovedOrAdded_isRefusedOrAnotherEntry() {
    Event event = Event.at(NOON, EventType.PASS, Outcome.DONE).by(ANNE).with("k", "v\n");
    String leaf = new String(Entry.of(event, 3, SALT).leaf(), StandardCharsets.UTF_8);
    Leaf read = Leaf.parse(leaf.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < leaf.length(); i++) {
      assertOther(read, leaf.substring(0, i) + leaf.substring(i + 1));
      assertOther(read, leaf.substring(0, i) + " " + leaf.substring(i));
    }
    assertOther(read, leaf.replace("\"index\":3", "\"index\":-3"));
    assertOther(read, leaf.replace("\"v\":1", "\"v\":2"));
    assertOther(read, "");
  }

  private static void assertOther(Leaf read, String changed) {
    try {
      assertThat(Leaf.parse(changed.getBytes(StandardCharsets.UTF_8))).isNotEqualTo(read);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  private static byte[] personal(Entry entry) {
    byte[] personal = entry.personal();
    assertThat(personal).isNotNull();
    return personal == null ? new byte[0] : personal;
  }

  private static Canonical canonical(Event event, long index, Entry entry) {
    byte[] personal = entry.personal();
    return Canonical.object()
        .put("v", 1)
        .put("index", index)
        .put("at", Entry.micros(event.at()))
        .put("type", event.type().code())
        .put("outcome", event.outcome().code())
        .put("actor", "")
        .put("about", "")
        .put("door", event.door())
        .put("resource", event.resource())
        .put("reason", "")
        .put("facts", event.facts())
        .put("personal", personal == null ? "" : Entry.commitment(SALT, personal).hex());
  }

  private static Canonical object(Map<String, String> members) {
    Canonical object = Canonical.object();
    members.forEach(object::put);
    return object;
  }

  // Control characters, quotes, two, three and four byte characters.
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int[] limits = {0x20, 0x80, 0x800, 0xd800, 0x1_0000};
    for (int length = random.nextInt(12); length > 0; length--) {
      int kind = random.nextInt(5);
      text.appendCodePoint(
          kind == 4 ? 0x1_0000 + random.nextInt(0x10_0000) : random.nextInt(limits[kind]));
      text.append(random.nextInt(8) == 0 ? "\"\\" : "");
    }
    return text.toString();
  }
}

package io.parano.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `docs/policy.schema.json` and the reader must agree on everything that a schema can see. JSON is
/// YAML, so one text is given to both.
class SchemaTest {
  /// What no schema can say.
  private static final Set<Mistake.Kind> BEYOND =
      Set.of(
          MistakeKind.ZONE_UNKNOWN,
          MistakeKind.NETWORK_MALFORMED,
          MistakeKind.NETWORK_MAPPED,
          MistakeKind.HOST_BITS_SET,
          MistakeKind.DESTINATION_MALFORMED,
          MistakeKind.ZONE_LEASED,
          MistakeKind.VPN_FROM_EVERYWHERE,
          MistakeKind.FRAMED_MALFORMED,
          MistakeKind.RULE_TWICE,
          MistakeKind.DURATION_TOO_LONG,
          MistakeKind.IDLE_OUTLASTS_SESSION);

  /// What a schema never gets to see, since it sees values and no text.
  private static final Set<Mistake.Kind> BEFORE =
      Set.of(
          Flaw.TOO_LARGE,
          Flaw.TOO_DEEP,
          Flaw.EMPTY,
          Flaw.SEVERAL_DOCUMENTS,
          Flaw.YAML_MALFORMED,
          Flaw.CHARACTER_REFUSED,
          Flaw.ANCHOR,
          Flaw.ALIAS,
          Flaw.TAG,
          Flaw.KEY_TWICE);

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Policy.schema(), InputFormat.JSON);
  private final Random random = new Random(3);

  private boolean schemaRefuses(String json) {
    return !schema.validate(json, InputFormat.JSON).isEmpty();
  }

  private static boolean readerRefuses(String json) {
    return switch (Policy.read(json)) {
      case PolicyReading.Read _ -> false;
      case PolicyReading.Mistaken(var mistakes) ->
          mistakes.stream().anyMatch(mistake -> !BEYOND.contains(mistake.kind()));
    };
  }

  @Test
  void schema_everyMistakeOfTheTable_agreesWithTheReader() {
    int refused = 0;
    for (MistakesTest.Wrong wrong : MistakesTest.wrong()) {
      if (!BEFORE.contains(wrong.kind()) && !wrong.document().contains("? ")) {
        String json = json(tree(wrong.document().replace("⟦", "")));
        assertThat(schemaRefuses(json)).as(json).isEqualTo(!BEYOND.contains(wrong.kind()));
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(60);
  }

  @Tag("slow")
  @Test
  void schema_damagedDocuments_agreesWithTheReader() {
    RandomPolicy world = new RandomPolicy(5);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      String document = i % 4 == 0 ? Policy.sample() : world.spec().document();
      String whole = json(tree(document));
      assertThat(schemaRefuses(whole)).as(whole).isFalse();
      String damaged = json(damaged(tree(document)));
      boolean refuses = readerRefuses(damaged);
      assertThat(schemaRefuses(damaged))
          .as(() -> damaged + "\n" + Policy.read(damaged))
          .isEqualTo(refuses);
      refused += refuses ? 1 : 0;
    }
    assertThat(refused).isBetween(1_000, 1_900);
  }

  @Test
  void schema_sample_isValid() {
    assertThat(schemaRefuses(json(tree(Policy.sample())))).isFalse();
  }

  private static @Nullable Object tree(String document) {
    return tree(Yaml.read(document, new Mistakes()));
  }

  private static @Nullable Object tree(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        mapping.entries().forEach(one -> members.put(one.key().shown(), tree(one.value())));
        yield members;
      }
      case Node.Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(tree(item)));
        yield items;
      }
      case Node.Scalar scalar ->
          switch (scalar.kind()) {
            case NOTHING -> null;
            case TRUTH -> Boolean.valueOf(scalar.text());
            case WHOLE_NUMBER, NUMBER -> Long.valueOf(scalar.text());
            case TEXT -> scalar.text();
          };
      case Node.Broken _ -> throw new AssertionError("unreadable");
    };
  }

  private static String json(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> members -> {
        List<String> parts = new ArrayList<>();
        members.forEach((key, member) -> parts.add(json(key) + ": " + json(member)));
        yield "{" + String.join(", ", parts) + "}";
      }
      case List<?> items ->
          "[" + String.join(", ", items.stream().map(SchemaTest::json).toList()) + "]";
      case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      default -> value.toString();
    };
  }

  /// `value` with one thing changed somewhere inside.
  private @Nullable Object damaged(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> members when !members.isEmpty() && random.nextInt(6) != 0 -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(members);
        Object key = List.copyOf(members.keySet()).get(random.nextInt(members.size()));
        switch (random.nextInt(8)) {
          case 0 -> copy.remove(key);
          case 1 -> copy.put(key + "X", copy.remove(key));
          case 2 -> copy.put("touch", "5m");
          case 3 -> copy.put("effect", "refuse");
          default -> copy.put(key, damaged(copy.get(key)));
        }
        yield copy;
      }
      case List<?> items when !items.isEmpty() && random.nextInt(6) != 0 -> {
        List<@Nullable Object> copy = new ArrayList<>(items);
        int at = random.nextInt(copy.size());
        switch (random.nextInt(6)) {
          case 0 -> copy.remove(at);
          case 1 -> copy.add(copy.get(at));
          default -> copy.set(at, damaged(copy.get(at)));
        }
        yield copy;
      }
      case null, default -> otherwise();
    };
  }

  private @Nullable Object otherwise() {
    return switch (random.nextInt(14)) {
      case 0 -> null;
      case 1 -> 5L;
      case 2 -> true;
      case 3 -> "x";
      case 4 -> "";
      case 5 -> List.of();
      case 6 -> Map.of();
      case 7 -> List.of("x");
      case 8 -> List.of("/x/*", "/y");
      case 9 -> "*.x.example";
      case 10 -> "/a/../b";
      case 11 -> "15m";
      case 12 -> "source";
      default -> List.of("GET", "x y", "X-" + "y".repeat(200));
    };
  }
}

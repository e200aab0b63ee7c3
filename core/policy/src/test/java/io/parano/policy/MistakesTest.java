package io.parano.policy;

import static io.parano.policy.Reading.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.document.Yaml;
import io.parano.kernel.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One line, one mistake. In each document `⟦` stands before the very character at which the
/// mistake must be told; it is taken out before reading.
class MistakesTest {
  private static final String FRAME =
      """
      version: 1
      zones: { office: [192.0.2.0/24] }
      rules:
        - name: one
          hosts: [h.example]
          zones: [office]
      """;

  /// A rule with these lines besides a good name, host and zone.
  private static String rule(String lines) {
    return FRAME + lines.indent(4);
  }

  private static String head(String zones) {
    return "version: 1\n" + zones + "\nrules: []\n";
  }

  record Wrong(String document, Mistake.Kind kind, String nearest) {
    static Wrong of(String document, Mistake.Kind kind) {
      return new Wrong(document, kind, "");
    }
  }

  static List<Wrong> wrong() {
    List<Wrong> all = new ArrayList<>();
    all.addAll(wrongDocuments());
    all.addAll(wrongZones());
    all.addAll(wrongRules());
    all.addAll(SshRuleTest.wrong());
    all.addAll(VpnRuleTest.wrong());
    return all;
  }

  private static List<Wrong> wrongDocuments() {
    return List.of(
        Wrong.of("⟦", Flaw.EMPTY),
        Wrong.of("⟦# nothing but this\n", Flaw.EMPTY),
        Wrong.of("⟦- a\n", Flaw.MAPPING_EXPECTED),
        Wrong.of("⟦x", Flaw.MAPPING_EXPECTED),
        Wrong.of(FRAME + "⟦---\n" + FRAME, Flaw.SEVERAL_DOCUMENTS),
        Wrong.of(FRAME + "sessions: ⟦&a {}\n", Flaw.ANCHOR),
        Wrong.of(FRAME + "sessions: ⟦!!map {}\n", Flaw.TAG),
        Wrong.of(FRAME + "sessions: ⟦[idle]\n", Flaw.MAPPING_EXPECTED),
        Wrong.of(FRAME + "sessions:\n  idle: ⟦15\n", Flaw.TEXT_EXPECTED),
        Wrong.of(FRAME + "sessions:\n  idle: ⟦15 m\n", MistakeKind.DURATION_MALFORMED),
        Wrong.of(FRAME + "sessions:\n  idle: ⟦0m\n", MistakeKind.DURATION_MALFORMED),
        Wrong.of(FRAME + "sessions:\n  absolute: ⟦31d\n", MistakeKind.DURATION_TOO_LONG),
        Wrong.of(FRAME + "sessions:\n  ⟦idle: 13h\n", MistakeKind.IDLE_OUTLASTS_SESSION),
        new Wrong(FRAME + "⟦sesions: {}\n", Flaw.KEY_UNKNOWN, "sessions"),
        new Wrong(FRAME + "sessions: { ⟦idel: 15m }\n", Flaw.KEY_UNKNOWN, "idle"),
        new Wrong(FRAME + "⟦zzz: {}\n", Flaw.KEY_UNKNOWN, ""),
        Wrong.of(FRAME + "⟦rules: []\n", Flaw.KEY_TWICE),
        Wrong.of(FRAME.replace("1\n", "⟦2\n"), MistakeKind.VERSION_UNKNOWN),
        Wrong.of(FRAME.replace("1\n", "⟦\"1\"\n"), MistakeKind.VERSION_UNKNOWN),
        Wrong.of("⟦zones: {}\nrules: []\n", Flaw.KEY_MISSING),
        Wrong.of("⟦version: 1\nrules: []\n", Flaw.KEY_MISSING),
        Wrong.of("⟦version: 1\nzones: {}\n", Flaw.KEY_MISSING),
        Wrong.of("version: 1\nzones: {}\nrules: ⟦{}\n", Flaw.LIST_EXPECTED),
        Wrong.of("version: 1\nzones: {}\nrules:⟦\n", Flaw.LIST_EXPECTED),
        Wrong.of("version: 1\nzones: {}\nrules: [\n⟦", Flaw.YAML_MALFORMED),
        Wrong.of("version: 1\nzones: {}\nrules: []\n\"⟦\u0007\": 1\n", Flaw.CHARACTER_REFUSED),
        Wrong.of("version: 1\nzones: {}\nrules: []\n? ⟦[a]\n: 1\n", Flaw.TEXT_EXPECTED));
  }

  private static List<Wrong> wrongZones() {
    return List.of(
        Wrong.of(head("zones: ⟦[office]"), Flaw.MAPPING_EXPECTED),
        Wrong.of(head("zones: { ⟦Office: [10.0.0.0/8] }"), MistakeKind.NAME_MALFORMED),
        Wrong.of(head("zones: { a: [10.0.0.0/8], ⟦a: [11.0.0.0/8] }"), Flaw.KEY_TWICE),
        Wrong.of(head("zones: { a: ⟦10.0.0.0/8 }"), Flaw.LIST_EXPECTED),
        Wrong.of(head("zones: { a: ⟦[] }"), Flaw.LIST_EMPTY),
        Wrong.of(head("zones: { a: ⟦{ leased: true } }"), Flaw.KEY_MISSING),
        Wrong.of(
            head("zones: { a: { networks: [10.0.0.0/8], leased: ⟦yes } }"), Flaw.TRUTH_EXPECTED),
        new Wrong(
            head("zones: { a: { ⟦netwrks: [10.0.0.0/8], networks: [11.0.0.0/8] } }"),
            Flaw.KEY_UNKNOWN,
            "networks"),
        new Wrong(head("zones: { a: [⟦192.0.2.1/24] }"), MistakeKind.HOST_BITS_SET, "192.0.2.0/24"),
        new Wrong(
            head("zones:\n  a:\n    - 10.0.0.0/8\n    - ⟦2001:db8::1/32"),
            MistakeKind.HOST_BITS_SET,
            "2001:db8::/32"),
        new Wrong(
            head("zones: { a: [\"⟦::ffff:192.0.2.0/24\"] }".replace("\"⟦", "⟦\"")),
            MistakeKind.NETWORK_MAPPED,
            "192.0.2.0/24"),
        Wrong.of(head("zones: { a: [⟦192.0.2.0/33] }"), MistakeKind.NETWORK_MALFORMED),
        Wrong.of(head("zones: { a: [⟦192.0.2/24] }"), MistakeKind.NETWORK_MALFORMED),
        Wrong.of(head("zones: { a: [⟦192.0.02.0/24] }"), MistakeKind.NETWORK_MALFORMED),
        Wrong.of(head("zones: { a: [⟦office.example.com] }"), MistakeKind.NETWORK_MALFORMED),
        Wrong.of(head("zones: { a: [⟦fe80::1%eth0] }"), MistakeKind.NETWORK_MALFORMED),
        Wrong.of(head("zones: { a: [10.0.0.1, ⟦10.0.0.1] }"), Flaw.ENTRY_TWICE),
        Wrong.of(head("zones: { a: [⟦~] }"), Flaw.TEXT_EXPECTED));
  }

  private static List<Wrong> wrongRules() {
    return List.of(
        new Wrong(rule("⟦grops: [a]"), Flaw.KEY_UNKNOWN, "groups"),
        new Wrong(rule("⟦path: [/a]"), Flaw.KEY_UNKNOWN, "paths"),
        Wrong.of(rule("⟦hosts: [i.example]"), Flaw.KEY_TWICE),
        Wrong.of(rule("paths: ⟦/a"), Flaw.LIST_EXPECTED),
        Wrong.of(rule("paths: [⟦a]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a*]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/*/a]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a//b]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a/../b]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a/.]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a%2fb]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a?b=c]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [⟦/a;b]"), MistakeKind.PATH_MALFORMED),
        Wrong.of(rule("paths: [/a, ⟦/a]"), Flaw.ENTRY_TWICE),
        new Wrong(rule("methods: [⟦GTE]"), Flaw.VALUE_UNKNOWN, "GET"),
        Wrong.of(rule("methods: [⟦get]"), Flaw.VALUE_UNKNOWN),
        Wrong.of(rule("groups: ⟦[]"), Flaw.LIST_EMPTY),
        Wrong.of(rule("groups: [⟦\"a,b\"]"), MistakeKind.GROUP_MALFORMED),
        Wrong.of(rule("groups: [⟦\" a\"]"), MistakeKind.GROUP_MALFORMED),
        Wrong.of(rule("groups: [⟦123]"), Flaw.TEXT_EXPECTED),
        Wrong.of(rule("groups: [⟦true]"), Flaw.TEXT_EXPECTED),
        new Wrong(rule("levels: ⟦tree"), Flaw.VALUE_UNKNOWN, "three"),
        new Wrong(rule("token: ⟦otp-allowd"), Flaw.VALUE_UNKNOWN, "otp-allowed"),
        new Wrong(rule("effect: ⟦alow"), Flaw.VALUE_UNKNOWN, "allow"),
        Wrong.of(rule("effect: ⟦deny"), Flaw.VALUE_UNKNOWN),
        Wrong.of(rule("touch: ⟦-5m"), MistakeKind.DURATION_MALFORMED),
        Wrong.of(rule("upgrade: ⟦forever"), MistakeKind.DURATION_MALFORMED),
        Wrong.of(rule("effect: refuse\n⟦touch: 5m"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("effect: refuse\n⟦upgrade: 5m"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("effect: refuse\n⟦levels: three"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("levels: source\n⟦groups: [a]"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("levels: source\n⟦touch: 5m"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("levels: source\n⟦token: webauthn"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("effect: refuse\n⟦token: otp-allowed"), Flaw.KEY_POINTLESS),
        Wrong.of(rule("token: otp-allowed\n⟦touch: 5m"), Flaw.KEY_POINTLESS),
        Wrong.of(FRAME.replace("name: one", "name: ⟦One"), MistakeKind.NAME_MALFORMED),
        Wrong.of(FRAME.replace("name: one\n    ", "⟦"), Flaw.KEY_MISSING),
        new Wrong(
            FRAME.replace("zones: [office]", "zones: [⟦offcie]"),
            MistakeKind.ZONE_UNKNOWN,
            "office"),
        Wrong.of(FRAME.replace("[h.example]", "[⟦H.example]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(FRAME.replace("[h.example]", "[⟦h.example:80]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(FRAME.replace("[h.example]", "[⟦\"*\"]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(FRAME.replace("[h.example]", "[⟦a.*.example]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(FRAME.replace("[h.example]", "[⟦h.example.]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(FRAME.replace("[h.example]", "[⟦-h.example]"), MistakeKind.HOST_MALFORMED),
        Wrong.of(
            FRAME + "  - { name: ⟦one, hosts: [h], zones: [office] }\n", MistakeKind.RULE_TWICE),
        Wrong.of(FRAME + "  - ⟦one\n", Flaw.MAPPING_EXPECTED));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_oneMistake_isToldAtItsPlace(Wrong wrong) {
    int at = wrong.document.indexOf('⟦');
    String before = wrong.document.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = at - (before.lastIndexOf('\n') + 1) + 1;

    List<Mistake> told = mistakes(wrong.document.replace("⟦", ""));

    assertThat(told).hasSize(1);
    Mistake mistake = told.getFirst();
    assertThat(mistake.kind()).isEqualTo(wrong.kind);
    assertThat(mistake.line() + ":" + mistake.column()).isEqualTo(line + ":" + column);
    assertThat(mistake.nearest()).isEqualTo(wrong.nearest.isEmpty() ? null : wrong.nearest);
    for (Language language : Language.values()) {
      assertThat(mistake.text(language)).doesNotContain("{0}", "{1}").contains(wrong.nearest);
    }
  }

  @Test
  void table_holdsEveryKindOfMistake() {
    List<Mistake.Kind> elsewhere =
        List.of(
            Flaw.TOO_LARGE,
            Flaw.TOO_DEEP,
            Flaw.TOO_MANY_MISTAKES,
            Flaw.NUMBER_EXPECTED,
            MistakeKind.TOO_MANY_ZONES,
            MistakeKind.TOO_MANY_RULES,
            Flaw.ALIAS);
    List<Mistake.Kind> all = new ArrayList<>(List.of(Flaw.values()));
    all.addAll(List.of(MistakeKind.values()));
    all.removeAll(elsewhere);
    assertThat(wrong().stream().map(Wrong::kind).distinct().toList()).containsAll(all);
  }

  @Test
  void read_manyMistakes_tellsAllInOrder() {
    List<Mistake> told =
        mistakes(
            """
            version: 2
            zones: { office: [192.0.2.1/24] }
            rules:
              - name: one
                host: [h]
                zones: [ofice]
                touch: soon
            """);
    assertThat(told)
        .extracting(
            mistake -> mistake.line() + ":" + mistake.column() + " " + mistake.kind().code())
        .containsExactly(
            "1:10 version-unknown",
            "2:19 host-bits-set",
            "4:5 key-missing",
            "5:5 key-unknown",
            "6:13 zone-unknown",
            "7:12 duration-malformed");
  }

  @Test
  void read_hundredsOfMistakes_stopsTelling() {
    String document = FRAME + "x: 1\n".repeat(500);
    List<Mistake> told = mistakes(document);
    assertThat(told).hasSize(101);
    assertThat(told.getLast().kind()).isEqualTo(Flaw.TOO_MANY_MISTAKES);
  }

  @Test
  void read_alias_isRefused() {
    assertThat(mistakes(FRAME.replace("[office]", "&z [office]") + "    groups: *z\n"))
        .extracting(Mistake::kind)
        .containsExactly(Flaw.ANCHOR, Flaw.ALIAS);
  }

  @Test
  void read_tooLarge_isRefusedUnread() {
    String document = FRAME + "#".repeat(Yaml.MAX_LENGTH);
    assertThat(mistakes(document)).extracting(Mistake::kind).containsExactly(Flaw.TOO_LARGE);
  }

  @Test
  void read_tooDeep_isRefusedAtOnce() {
    assertThat(mistakes("[".repeat(200_000)))
        .extracting(mistake -> mistake.column() + " " + mistake.kind().code())
        .containsExactly("9 too-deep");
  }

  @Test
  void read_tooManyZones_isRefused() {
    List<String> zones =
        IntStream.range(0, 65).mapToObj(i -> "z" + i + ": [10.0.0." + i + "]").toList();
    assertThat(mistakes(head("zones: { " + String.join(", ", zones) + " }")))
        .extracting(Mistake::kind)
        .containsExactly(MistakeKind.TOO_MANY_ZONES);
    assertThat(Policy.read(head("zones: { " + String.join(", ", zones.subList(0, 64)) + " }")))
        .isInstanceOf(PolicyReading.Read.class);
  }

  @Test
  void read_tooManyRules_isRefused() {
    StringBuilder document = new StringBuilder("version: 1\nzones: { z: [10.0.0.0/8] }\nrules:\n");
    for (int i = 0; i <= RuleReader.MOST; i++) {
      document.append("- { name: r").append(i).append(", hosts: [h").append(i);
      document.append("], zones: [z] }\n");
    }
    assertThat(mistakes(document.toString()))
        .extracting(Mistake::kind)
        .containsExactly(MistakeKind.TOO_MANY_RULES);
  }

  @Test
  void read_halfACharacter_isRefused() {
    assertThat(Policy.read(FRAME + "# \ud800\n")).isInstanceOf(PolicyReading.Mistaken.class);
  }

  @Test
  void mistake_quotesNoControlsAndNotMuch() {
    String long1 = "a".repeat(5_000);
    Mistake mistake = mistakes(FRAME + "\"\\e[31m" + long1 + "\": 1\n").getFirst();
    assertThat(mistake.text(Language.FR)).doesNotContain("\u001b").hasSizeLessThan(300);
  }

  @Test
  void text_speaksBothLanguages() {
    Mistake mistake = mistakes(rule("grops: [a]")).getFirst();
    assertThat(mistake.text(Language.EN))
        .startsWith("unknown key \"grops\"; valid here: name, hosts,")
        .endsWith("; did you mean \"groups\"?");
    assertThat(mistake.text(Language.FR))
        .startsWith("clé inconnue « grops » ; valables ici : name, hosts,")
        .endsWith(" ; vouliez-vous dire « groups » ?");
  }
}

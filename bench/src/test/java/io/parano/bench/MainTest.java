package io.parano.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** That every bench runs and tells what it found; what it finds here means nothing. */
class MainTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decision",
        "argon2",
        "audit-append",
        "otp-verify",
        "ssh-sign",
        "radius",
        "mail-auth",
        "cut",
        "cold-start",
        "tagged-rows",
        "forward-auth",
        "forward-auth-roles",
        "forward-auth-postgresql",
        "behind-nginx",
        "keycloak"
      })
  @Tag("slow")
  void main_tinyScale_writesWellFormedFigures(String name) throws Exception {
    assumeTrue(has(name), "what this bench needs is missing here");
    Path json = folder.resolve("figures.json");

    Main.main(new String[] {name, "--tiny", "--json", json.toString()});

    assertThat(names(Files.readString(json))).isNotEmpty().allMatch(its -> its.startsWith(name));
  }

  /** Keycloak is half a gigabyte: it is met where somebody fetched it, not by every test run. */
  private static boolean has(String bench) throws Exception {
    return switch (bench) {
      case "forward-auth" -> Packages.have("wrk", "wrk");
      case "behind-nginx" -> Packages.have("wrk", "wrk") && Packages.have("nginx", "nginx-light");
      case "ssh-sign", "cut" -> Packages.have("ssh-keygen", "openssh-client");
      case "mail-auth" -> Packages.have("nginx", "nginx-light") && MailAuthBench.has();
      case "keycloak" -> Keycloak.kept().isPresent();
      default -> true;
    };
  }

  @Test
  void read_knownName_isThatBenchAlone() {
    assertThat(Main.Asked.read(List.of("decision", "--json", "f")))
        .satisfies(asked ->
            assertThat(asked.benches()).extracting(Bench::name).containsExactly("decision"))
        .satisfies(asked -> assertThat(asked.json()).isEqualTo(Path.of("f")));
  }

  @Test
  void read_noName_isAll() {
    assertThat(Main.Asked.read(List.of()).benches())
        .extracting(Bench::name)
        .containsExactly(
            "decision",
            "argon2",
            "audit-append",
            "otp-verify",
            "ssh-sign",
            "radius",
            "mail-auth",
            "cut",
            "cold-start",
            "tagged-rows",
            "forward-auth",
            "forward-auth-roles",
            "forward-auth-postgresql",
            "behind-nginx",
            "keycloak");
  }

  @Test
  void read_unknownName_isRefusedWithTheList() {
    assertThatThrownBy(() -> Main.Asked.read(List.of("decisoin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no bench \"decisoin\"")
        .hasMessageContaining(
            "decision, argon2, audit-append, otp-verify, ssh-sign, radius, mail-auth, cut, cold-start, tagged-rows, forward-auth, forward-auth-roles, forward-auth-postgresql, behind-nginx, keycloak");
  }

  @Test
  void read_optionWithoutValue_isRefused() {
    assertThatThrownBy(() -> Main.Asked.read(List.of("--json")))
        .hasMessageContaining("--json: expected a file");
    assertThatThrownBy(() -> Main.Asked.read(List.of("--rounds", "none")))
        .hasMessageContaining("--rounds: expected a number from 1 to 99, found \"none\"");
  }

  @Test
  void json_missingPeer_isNull() throws Exception {
    String json =
        Figure.json(
            List.of(
                Figure.alone("alone", 1.5, "us"),
                Figure.beside("beside", List.of(3.0), "1/s", "a \"peer\"", List.of(4.0))));

    assertThat(names(json)).containsExactly("alone", "beside");
    assertThat(json)
        .contains("\"peer\": null, \"peerValue\": null, \"ratio\": null")
        .contains("\"peer\": \"a \\\"peer\\\"\", \"peerValue\": 4.0000, \"ratio\": 0.7500");
  }

  @Test
  void beside_ratio_isTheMedianOfTheRounds() {
    Figure figure =
        Figure.beside("f", List.of(10.0, 20.0, 90.0), "1/s", "peer", List.of(20.0, 20.0, 100.0));

    assertThat(figure.value()).isEqualTo(20);
    assertThat(figure.ratio()).isEqualTo(0.9);
  }

  @Test
  @Tag("slow")
  void main_toldToStop_endsItsChildren() throws Exception {
    Process bench =
        new ProcessBuilder(Jvm.command(64, Main.class, "audit-append"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    ProcessHandle child = firstChild(bench);

    bench.destroy();

    assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  private static ProcessHandle firstChild(Process parent) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && parent.isAlive()) {
      var child = parent.children().findFirst();
      if (child.isPresent()) {
        return child.get();
      }
      Thread.onSpinWait();
    }
    throw new IOException("the bench started no process");
  }

  /** The figures' names, having seen that each has the six fields and no other. */
  private static List<String> names(String json) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        names.add(text(parser, "name"));
        field(parser, "value", JsonToken.VALUE_NUMBER_FLOAT);
        text(parser, "unit");
        boolean alone =
            field(parser, "peer", JsonToken.VALUE_STRING, JsonToken.VALUE_NULL)
                == JsonToken.VALUE_NULL;
        JsonToken number = alone ? JsonToken.VALUE_NULL : JsonToken.VALUE_NUMBER_FLOAT;
        field(parser, "peerValue", number);
        field(parser, "ratio", number);
        assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_ARRAY);
      assertThat(parser.nextToken()).isNull();
    }
    return names;
  }

  private static String text(JsonParser parser, String name) {
    field(parser, name, JsonToken.VALUE_STRING);
    return parser.getString();
  }

  private static JsonToken field(JsonParser parser, String name, JsonToken... expected) {
    assertThat(parser.nextName()).isEqualTo(name);
    JsonToken token = parser.nextToken();
    assertThat(token).isIn((Object[]) expected);
    return token;
  }
}

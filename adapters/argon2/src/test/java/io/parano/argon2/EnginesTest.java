package io.parano.argon2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.Argon2Parameters;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What both engines owe: RFC 9106 and the reference implementation's published tags, and each
/// other's for whatever else.
class EnginesTest {
  private static final byte[] NONE = {};

  /// libargon2 is left out only where it is not installed; the build's summary then says so, since
  /// fewer tests ran.
  static List<Engine> engines() {
    return Stream.concat(
            Libargon2.find().stream().map(Engine.class::cast), Stream.of(new BouncyCastle()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void compute_referenceKnownAnswer_isGiven(Engine engine) throws IOException {
    String kat = resource("argon2id.txt");
    Matcher costs = found("Memory: (\\d+) KiB, Iterations: (\\d+), Parallelism: (\\d+) lanes", kat);
    var parameters =
        new Argon2Parameters(
            Integer.parseInt(costs.group(1)),
            Integer.parseInt(costs.group(2)),
            Integer.parseInt(costs.group(3)));
    byte[] tag =
        compute(
            engine,
            field(kat, "Password\\[32\\]"),
            field(kat, "Salt\\[16\\]"),
            field(kat, "Secret\\[8\\]"),
            field(kat, "Associated data\\[12\\]"),
            parameters);
    assertThat(tag).isEqualTo(field(kat, "Tag"));
  }

  /// From src/test.c of the reference implementation, version 0x13.
  @ParameterizedTest
  @MethodSource("engines")
  void compute_referenceHashes_areGiven(Engine engine) {
    assertThat(hashed(engine, "password", 65_536, 2, 1))
        .isEqualTo("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(hashed(engine, "password", 256, 2, 1))
        .isEqualTo("nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    assertThat(hashed(engine, "password", 256, 2, 2))
        .isEqualTo("bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc");
  }

  @Test
  void compute_randomInputs_allEnginesAgree() {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int lanes = 1 + random.nextInt(4);
      var parameters =
          new Argon2Parameters(8 * lanes + random.nextInt(500), 1 + random.nextInt(4), lanes);
      byte[] password = bytes(random, random.nextInt(300));
      byte[] salt = bytes(random, 8 + random.nextInt(40));
      List<byte[]> tags =
          engines().stream()
              .map(engine -> compute(engine, password.clone(), salt, NONE, NONE, parameters))
              .toList();
      assertThat(tags).allSatisfy(tag -> assertThat(tag).isEqualTo(tags.getFirst()));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void compute_oneBenchManyTimes_isTheSameAsAFreshOne(Engine engine) {
    try (Engine.Bench bench = engine.open()) {
      for (int memory : List.of(64, 256, 8, 256)) {
        var parameters = new Argon2Parameters(memory, 1, 1);
        byte[] tag = new byte[32];
        bench.compute("correct horse".getBytes(UTF_8), new byte[16], NONE, NONE, parameters, tag);
        assertThat(tag)
            .isEqualTo(
                compute(
                    engine, "correct horse".getBytes(UTF_8), new byte[16], NONE, NONE, parameters));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void compute_password_isWipedAfterwards(Engine engine) {
    byte[] password = "correct horse".getBytes(UTF_8);
    compute(engine, password, new byte[16], NONE, NONE, new Argon2Parameters(8, 1, 1));
    assertThat(password).containsOnly(0);
  }

  private static String hashed(Engine engine, String password, int memory, int passes, int lanes) {
    byte[] tag =
        compute(
            engine,
            password.getBytes(UTF_8),
            "somesalt".getBytes(UTF_8),
            NONE,
            NONE,
            new Argon2Parameters(memory, passes, lanes));
    return Base64.getEncoder().withoutPadding().encodeToString(tag);
  }

  private static byte[] compute(
      Engine engine,
      byte[] password,
      byte[] salt,
      byte[] key,
      byte[] associated,
      Argon2Parameters parameters) {
    byte[] tag = new byte[32];
    try (Engine.Bench bench = engine.open()) {
      bench.compute(password, salt, key, associated, parameters, tag);
    }
    return tag;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] field(String kat, String name) {
    return HexFormat.ofDelimiter(" ")
        .parseHex(found(name + ": ((?:[0-9a-f]{2} ?)+)", kat).group(1).strip());
  }

  private static Matcher found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher;
  }

  private static String resource(String name) throws IOException {
    try (var in = EnginesTest.class.getResourceAsStream("/argon2/" + name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

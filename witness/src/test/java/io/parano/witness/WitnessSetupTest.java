package io.parano.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.kernel.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessSetupTest {
  private static final Path FOLDER = Path.of("/etc/parano-witness");
  private static final String KEY = TestKey.of("log.example").key().vkey();
  private static final String RIGHT =
      """
      version: 1
      key: witness.key
      state: /var/lib/witness
      listen: { tcp: "192.0.2.7:9443", tls: { certificate: c.pem, key: k.pem } }
      logs:
        - { origin: log.example/audit, key: "%s" }
      """
          .formatted(KEY);

  private static WitnessSetup.Reading read(String document) {
    return WitnessSetup.read(document, FOLDER);
  }

  @Test
  void read_everyKey_isUnderstood() {
    assertThat(read(RIGHT))
        .isInstanceOfSatisfying(
            WitnessSetup.Reading.Read.class,
            read -> {
              WitnessSetup setup = read.setup();
              assertThat(setup.key()).isEqualTo(FOLDER.resolve("witness.key"));
              assertThat(setup.state()).isEqualTo(Path.of("/var/lib/witness"));
              assertThat(setup.listen().getHostString()).isEqualTo("192.0.2.7");
              assertThat(setup.listen().getPort()).isEqualTo(9443);
              assertThat(setup.tls())
                  .isEqualTo(
                      new WitnessSetup.Tls(FOLDER.resolve("c.pem"), FOLDER.resolve("k.pem")));
              assertThat(setup.logs()).hasSize(1);
              assertThat(setup.logs().getFirst().origin()).isEqualTo("log.example/audit");
              assertThat(setup.logs().getFirst().key().vkey()).isEqualTo(KEY);
            });
  }

  static Stream<Object[]> wrong() {
    String tls = ", tls: { certificate: c.pem, key: k.pem }";
    return Stream.of(
        wrong("version: 1", "version: 2", WitnessMistake.VERSION_UNKNOWN),
        wrong("key: witness.key", "key: \"\"", WitnessMistake.PATH_MALFORMED),
        wrong("192.0.2.7:9443", "witness:9443", WitnessMistake.ADDRESS_MALFORMED),
        wrong("192.0.2.7:9443", "192.0.2.7:99999", WitnessMistake.ADDRESS_MALFORMED),
        wrong(tls, "", WitnessMistake.TLS_MISSING),
        wrong("log.example/audit", "\"a log\"", WitnessMistake.ORIGIN_MALFORMED),
        wrong(KEY, "nonsense", WitnessMistake.KEY_MALFORMED),
        wrong(KEY, TestKey.of("w").cosignatureKey().vkey(), WitnessMistake.KEY_MALFORMED),
        wrong("state:", "stat:", Flaw.KEY_UNKNOWN),
        wrong(
            "logs:\n",
            "logs:\n  - { origin: log.example/audit, key: \"" + KEY + "\" }\n",
            WitnessMistake.ORIGIN_TWICE));
  }

  private static Object[] wrong(String part, String instead, Mistake.Kind kind) {
    assertThat(RIGHT).contains(part);
    return new Object[] {RIGHT.replace(part, instead), kind};
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_oneMistake_isNamed(String document, Mistake.Kind kind) {
    assertThat(read(document))
        .isInstanceOfSatisfying(
            WitnessSetup.Reading.Mistaken.class,
            mistaken -> assertThat(mistaken.mistakes()).extracting(Mistake::kind).contains(kind));
  }

  @Test
  void read_loopbackWithoutTls_isRight() {
    for (String address : List.of("127.0.0.9:1", "[::1]:9443")) {
      String document =
          RIGHT
              .replace(", tls: { certificate: c.pem, key: k.pem }", "")
              .replace("192.0.2.7:9443", address);
      assertThat(read(document)).isInstanceOf(WitnessSetup.Reading.Read.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void text_everyKind_isSaidInBothLanguages(WitnessMistake kind) {
    Mistake mistake = new Mistake(1, 1, kind, List.of("thing", "more"), null);
    assertThat(mistake.text(Language.EN)).isNotEqualTo(mistake.text(Language.FR));
  }
}

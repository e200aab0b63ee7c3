package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.MetadataOutcome.Flaw;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.testkit.MetadataService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A metadata BLOB counts when the service has signed it, and for nothing else.
class MetadataTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
  private static final UUID GOOD = new UUID(1, 1);
  private static final UUID BAD = new UUID(2, 2);
  private static final Random RANDOM = new Random(3);
  private static final MetadataService SERVICE = MetadataService.make(NOW, RANDOM::nextBytes);
  private static final MetadataService OTHER = MetadataService.make(NOW, RANDOM::nextBytes);
  private static final String PAYLOAD =
      "{\"no\":7,\"nextUpdate\":\"2026-12-24\",\"entries\":[%s]}"
          .formatted(MetadataService.entry(BAD, "REVOKED"));

  private static MetadataOutcome read(Bytes blob) {
    return read(blob, NOW);
  }

  private static MetadataOutcome read(Bytes blob, Instant now) {
    return Metadata.read(blob, List.of(SERVICE.root()), now);
  }

  private static Bytes right() {
    return SERVICE.signed(SERVICE.header(), PAYLOAD);
  }

  @Test
  void read_signedByTheService_saysWhichModelsAreRecalled() {
    Bytes blob =
        SERVICE.blob(
            58,
            "2026-12-24",
            MetadataService.entry(GOOD, "FIDO_CERTIFIED", "UPDATE_AVAILABLE", "SOMETHING_NEW"),
            MetadataService.entry(BAD, "FIDO_CERTIFIED", "REVOKED", "FIDO_CERTIFIED_L1"),
            "{\"aaid\":\"4e4e#4005\",\"statusReports\":[{\"status\":\"REVOKED\"}]}");
    assertThat(read(blob))
        .isEqualTo(
            new MetadataOutcome.Read(
                new CheckedMetadata(
                    58, LocalDate.parse("2026-12-24"), new TreeMap<>(Map.of(BAD, "REVOKED")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USER_VERIFICATION_BYPASS",
        "ATTESTATION_KEY_COMPROMISE",
        "USER_KEY_REMOTE_COMPROMISE",
        "USER_KEY_PHYSICAL_COMPROMISE",
        "REVOKED"
      })
  void read_eachStatusThatTakesAModel_recallsIt(String status) {
    assertThat(read(SERVICE.blob(1, "2026-12-24", MetadataService.entry(BAD, status))))
        .isInstanceOfSatisfying(
            MetadataOutcome.Read.class,
            read -> assertThat(read.metadata().recalled()).containsEntry(BAD, status));
  }

  private static Arguments tampered(String what, Flaw flaw, Bytes blob) {
    return Arguments.of(what, flaw, blob);
  }

  private static Arguments headed(String what, Flaw flaw, String was, String is) {
    return tampered(what, flaw, SERVICE.signed(replaced(SERVICE.header(), was, is), PAYLOAD));
  }

  private static Arguments saying(String what, String was, String is) {
    return tampered(
        what, Flaw.PAYLOAD, SERVICE.signed(SERVICE.header(), replaced(PAYLOAD, was, is)));
  }

  private static String replaced(String text, String was, String is) {
    assertThat(text).contains(was);
    return text.replace(was, is);
  }

  private static Bytes exchanged(int part, String by) {
    String[] parts = text(right()).split("\\.", -1);
    parts[part] = by;
    return bytes(String.join(".", parts));
  }

  private static String text(Bytes blob) {
    return new String(blob.copy(), StandardCharsets.US_ASCII);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Stream<Arguments> tampered() {
    String theirs = text(OTHER.signed(OTHER.header(), PAYLOAD)).split("\\.", -1)[2];
    return Stream.of(
        tampered("nothing", Flaw.FORM, Bytes.EMPTY),
        tampered("two parts", Flaw.FORM, bytes("abcd.abcd")),
        tampered("padding", Flaw.FORM, bytes(text(right()) + "==")),
        headed("no algorithm", Flaw.HEADER, "\"alg\":\"ES256\",", ""),
        headed("the algorithm none", Flaw.HEADER, "ES256", "none"),
        headed("an algorithm with a shared key", Flaw.HEADER, "ES256", "HS256"),
        headed("another kind of key's algorithm", Flaw.SIGNATURE, "ES256", "RS256"),
        headed("what must be understood", Flaw.HEADER, "\"typ\"", "\"crit\":[\"x\"],\"typ\""),
        headed("no chain", Flaw.HEADER, "x5c", "x5d"),
        headed("a chain of text", Flaw.HEADER, "\"x5c\":[\"", "\"x5c\":[\"AAAA\",\""),
        tampered("another root", Flaw.CHAIN, OTHER.signed(OTHER.header(), PAYLOAD)),
        tampered(
            "another signer under the root",
            Flaw.SIGNER,
            SERVICE
                .signingAs("www.example.test")
                .signed(SERVICE.signingAs("www.example.test").header(), PAYLOAD)),
        tampered("their signature under our chain", Flaw.SIGNATURE, exchanged(2, theirs)),
        tampered(
            "another payload",
            Flaw.SIGNATURE,
            exchanged(1, MetadataService.part(replaced(PAYLOAD, "REVOKED", "FIDO_CERTIFIED")))),
        tampered("no signature", Flaw.SIGNATURE, exchanged(2, "AA")),
        saying("no number", "\"no\":7,", ""),
        saying("a number below nothing", "\"no\":7", "\"no\":-7"),
        saying("half a number", "\"no\":7", "\"no\":7.5"),
        saying("a number as text", "\"no\":7", "\"no\":\"7\""),
        saying("no next update", "nextUpdate", "lastUpdate"),
        saying("no such day", "2026-12-24", "2026-13-24"),
        saying("no entries", "entries", "entry"),
        saying("an entry of text", "\"entries\":[", "\"entries\":[\"x\","),
        saying("no reports", "statusReports", "reports"),
        saying("a report without a status", "\"status\"", "\"state\""),
        saying("no AAGUID", BAD.toString(), "0000"),
        saying("twice the same", "\"no\":7", "\"no\":7,\"no\":8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampered")
  void read_oneThingWrong_isRefusedForIt(String what, Flaw flaw, Bytes blob) {
    assertThat(read(right())).isInstanceOf(MetadataOutcome.Read.class);
    assertThat(read(blob))
        .as(what)
        .isInstanceOfSatisfying(
            MetadataOutcome.Refused.class, refused -> assertThat(refused.flaw()).isEqualTo(flaw));
  }

  @Test
  void read_certificateOutOfDate_isRefusedAndInItsTimeNot() {
    for (Instant when : List.of(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(3660)))) {
      assertThat(read(right(), when))
          .isInstanceOfSatisfying(
              MetadataOutcome.Refused.class,
              refused -> assertThat(refused.flaw()).isEqualTo(Flaw.CHAIN));
    }
    assertThat(read(right(), NOW.plus(Duration.ofDays(3600))))
        .isInstanceOf(MetadataOutcome.Read.class);
  }

  @Test
  void roots_ofTheProduct_areTheOneThatIsPinned() {
    assertThat(Metadata.roots())
        .singleElement()
        .satisfies(root ->
            assertThat(Digest.of(root.copy()).hex())
                .isEqualTo("cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b"));
  }
}

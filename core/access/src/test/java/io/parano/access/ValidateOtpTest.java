package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.authn.SignedPairs;
import io.parano.identity.Act;
import io.parano.kernel.ActId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Yubico's validation protocol 2.0 as the core answers it.
class ValidateOtpTest {
  private static final String NONCE = "askjdnkajsndjkasndkjsnad";

  private final Company company = new Company();
  private final OtpKey token = OtpKey.make(company.randomness);
  private final Secret key = admitted(7, "192.0.2.10/32", "203.0.113.66/32");

  {
    String olga = company.signIn("olga", OFFICE);
    var imported =
        (Importing.Imported.Proposed)
            company
                .gate
                .importing()
                .otpTokens(olga, "alice", "", Secret.ofText(token.logLine()), OFFICE);
    ActId act = imported.proposals().getFirst().id();
    company.sign(act, "olga");
    Company.executed(company.sign(act, "otto"));
  }

  @Test
  void validate_freshOtp_answersOkSignedForThisQuestionAlone() {
    String otp = token.press();
    Validating.Response response = ask(7, otp, NONCE, key, OFFICE);

    assertThat(response.lines())
        .containsEntry("status", "OK")
        .containsEntry("otp", otp)
        .containsEntry("nonce", NONCE)
        .containsEntry("sl", "100")
        .containsEntry("t", "2026-11-23T09:00:00Z0000")
        .doesNotContainKey("timestamp");
    assertThat(SignedPairs.check(response.lines(), response.signature(), key))
        .isEqualTo(SignedPairs.Check.RIGHT);
  }

  /**
   * Passwords, seeds and clients' keys under a newer key; all of it still opens, and again later.
   */
  @Test
  void reseal_newerKey_changesNothingButTheSeal() {
    Resealing resealing = company.gate.resealing();
    assertThat(resealing.left()).isZero();
    company.sealer.generation = 1;
    assertThat(resealing.left()).isEqualTo(resealing.all()).isGreaterThan(3);
    while (resealing.round() > 0) {
      assertThat(resealing.left()).isLessThan(resealing.all());
    }
    assertThat(resealing.round()).isZero();

    company.restart();
    assertThat(company.gate.resealing().left()).isZero();
    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("OK");
    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
  }

  @Test
  void validate_countersAsked_tellsThem() {
    String otp = token.say(3, 4, 5);
    SortedMap<String, String> pairs = pairs(7, otp, NONCE);
    pairs.put("timestamp", "1");

    assertThat(
            company
                .gate
                .validating()
                .validate(request(7, otp, NONCE, true, pairs, key, OFFICE))
                .lines())
        .containsEntry("status", "OK")
        .containsEntry("sessioncounter", "3")
        .containsEntry("sessionuse", "4")
        .containsEntry("timestamp", "5");
  }

  @Test
  void validate_sameQuestionAgain_isToldFromAReplay() {
    String otp = token.press();

    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("OK");
    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("REPLAYED_REQUEST");
    assertThat(status(ask(7, otp, NONCE + "1", key, OFFICE))).isEqualTo("REPLAYED_OTP");
  }

  @Test
  void validate_oneThingWrong_isRefusedAndNothingIsUsedUp() {
    String otp = token.press();
    Secret wrong = Secret.of(new byte[20]);
    SortedMap<String, String> pairs = pairs(7, otp, NONCE);

    assertThat(status(ask(8, otp, NONCE, key, OFFICE))).isEqualTo("NO_SUCH_CLIENT");
    assertThat(status(ask(7, otp, NONCE, key, OTHER_DESK))).isEqualTo("NO_SUCH_CLIENT");
    assertThat(status(ask(7, otp, NONCE, wrong, OFFICE))).isEqualTo("BAD_SIGNATURE");
    assertThat(
            status(
                company
                    .gate
                    .validating()
                    .validate(new Validating.Request(7, otp, NONCE, false, pairs, "", OFFICE))))
        .isEqualTo("BAD_SIGNATURE");
    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("OK");
    assertThat(company.reasons())
        .contains(Reason.CLIENT_UNKNOWN, Reason.CLIENT_ELSEWHERE, Reason.CLIENT_SIGNATURE_WRONG);
  }

  @Test
  void validate_parameterAddedOrChangedAfterSigning_isRefused() {
    String otp = token.press();
    String signature = SignedPairs.sign(pairs(7, otp, NONCE), key);
    SortedMap<String, String> more = pairs(7, otp, NONCE);
    more.put("timestamp", "1");

    assertThat(
            status(
                company
                    .gate
                    .validating()
                    .validate(
                        new Validating.Request(7, otp, NONCE, true, more, signature, OFFICE))))
        .isEqualTo("BAD_SIGNATURE");
    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("OK");
  }

  @Test
  void validate_clientListedButInNoZone_isNotAllowed() {
    assertThat(status(ask(7, token.press(), NONCE, key, OUTSIDE)))
        .isEqualTo("OPERATION_NOT_ALLOWED");
    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("OK");
  }

  @Test
  void validate_personFrozenOrTokenUnknown_soundAlike() {
    OtpKey unknown = OtpKey.make(company.randomness);
    company
        .gate
        .lever()
        .cut(
            new Lever.Target.OnePerson(company.person("alice").id()),
            "drill",
            new Lever.By(null, "control", "uid 0"));

    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("BAD_OTP");
    assertThat(status(ask(7, unknown.press(), NONCE, key, OFFICE))).isEqualTo("BAD_OTP");
    Company.executed(company.act(new Act.ReopenPerson(company.person("alice").id()), "olga"));
    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("OK");
  }

  @Test
  void validate_logFull_saysSoAndUsesNothingUp() {
    String otp = token.press();
    company.ledger.fill();
    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("BACKEND_ERROR");
    company.ledger.makeRoom();

    assertThat(status(ask(7, otp, NONCE, key, OFFICE))).isEqualTo("OK");
  }

  @Test
  void validate_clientDismissed_isUnknown() {
    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("OK");
    Company.executed(company.act(new Act.DismissClient(7), "olga"));

    assertThat(status(ask(7, token.press(), NONCE, key, OFFICE))).isEqualTo("NO_SUCH_CLIENT");
  }

  @Test
  void request_thatWouldBlurWhatIsSigned_cannotBeMade() {
    String otp = token.press();
    for (String blurring : List.of(otp + "&x", "c".repeat(65), otp + "\r\n", otp + "=", "")) {
      assertThatThrownBy(
              () -> request(7, blurring, NONCE, false, pairs(7, otp, NONCE), key, OFFICE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String blurring : List.of("short", NONCE + "&status=OK", NONCE + "\n", "n".repeat(41))) {
      assertThatThrownBy(() -> request(7, otp, blurring, false, pairs(7, otp, NONCE), key, OFFICE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void admit_sameNumberTwice_refuses() {
    String olga = company.signIn("olga", OFFICE);

    assertThat(
            company
                .gate
                .approving()
                .propose(
                    olga,
                    new Act.AdmitClient(7, "again", List.of(IpPrefix.parse("192.0.2.9/32"))),
                    OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
  }

  @Test
  void admit_keyIsShownOnceAndKeptSealed() {
    assertThat(key.length()).isEqualTo(20);
    String base64 = Base64.getEncoder().encodeToString(key.copy());
    assertThat(company.ledger.events().toString() + company.books.docket().proposals())
        .doesNotContain(base64);
  }

  @Test
  void time_isWrittenAsTheProtocolWritesIt() {
    assertThat(ValidateOtp.time(Instant.parse("2019-06-06T05:14:15.369Z")))
        .isEqualTo("2019-06-06T05:14:15Z0369");
  }

  private Secret admitted(long number, String... addresses) {
    Act act =
        new Act.AdmitClient(
            number,
            "ssh gateway",
            java.util.Arrays.stream(addresses).map(IpPrefix::parse).toList());
    Secret shown =
        Objects.requireNonNull(Company.executed(company.act(act, "olga", "otto")).code());
    return Secret.of(Base64.getDecoder().decode(Company.text(shown)));
  }

  private Validating.Response ask(
      long client, String otp, String nonce, Secret with, IpAddress source) {
    return company
        .gate
        .validating()
        .validate(request(client, otp, nonce, false, pairs(client, otp, nonce), with, source));
  }

  private static Validating.Request request(
      long client,
      String otp,
      String nonce,
      boolean counters,
      SortedMap<String, String> pairs,
      Secret with,
      IpAddress source) {
    return new Validating.Request(
        client, otp, nonce, counters, pairs, SignedPairs.sign(pairs, with), source);
  }

  private static SortedMap<String, String> pairs(long client, String otp, String nonce) {
    SortedMap<String, String> pairs = new TreeMap<>();
    pairs.put("id", Long.toString(client));
    pairs.put("otp", otp);
    pairs.put("nonce", nonce);
    return pairs;
  }

  private static String status(Validating.Response response) {
    return Objects.requireNonNull(response.lines().get("status"));
  }
}

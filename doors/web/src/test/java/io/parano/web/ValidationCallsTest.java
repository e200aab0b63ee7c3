package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Validating;
import io.parano.kernel.IpAddress;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Yubico's validation protocol 2.0 as bytes: what the core is asked, what the client gets.
class ValidationCallsTest {
  private static final String OTP = "dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh";
  private static final String NONCE = "jrFwbaYFhn0HoxZIsd9LQ6w2ceU";
  private static PaperCore paper;
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(new ScriptedPassing()),
            new InFlight(),
            null,
            Readiness.Ready::new,
            () -> "");
    port = door.bound().getFirst().port();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    paper.asked.clear();
  }

  @Test
  void verify_whole_asksTheCoreAndWritesItsAnswer() throws IOException {
    Wire.Answer answer =
        get("id=7&otp=" + OTP + "&nonce=" + NONCE + "&timestamp=1&sl=50&h=ab%2Bcd%3D");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("h=c2lnbmF0dXJl\r\notp=" + OTP + "\r\nstatus=OK\r\n\r\n");
    Validating.Request asked = paper.asked.getFirst();
    assertThat(asked.client()).isEqualTo(7);
    assertThat(asked.wantsCounters()).isTrue();
    assertThat(asked.signature()).isEqualTo("ab+cd=");
    assertThat(asked.source()).isEqualTo(IpAddress.parse("127.0.0.1"));
    assertThat(asked.signed())
        .isEqualTo(Map.of("id", "7", "otp", OTP, "nonce", NONCE, "timestamp", "1", "sl", "50"));
  }

  @Test
  void verify_orderUnknownParametersAndBarePlus_changeNothing() throws IOException {
    get("h=ab+cd=&unheard=of&nonce=" + NONCE + "&otp=" + OTP + "&sl=fast&timeout=8&id=7");

    assertThat(paper.asked.getFirst().signature()).isEqualTo("ab+cd=");
    assertThat(paper.asked.getFirst().signed()).containsEntry("unheard", "of");
    assertThat(paper.asked.getFirst().wantsCounters()).isFalse();
  }

  @Test
  void verify_withoutSignature_isStillTheCoresToRefuse() throws IOException {
    get("id=7&otp=" + OTP + "&nonce=" + NONCE);

    assertThat(paper.asked.getFirst().signature()).isEmpty();
  }

  @Test
  void verify_parameterMissingOrMalformed_saysSoAndAsksNobody() throws IOException {
    for (String query :
        List.of(
            "",
            "otp=" + OTP + "&nonce=" + NONCE,
            "id=0&otp=" + OTP + "&nonce=" + NONCE,
            "id=-1&otp=" + OTP + "&nonce=" + NONCE,
            "id=99999999999&otp=" + OTP + "&nonce=" + NONCE,
            "id=7&nonce=" + NONCE,
            "id=7&otp=" + OTP,
            "id=7&otp=" + OTP + "&nonce=tooshort",
            "id=7&otp=" + OTP + "&nonce=" + NONCE + "%26status%3DOK")) {
      assertThat(get(query).body()).as(query).isEqualTo("status=MISSING_PARAMETER\r\n\r\n");
    }
    assertThat(paper.asked).isEmpty();
  }

  @Test
  void verify_otpThatWouldBlurTheSignature_isNeverEchoed() throws IOException {
    for (String otp : List.of("a%26status%3DOK", "a%3Db", "a%20b", "%C3%A9", "c".repeat(65))) {
      assertThat(get("id=7&nonce=" + NONCE + "&otp=" + otp).body())
          .as(otp)
          .isEqualTo("status=BAD_OTP\r\n\r\n");
    }
    assertThat(paper.asked).isEmpty();
  }

  @Test
  void verify_parameterTwiceOrBrokenCode_isRefusedAltogether() throws IOException {
    String query = "id=7&otp=" + OTP + "&nonce=" + NONCE;

    assertThat(get(query + "&id=8").status()).isEqualTo(400);
    assertThat(get(query + "&h=%zz").status()).isEqualTo(400);
    assertThat(get(query + "&h=%0d%0a").status()).isEqualTo(400);
    assertThat(paper.asked).isEmpty();
  }

  @Test
  void verify_otherMethodOrVersion_isRefused() throws IOException {
    String query = "?id=7&otp=" + OTP + "&nonce=" + NONCE;

    assertThat(send("POST", "/wsapi/2.0/verify" + query).status()).isEqualTo(405);
    assertThat(send("GET", "/wsapi/verify" + query).status()).isEqualTo(404);
    assertThat(send("GET", "/wsapi/2.0/sync" + query).status()).isEqualTo(404);
    assertThat(paper.asked).isEmpty();
  }

  private static Wire.Answer get(String query) throws IOException {
    return send("GET", "/wsapi/2.0/verify?" + query);
  }

  private static Wire.Answer send(String method, String uri) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(method + " " + uri + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();
    }
  }
}

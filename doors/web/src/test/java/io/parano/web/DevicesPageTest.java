package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.IpAddress;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The page and calls of the passwords of devices.
class DevicesPageTest {
  private static final IpAddress HERE = IpAddress.parse("127.0.0.1");
  private static final String ASSERTION =
      "{\"id\":\""
          + PaperCore.credential("chloe").base64Url()
          + "\",\"authenticatorData\":\"AA\",\"clientData\":\"AA\",\"signature\":\"AA\"}";
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.withDevices(new PaperDevices(paper)),
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

  @Test
  void make_afterATouch_isShownOnceAndListed() throws Exception {
    String cookie = cookie(paper.signedIn("chloe", HERE));
    assertThat(get("/devices", cookie).body()).contains("data-flow=\"devices\"", "90");
    String ceremony = field(call("/api/devices/begin", cookie, "{}"), "ceremony");

    Wire.Answer made = make(ceremony, cookie, "Phone <mail>");

    assertThat(made.body()).contains(PaperDevices.PASSWORD);
    assertThat(made.header("Cache-Control")).hasValue("no-store");
    assertThat(get("/devices", cookie).body())
        .contains("Phone &lt;mail&gt;")
        .doesNotContain(PaperDevices.PASSWORD);
    assertThat(get("/api/devices", cookie).body()).contains("\"person\":\"chloe\"");
    assertThat(get("/", cookie).body()).contains("href=\"/devices\"");
  }

  @Test
  void make_asNobodyOrWithoutItsCeremonyOrLabel_isRefused() throws Exception {
    String cookie = cookie(paper.signedIn("chloe", HERE));
    assertThat(get("/devices", "").header("Location")).hasValue("/sign-in?rd=%2Fdevices");
    assertThat(call("/api/devices/begin", "", "{}").status()).isEqualTo(401);
    assertThat(make(PaperDevices.CEREMONY, "", "phone").status()).isEqualTo(401);
    assertThat(make("another", cookie, "phone").status()).isEqualTo(409);
    assertThat(make(PaperDevices.CEREMONY, cookie, "a\\nb").status()).isEqualTo(400);
    assertThat(make(PaperDevices.CEREMONY, cookie, "phone").status()).isEqualTo(200);
  }

  @Test
  void get_inFrench_speaksFrench() throws Exception {
    String cookie = cookie(paper.signedIn("chloe", HERE));
    assertThat(get("/devices?lang=fr", cookie).body()).contains("Mots de passe d’appareils");
  }

  private static Wire.Answer make(String ceremony, String cookie, String label) throws IOException {
    return call(
        "/api/devices/make",
        cookie,
        "{\"ceremony\":\"%s\",\"assertion\":%s,\"label\":\"%s\"}"
            .formatted(ceremony, ASSERTION, label));
  }

  private static String cookie(String bearer) {
    return "Cookie: __Host-parano-portal=" + bearer + "\r\n";
  }

  private static String field(Wire.Answer answer, String name) {
    Matcher found = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }

  private static Wire.Answer call(String path, String headers, String body) throws IOException {
    return post(
        path,
        "Origin: https://auth.example.org\r\nSec-Fetch-Site: same-origin\r\n" + headers,
        body);
  }

  private static Wire.Answer post(String path, String headers, String body) throws IOException {
    return send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: auth.example.org\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static Wire.Answer get(String path, String headers) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n" + headers + "\r\n");
  }

  private static Wire.Answer send(String request) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(request).read();
    }
  }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pages and calls of a new password.
class PasswordPagesTest {
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
            paper.core(),
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

  /// The paper core is configured to ask for 17 characters.
  @ParameterizedTest
  @CsvSource({
    "/enrol, en, At least 17 characters",
    "/enrol, fr, Au moins 17 caractères",
    "/reset, en, At least 17 characters",
    "/reset, fr, Au moins 17 caractères"
  })
  void get_pageWithANewPassword_saysTheLengthThatIsAskedFor(String path, String tag, String hint)
      throws Exception {
    assertThat(get(path, "Accept-Language: " + tag + "\r\n").body()).contains(hint);
  }

  @Test
  void change_asSomebody_asksForTouchPresentAndNew() throws Exception {
    String cookie = cookie(paper.signedIn("chloe", HERE));
    assertThat(get("/password", cookie).body())
        .contains("name=\"present\"", "name=\"password\"", "17");

    String ceremony = field(call("/api/password/begin", cookie, "{}"), "ceremony");
    assertThat(choose(ceremony, PaperCore.PASSWORD, "seven grey herons at noon").status())
        .as("no touch, no password")
        .isEqualTo(409);
    assertThat(touch(ceremony).status()).isEqualTo(200);
    assertThat(choose(ceremony, "wrong", "seven grey herons at noon").body())
        .contains("\"code\":\"password-wrong\"");
    assertThat(choose(ceremony, PaperCore.PASSWORD, "short").body())
        .contains("\"code\":\"password-too-short\"", "17");
    assertThat(choose(ceremony, PaperCore.PASSWORD, "seven grey herons at noon").status())
        .isEqualTo(200);
  }

  @Test
  void change_asNobody_leadsToSignInAndBack() throws Exception {
    assertThat(get("/password", "").header("Location")).hasValue("/sign-in?rd=%2Fpassword");
    assertThat(call("/api/password/begin", "", "{}").status()).isEqualTo(401);
  }

  @Test
  void reset_withTheOfficersCode_needsNoPresentPassword() throws Exception {
    assertThat(reset("chloe", "wrong-code").status()).isEqualTo(403);
    assertThat(reset("nobody", PaperCore.ENROLMENT_CODE).body())
        .isEqualTo(reset("chloe", "wrong-code").body());
    String ceremony = field(reset("chloe", PaperCore.ENROLMENT_CODE), "ceremony");
    assertThat(touch(ceremony).status()).isEqualTo(200);
    assertThat(
            call(
                    "/api/password/choose",
                    "",
                    "{\"ceremony\":\""
                        + ceremony
                        + "\",\"present\":null,\"password\":\"seven grey herons at noon\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void reset_byAnotherSitesPage_isRefused() throws Exception {
    assertThat(
            post(
                    "/api/password/reset",
                    "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n",
                    "{\"name\":\"chloe\",\"code\":\"" + PaperCore.ENROLMENT_CODE + "\"}")
                .status())
        .isEqualTo(403);
  }

  private static Wire.Answer reset(String name, String code) throws IOException {
    return call("/api/password/reset", "", "{\"name\":\"" + name + "\",\"code\":\"" + code + "\"}");
  }

  private static Wire.Answer touch(String ceremony) throws IOException {
    return call(
        "/api/password/touch",
        "",
        "{\"ceremony\":\"" + ceremony + "\",\"assertion\":" + ASSERTION + "}");
  }

  private static Wire.Answer choose(String ceremony, String present, String chosen)
      throws IOException {
    return call(
        "/api/password/choose",
        "",
        "{\"ceremony\":\""
            + ceremony
            + "\",\"present\":\""
            + present
            + "\",\"password\":\""
            + chosen
            + "\"}");
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

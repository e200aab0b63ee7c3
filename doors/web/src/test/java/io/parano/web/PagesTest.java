package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.SigningIn.HostCode;
import io.parano.kernel.Bytes;
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
import org.junit.jupiter.params.provider.ValueSource;

/// The pages and their JSON calls, as a browser meets them.
class PagesTest {
  private static final String ORIGIN = "https://auth.example.org";
  private static final IpAddress HERE = IpAddress.parse("127.0.0.1");
  private static final IpAddress DESK = IpAddress.parse("192.0.2.7");
  private static WebDoor door;
  private static int port;
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);

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

  private static Wire.Answer send(String request) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(request).read();
    }
  }

  private static Wire.Answer get(String path, String headers) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n" + headers + "\r\n");
  }

  private static String cookie(String bearer) {
    return "Cookie: __Host-parano-portal=" + bearer + "\r\n";
  }

  private static Wire.Answer post(String path, String headers, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: auth.example.org\r\nContent-Length: "
            + length
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static Wire.Answer call(String path, String headers, String body) throws IOException {
    return post(
        path,
        "Origin: "
            + ORIGIN
            + "\r\nSec-Fetch-Site: same-origin\r\n"
            + "Content-Type: application/json\r\n"
            + headers,
        body);
  }

  /// By the proxy `edge`, for the protected host.
  private static Wire.Answer atApplication(String line, String headers) throws IOException {
    return send(
        line
            + " HTTP/1.1\r\nHost: app.example.org\r\nParano-Proxy: "
            + TestDoor.PROXY_SECRET
            + "\r\nX-Forwarded-For: "
            + DESK
            + "\r\n"
            + headers
            + "\r\n");
  }

  private static String field(Wire.Answer answer, String name) {
    Matcher found = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }

  private static String assertion(String name) {
    return "{\"id\":\""
        + PaperCore.credential(name).base64Url()
        + "\",\"authenticatorData\":\"AA\",\"clientData\":\"AA\",\"signature\":\"AA\",\"userHandle\":null}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sign-in",
        "/step-up",
        "/enrol",
        "/reset",
        "/freeze",
        "/vpn",
        "/vpn/confirm",
        "/break-glass",
        "/password",
        "/signed-out",
        "/",
        "/acts",
        "/command?code=x",
        "/nothing",
        "/assets/nothing.js",
        "/robots.txt",
        "/api/who",
        "/api/nothing"
      })
  void get_anything_carriesEverySafeguard(String path) throws Exception {
    Wire.Answer answer = get(path, "");

    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.header("Strict-Transport-Security")).isPresent();
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(answer.header("Permissions-Policy").orElseThrow())
        .contains("publickey-credentials-get=(self)");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.header("Server")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in", "/enrol", "/reset", "/step-up", "/signed-out", "/nothing"})
  void get_page_loadsNothingForeignAndNothingInline(String path) throws Exception {
    String page = get(path, "").body();

    assertThat(page).startsWith("<!doctype html><html lang=\"en\">");
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found.group(1)).matches("(/[^/].*|/|#main)"));
    assertThat(page).doesNotContain(" style=", " onclick=", "javascript:");
    assertThat(Pattern.compile("<script[^>]*>(?!</script>)").matcher(page).results()).isEmpty();
  }

  @Test
  void get_assetsThatPagesName_areThereAndStay() throws Exception {
    String page = get("/sign-in", "").body();
    Matcher names = Pattern.compile("\"(/assets/[^\"]*)\"").matcher(page);
    assertThat(names.results())
        .hasSize(3)
        .allSatisfy(found -> {
          Wire.Answer asset = get(found.group(1), "");
          assertThat(asset.status()).isEqualTo(200);
          assertThat(asset.header("Cache-Control").orElseThrow()).contains("immutable");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "Accept-Language: fr, fr, Connexion",
    "Accept-Language: en, en, Sign in",
    "Cookie: __Host-parano-language=fr, fr, Connexion",
    "Accept-Language: de, en, Sign in"
  })
  void get_signIn_speaksTheBrowsersLanguage(String header, String tag, String title)
      throws Exception {
    assertThat(get("/sign-in", header + "\r\n").body())
        .contains("lang=\"" + tag + "\"", "<h1>" + title + "</h1>");
  }

  @Test
  void get_languageChosen_isRememberedAndKeepsTheWay() throws Exception {
    Wire.Answer answer = get("/sign-in?rd=https%3A%2F%2Fapp.example.org%2Fa&language=fr", "");

    assertThat(answer.body())
        .contains("Connexion")
        .contains("/sign-in?rd=https%3A%2F%2Fapp.example.org%2Fa&amp;language=en");
    assertThat(answer.header("Set-Cookie").orElseThrow())
        .startsWith("__Host-parano-language=fr; Path=/; Secure");
  }

  @Test
  void get_signInTowardsApplication_showsItsFace() throws Exception {
    assertThat(get("/sign-in?rd=https%3A%2F%2Fapp.example.org%2Fa", "").body())
        .contains("<strong>Back office</strong><code>app.example.org</code>")
        .contains("data-rd=\"https://app.example.org/a\"");
    assertThat(get("/sign-in?rd=https%3A%2F%2Fevil.example%2Fa", "").body())
        .doesNotContain("evil.example/a\"")
        .contains("data-rd=\"/\"");
  }

  @Test
  void breakGlass_wrongInAnyWay_isToldAlike() throws Exception {
    assertThat(breakGlass("olga", "otto").status()).isEqualTo(200);
    assertThat(breakGlass("olga", "otto").body()).contains("\"code\":\"one\"");
    assertThat(breakGlass("nobody", "otto").status()).isEqualTo(403);
    assertThat(breakGlass("nobody", "otto").body())
        .isEqualTo(breakGlass("nobody", "stranger").body());
  }

  private static Wire.Answer breakGlass(String name, String other) throws IOException {
    return call(
        "/api/break-glass",
        "",
        """
        {"name":"%s","code":"a","password":"b","otherName":"%s","otherCode":"c","otherPassword":"d"}
        """
            .formatted(name, other));
  }

  @Test
  void vpn_wrongInAnyWay_isToldAlike() throws Exception {
    Wire.Answer begun = vpn("olga", "K7M4QX");
    Wire.Answer wrong = vpn("olga", "K7M4QQ");
    Wire.Answer elsewhere = vpn("elsewhere", "K7M4QX");
    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.body()).contains("\"server\":\"vpn-1\"", "\"station\":");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(elsewhere.body()).isEqualTo(wrong.body());
    assertThat(vpn("hasty", "K7M4QX").status()).isEqualTo(429);
  }

  private static Wire.Answer vpn(String name, String code) throws IOException {
    return call(
        "/api/confirm/begin", "", "{\"name\":\"%s\",\"code\":\"%s\"}".formatted(name, code));
  }

  @Test
  void freeze_wrongInAnyWay_isToldAlike() throws Exception {
    Wire.Answer done = freeze("olga");
    Wire.Answer wrong = freeze("nobody");
    Wire.Answer stranger = freeze("stranger");

    assertThat(done.status()).isEqualTo(200);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(stranger.status()).isEqualTo(422);
    assertThat(stranger.body()).isEqualTo(wrong.body());
    assertThat(freeze("hasty").status()).isEqualTo(429);
  }

  @Test
  void vpn_touchThenPassword_showsWhatTheDeviceNeedsAndGivesNoCookie() throws Exception {
    Wire.Answer begun = call("/api/vpn/begin", "", "{\"name\":\"alice\"}");
    String ceremony = field(begun, "ceremony");
    Wire.Answer untouched = arm(ceremony, PaperCore.PASSWORD, "");
    Wire.Answer touched =
        call(
            "/api/vpn/touch",
            "",
            "{\"ceremony\":\"%s\",\"assertion\":%s}".formatted(ceremony, assertion("alice")));

    assertThat(untouched.status()).isEqualTo(409);
    assertThat(touched.status()).isEqualTo(200);
    assertThat(arm(ceremony, "wrong", "").status()).isEqualTo(422);
    assertThat(field(arm(ceremony, PaperCore.PASSWORD, "none"), "code")).isEqualTo("which-device");
    Wire.Answer armed = arm(ceremony, PaperCore.PASSWORD, "laptop");
    assertThat(armed.status()).isEqualTo(200);
    assertThat(field(armed, "configuration").replace("\\u000a", "\n"))
        .isEqualTo(
            """
            [Interface]
            # PrivateKey: this device’s own line stays
            Address = 10.66.0.7/32

            [Peer]
            PublicKey = %1$s
            PresharedKey = %1$s
            Endpoint = vpn.example.org:51820
            AllowedIPs = 10.66.0.0/24, fd00:66::/64
            PersistentKeepalive = 25
            """
                .formatted("A".repeat(43) + "="));
    assertThat(armed.header("Set-Cookie")).isEmpty();
    assertThat(get("/sign-in", "").body()).contains("href=\"/vpn\"");
  }

  private static Wire.Answer arm(String ceremony, String password, String device)
      throws IOException {
    String body = "{\"ceremony\":\"%s\",\"password\":\"%s\"".formatted(ceremony, password);
    return call(
        "/api/vpn/arm",
        "",
        device.isEmpty() ? body + "}" : body + ",\"device\":\"" + device + "\"}");
  }

  private static Wire.Answer freeze(String name) throws IOException {
    return call("/api/freeze", "", "{\"name\":\"" + name + "\",\"password\":\"x\"}");
  }

  @Test
  void signIn_onlyTowardWhatTakesOneTimePasswords_hasAFieldForThem() throws Exception {
    String field = "name=\"otp\"";

    assertThat(get("/sign-in?rd=https%3A%2F%2Fapp.example.org%2Fsnacks%2F1", "").body())
        .contains(field);
    assertThat(get("/sign-in?rd=https%3A%2F%2Fapp.example.org%2Fa", "").body())
        .doesNotContain(field);
    assertThat(get("/sign-in?rd=https%3A%2F%2Fevil.example%2Fsnacks", "").body())
        .doesNotContain(field);
    assertThat(get("/sign-in", "").body()).doesNotContain(field);
  }

  @Test
  void get_portalAsNobody_leadsToSignInAndBack() throws Exception {
    Wire.Answer answer = get("/acts", "");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).hasValue("/sign-in?rd=%2Facts");
  }

  @Test
  void get_portalAsSomebody_showsWhoAndWhence() throws Exception {
    String bearer = paper.signedIn("chloe", HERE);

    assertThat(get("/", cookie(bearer)).body())
        .contains("Chloé Martin", "127.0.0.1", "https://app.example.org/", "lang=\"fr\"")
        .doesNotContain("/acts");
  }

  @Test
  void get_portalFromElsewhere_isNobodys() throws Exception {
    String bearer = paper.signedIn("chloe", IpAddress.parse("192.0.2.99"));

    assertThat(get("/", cookie(bearer)).status()).isEqualTo(303);
  }

  @Test
  void get_actsAsOfficer_showsExactlyWhatIsSigned() throws Exception {
    String bearer = paper.signedIn("alice", HERE);
    paper.someActs(bearer, HERE);

    assertThat(get("/acts", cookie(bearer)).body())
        .contains("Dora Quéré", "&quot;kind&quot;:&quot;enrol-token&quot;", "data-do=\"approve\"")
        .contains("<li class=\"removed\">", "<li class=\"added\">");
  }

  @Test
  void get_actsAsStaff_isRefused() throws Exception {
    assertThat(get("/acts", cookie(paper.signedIn("chloe", HERE))).status()).isEqualTo(403);
  }

  @Test
  void otpTokens_mistakenFile_saysWhatAndWhere() throws Exception {
    String bearer = paper.signedIn("alice", HERE);
    Wire.Answer answer =
        call(
            "/api/otp-tokens",
            cookie(bearer),
            "{\"person\":\"chloe\",\"label\":\"YubiKey\",\"file\":\"1,2,3\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("\"line\":3", "modhex").doesNotContain("1,2,3");
    assertThat(paper.told).contains("otp-tokens chloe YubiKey 5");
    assertThat(call("/api/otp-tokens", "", "{}").status()).isEqualTo(401);
    assertThat(call("/api/otp-tokens", cookie(bearer), "{\"person\":\"chloe\"}").status())
        .isEqualTo(400);
  }

  @Test
  void propose_validationClient_isShownWithNumberAndAddresses() throws Exception {
    String bearer = paper.signedIn("alice", HERE);
    String act =
        """
        {"act":{"kind":"admit-client","number":"%s","label":"gate","addresses":[%s]}}\
        """;

    assertThat(call("/api/acts", cookie(bearer), act.formatted("7", "\"192.0.2.10/32\"")).status())
        .isEqualTo(200);
    assertThat(get("/acts", cookie(bearer)).body()).contains("gate", "192.0.2.10/32");
    assertThat(call("/api/acts", cookie(bearer), act.formatted("0", "\"192.0.2.10/32\"")).status())
        .isEqualTo(400);
    assertThat(call("/api/acts", cookie(bearer), act.formatted("x", "\"192.0.2.10/32\"")).status())
        .isEqualTo(400);
    assertThat(call("/api/acts", cookie(bearer), act.formatted("7", "")).status()).isEqualTo(400);
  }

  @Test
  void signIn_threeLevels_opensTheWayToTheApplicationAlone() throws Exception {
    Wire.Answer begun = call("/api/sign-in/begin", "", "{\"name\":\"alice\"}");
    String ceremony = field(begun, "ceremony");
    assertThat(field(begun, "rpId")).isEqualTo("example.org");

    Wire.Answer early =
        call(
            "/api/sign-in/password",
            "",
            "{\"ceremony\":\"" + ceremony + "\",\"password\":\"" + PaperCore.PASSWORD + "\"}");
    assertThat(early.status()).isEqualTo(409);

    Wire.Answer touched =
        call(
            "/api/sign-in/touch",
            "",
            "{\"ceremony\":\"" + ceremony + "\",\"assertion\":" + assertion("alice") + "}");
    assertThat(touched.status()).isEqualTo(200);

    Wire.Answer signedIn =
        call(
            "/api/sign-in/password",
            "",
            "{\"ceremony\":\"" + ceremony + "\",\"password\":\"" + PaperCore.PASSWORD + "\"}");
    String cookie = signedIn.header("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .matches(
            "__Host-parano-portal=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict");

    Wire.Answer onward =
        call(
            "/api/host-code",
            "Cookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n",
            "{\"rd\":\"https://app.example.org/a?b=c\"}");
    assertThat(field(onward, "location"))
        .matches(
            "https://app\\.example\\.org/\\.parano/exchange\\?code=[A-Za-z0-9_-]{43}&to=%2Fa%3Fb%3Dc");
  }

  @Test
  void signIn_nameOfNobody_getsTheSameOptions() throws Exception {
    Wire.Answer known = call("/api/sign-in/begin", "", "{\"name\":\"alice\"}");
    Wire.Answer unknown = call("/api/sign-in/begin", "", "{\"name\":\"alixe\"}");

    assertThat(unknown.body().length()).isEqualTo(known.body().length());
    assertThat(unknown.status()).isEqualTo(known.status());
  }

  @Test
  void exchange_codeOfItsHostAndSource_setsTheHostsOwnCookie() throws Exception {
    String portal = paper.signedIn("alice", DESK);
    String code = code(portal);

    Wire.Answer answer =
        atApplication("GET /.parano/exchange?code=" + code + "&to=%2Fa%3Fb%3Dc", "");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).hasValue("https://app.example.org/a?b=c");
    assertThat(answer.header("Set-Cookie").orElseThrow())
        .matches("__Host-parano=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(atApplication("GET /.parano/exchange?code=" + code + "&to=%2F", "").status())
        .as("it works once")
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", ""})
  void exchange_wayThatLeadsAstray_staysOnTheHost(String to) throws Exception {
    String code = code(paper.signedIn("alice", DESK));

    assertThat(
            atApplication("GET /.parano/exchange?code=" + code + "&to=" + to, "")
                .header("Location"))
        .hasValue("https://app.example.org/");
  }

  private String code(String portal) {
    return switch (paper.hostCode(portal, "app.example.org", DESK)) {
      case HostCode.Issued(var code) -> SetCookie.text(code);
      case HostCode.Refused refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void signOut_atTheApplication_wantsItsOwnPage() throws Exception {
    assertThat(atApplication("DELETE /.parano/sign-out", "").status()).isEqualTo(405);
    assertThat(atApplication("HEAD /.parano/exchange", "").header("Allow")).hasValue("GET");
    assertThat(atApplication("GET /.parano/nothing", "").status()).isEqualTo(404);
    assertThat(atApplication("GET /.parano/sign-out", "").body())
        .contains("method=\"post\" action=\"/.parano/sign-out\"", "/.parano/assets/door-");
    assertThat(
            atApplication(
                    "POST /.parano/sign-out",
                    "Content-Length: 0\r\nOrigin: https://evil.example\r\nCookie: __Host-parano=x\r\n")
                .status())
        .isEqualTo(403);
    Wire.Answer left =
        atApplication(
            "POST /.parano/sign-out",
            "Content-Length: 0\r\nOrigin: https://app.example.org\r\nCookie: __Host-parano=x\r\n");
    assertThat(left.status()).isEqualTo(200);
    assertThat(left.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
  }

  /// Each row differs in one header from the call that is answered.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          as our page sends it  | 'Origin: https://auth.example.org\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin' | 200
          an older browser      | 'Origin: https://auth.example.org\r\nContent-Type: application/json'                 | 200
          no origin             | 'Content-Type: application/json'                                                      | 403
          another origin        | 'Origin: https://app.example.org\r\nContent-Type: application/json'                  | 403
          the origin null       | 'Origin: null\r\nContent-Type: application/json'                                     | 403
          clear text            | 'Origin: http://auth.example.org\r\nContent-Type: application/json'                  | 403
          a sibling site        | 'Origin: https://auth.example.org\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-site' | 403
          a form                | 'Origin: https://auth.example.org\r\nContent-Type: text/plain'                       | 400
          no type               | 'Origin: https://auth.example.org'                                                    | 400
          """)
  void call_withCookie_wantsOurOwnPage(String what, String headers, int status) throws Exception {
    String bearer = paper.signedIn("alice", HERE);

    assertThat(
            post(
                    "/api/host-code",
                    headers.translateEscapes() + "\r\n" + cookie(bearer),
                    "{\"rd\":\"/\"}")
                .status())
        .as(what)
        .isEqualTo(status);
  }

  @Test
  void call_withBearerInTheHeader_needsNoOrigin() throws Exception {
    String bearer = paper.signedIn("alice", HERE);
    String header = "Authorization: Bearer " + bearer + "\r\n";

    assertThat(get("/api/who", header).body()).contains("\"name\":\"alice\"", "\"officer\":true");
    assertThat(
            post("/api/host-code", header + "Content-Type: application/json\r\n", "{\"rd\":\"/\"}")
                .status())
        .isEqualTo(200);
    assertThat(get("/api/who", header + cookie(bearer)).status())
        .as("two bearers are one too many")
        .isEqualTo(400);
  }

  @Test
  void command_codeConfirmed_handsTheBearerOver() throws Exception {
    String json = "Content-Type: application/json\r\n";
    Wire.Answer begun = post("/api/command/begin", json, "{}");
    assertThat(field(begun, "page")).isEqualTo(ORIGIN + "/command?code=k7mfp2wq9x");
    String ticket = "{\"ticket\":\"" + field(begun, "ticket") + "\"}";
    assertThat(post("/api/command/poll", json, ticket).status()).isEqualTo(202);

    String portal = cookie(paper.signedIn("alice", HERE));
    assertThat(call("/api/command/look", portal, "{\"code\":\"k7mfp2wq9x\"}").body())
        .contains("198.51.100.9", "\"elsewhere\":true");
    call("/api/command/confirm", portal, "{\"code\":\"k7mfp2wq9x\"}");

    assertThat(post("/api/command/poll", json, ticket).body()).contains("\"bearer\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"enrol-token\",\"person\":\"chloe\",\"until\":null}",
        "{\"kind\":\"enrol-token\",\"person\":\"chloe\"}",
        "{\"kind\":\"replace-token\",\"person\":\"chloe\",\"until\":\"2027-01-01T00:00:00Z\"}",
        "{\"kind\":\"change-groups\",\"person\":\"chloe\",\"groups\":[\"staff\"]}",
        "{\"kind\":\"appoint-officer\",\"person\":\"chloe\"}",
        "{\"kind\":\"dismiss-officer\",\"person\":\"bruno\"}",
        "{\"kind\":\"reopen-person\",\"person\":\"chloe\"}",
        "{\"kind\":\"reopen-token\",\"person\":\"chloe\",\"token\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}",
        "{\"kind\":\"reopen-network\",\"network\":\"192.0.2.0/24\"}",
        "{\"kind\":\"reopen-zone\",\"zone\":\"office\"}",
        "{\"kind\":\"reopen-everybody\"}",
        "{\"kind\":\"admit-staff\",\"newcomers\":[{\"name\":\"dora\",\"displayName\":\"Dora\",\"email\":\"d@example.org\",\"groups\":[],\"language\":\"fr\"}]}",
        "{\"kind\":\"apply-policy\",\"replaces\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"document\":\"x\"}"
      })
  void propose_actOfEachKind_isRead(String act) throws Exception {
    String portal = cookie(paper.signedIn("alice", HERE));

    assertThat(call("/api/acts", portal, "{\"act\":" + act + "}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"kind":"enrol-token","person":"nobody"}                             | 404
          {"kind":"enrol-token"}                                               | 400
          {"kind":"enrol-token","person":"chloe","until":"tomorrow"}           | 400
          {"kind":"enrol-token","person":"chloe","approvals":"0"}              | 400
          {"kind":"make-me-officer"}                                           | 400
          {"kind":"reopen-network","network":"192.0.2.1/24"}                   | 400
          {"kind":"reopen-zone","zone":"The Office"}                           | 400
          {"kind":"admit-staff","newcomers":[]}                                | 400
          """)
  void propose_actThatIsNone_isRefused(String act, int status) throws Exception {
    String portal = cookie(paper.signedIn("alice", HERE));

    assertThat(call("/api/acts", portal, "{\"act\":" + act + "}").status()).isEqualTo(status);
  }

  @Test
  void approve_lastSignature_givesTheCodeToHandOver() throws Exception {
    String portal = cookie(paper.signedIn("alice", HERE));
    String act =
        field(
            call("/api/acts", portal, "{\"act\":{\"kind\":\"enrol-token\",\"person\":\"chloe\"}}"),
            "id");
    Wire.Answer options = call("/api/acts/" + act + "/begin", portal, "{}");
    assertThat(Bytes.fromBase64Url(field(options, "challenge")).length()).isEqualTo(32);

    Wire.Answer done =
        call("/api/acts/" + act + "/approve", portal, "{\"assertion\":" + assertion("alice") + "}");

    assertThat(field(done, "code")).isEqualTo("K7QF-92MX-TR4C-LWPD");
    assertThat(call("/api/acts/nonsense/begin", portal, "{}").status()).isEqualTo(404);
  }

  @Test
  void cut_person_namesWhomAndWhy() throws Exception {
    String portal = cookie(paper.signedIn("alice", HERE));

    Wire.Answer cut =
        call("/api/cut", portal, "{\"kind\":\"person\",\"person\":\"chloe\",\"because\":\"lost\"}");

    assertThat(cut.body()).contains("\"door\":\"web\",\"micros\":310");
    assertThat(paper.told).contains("cut person:chloe because lost");
    assertThat(
            call("/api/cut", portal, "{\"kind\":\"person\",\"person\":\"xy\",\"because\":\"lost\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void enrol_passwordTooShort_saysSoAndGoesOn() throws Exception {
    Wire.Answer begun =
        call("/api/enrol/begin", "", "{\"name\":\"chloe\",\"code\":\"paper-code\"}");
    String rest =
        ",\"registration\":{\"id\":\"AQID\",\"clientData\":\"AA\",\"attestationObject\":\"AA\"},\"label\":\"blue\",\"ceremony\":\""
            + field(begun, "ceremony")
            + "\"}";

    Wire.Answer again =
        call("/api/enrol/finish", "Accept-Language: fr\r\n", "{\"password\":\"short\"" + rest);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.body()).contains("password-too-short", "Trop court");
    String hiding = rest.replace("blue", "blue\\u202eeulb");
    assertThat(
            call("/api/enrol/finish", "", "{\"password\":\"a sentence that is long\"" + hiding)
                .status())
        .as("a label that turns the line round")
        .isEqualTo(400);

    assertThat(
            call("/api/enrol/finish", "", "{\"password\":\"a sentence that is long\"" + rest)
                .body())
        .contains("Paper key 5");
  }

  @Test
  void post_page_isNotAllowed() throws Exception {
    assertThat(post("/sign-in", "", "").status()).isEqualTo(405);
  }
}

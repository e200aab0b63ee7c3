package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Approving;
import io.parano.access.Bootstrap;
import io.parano.access.Enrolling;
import io.parano.access.Importing;
import io.parano.access.Lever;
import io.parano.access.SigningIn;
import io.parano.audit.EventType;
import io.parano.authn.AssertionResponse;
import io.parano.authn.RegistrationResponse;
import io.parano.authn.TokenMaker;
import io.parano.identity.Act;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.GetOptions;
import io.parano.testkit.OtpKey;
import io.parano.testkit.SecurityKey;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yubico's own client programs, unchanged, against a whole server on loopback. */
@Tag("slow")
class YubicoTest {
  private static final IpAddress HERE = IpAddress.parse("127.0.0.1");
  private static final UUID MODEL = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000001");
  private static final String RELYING_PARTY = "auth.parano.localhost";
  private static final String PASSWORD = "correct horse 7 battery ";
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      """;

  private final Randomness randomness = new SystemRandomness();
  private final AttestationAuthority maker =
      AttestationAuthority.make("Test Tokens", Instant.now(), randomness);
  private final Map<String, SecurityKey> keys = new HashMap<>();
  private final OtpKey token = OtpKey.make(randomness);
  @TempDir private Path folder;
  private int port;
  private Server server;
  private String apiKey;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ykclient")), "ykclient is not installed");
    port = Trial.freePort();
    Map<String, Secret> codes = new HashMap<>();
    server =
        switch (Server.start(
            plan(),
            (books, random, now) -> {
              codes.putAll(
                  Bootstrap.begin(
                      books,
                      Trial.policy(POLICY),
                      List.of(Trial.newcomer("olga"), Trial.newcomer("otto")),
                      random,
                      now));
              return "";
            })) {
          case Server.Start.Serving(var serving) -> serving;
          case Server.Start.Refused(var why) -> throw new AssertionError(why);
        };
    codes.forEach(this::enrol);
    admit("root");
    importToken("root");
    apiKey = client(7, "127.0.0.1/32");
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void ykclient_freshOtp_isGrantedAndItsReplayRefused() throws Exception {
    String otp = token.press();

    assertThat(ykclient(7, apiKey, otp).status()).isZero();
    assertThat(ykclient(7, apiKey, otp).status()).isEqualTo(2);
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
    assertThat(server.log().newest(List.of(), 50))
        .anyMatch(entry ->
            new String(entry.leaf().copy(), StandardCharsets.UTF_8)
                .contains("\"" + EventType.OTP_USED.code() + "\""));
  }

  @Test
  void ykclient_oneThingWrong_isRefusedAndTheSameOtpStillGood() throws Exception {
    String elsewhere = client(8, "127.0.10.0/24");
    String otp = token.press();

    assertThat(ykclient(7, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", otp).status()).isNotZero();
    assertThat(ykclient(8, elsewhere, otp).status()).isNotZero();
    assertThat(ykclient(9, apiKey, otp).status()).isNotZero();
    assertThat(ykclient(7, apiKey, OtpKey.make(randomness).press()).status()).isNotZero();
    assertThat(ykclient(7, apiKey, otp).status()).isZero();
  }

  @Test
  void ykclient_personFrozen_isRefusedUntilReopened() throws Exception {
    var root = server.books().roster().named("root").orElseThrow();
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
    server
        .gate()
        .lever()
        .cut(new Lever.Target.OnePerson(root.id()), "drill", new Lever.By(null, "control", "test"));

    assertThat(ykclient(7, apiKey, token.press()).status()).isNotZero();
    executed(new Act.ReopenPerson(root.id()), "olga");
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
  }

  @Test
  void pamYubico_freshOtp_isGrantedAndEverythingElseRefused() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/pamtester")), "pamtester is not installed");
    assumeTrue(Files.isWritable(Path.of("/etc/pam.d")), "/etc/pam.d can't be written");
    Path map = Files.writeString(folder.resolve("map"), "root:" + token.publicId() + "\n");
    String service = "parano-test-" + ProcessHandle.current().pid();
    Path configuration = Path.of("/etc/pam.d", service);
    try {
      Files.writeString(
          configuration,
          "auth required pam_yubico.so id=7 key="
              + apiKey
              + " urllist="
              + url()
              + " authfile="
              + map
              + "\naccount required pam_permit.so\n");
      String otp = token.press();

      assertThat(pam(service, "root", otp)).contains("successfully authenticated");
      assertThat(pam(service, "root", otp)).doesNotContain("successfully");
      assertThat(pam(service, "root", OtpKey.make(randomness).press()))
          .doesNotContain("successfully");
      assertThat(pam(service, "nobody", token.press())).doesNotContain("successfully");
      assertThat(pam(service, "root", token.press())).contains("successfully authenticated");
    } finally {
      Files.deleteIfExists(configuration);
    }
  }

  private record Said(int status, String text) {}

  private Said ykclient(int client, String key, String otp)
      throws IOException, InterruptedException {
    return run("", "ykclient", "--url", url(), "--apikey", key, Integer.toString(client), otp);
  }

  private String pam(String service, String user, String otp)
      throws IOException, InterruptedException {
    return run(otp + "\n", "pamtester", service, user, "authenticate").text();
  }

  private static Said run(String input, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(text).isTrue();
    return new Said(process.exitValue(), text);
  }

  private String url() {
    return "http://" + RELYING_PARTY + ":" + port + "/wsapi/2.0/verify";
  }

  private String client(long number, String address) {
    Act act = new Act.AdmitClient(number, "test", List.of(IpPrefix.parse(address)));
    return text(Objects.requireNonNull(executed(act, "olga", "otto").code()));
  }

  private void importToken(String person) {
    Importing.Imported imported =
        server
            .gate()
            .importing()
            .otpTokens(signIn("olga"), person, "test", Secret.ofText(token.logLine()), HERE);
    if (!(imported instanceof Importing.Imported.Proposed(var proposals))) {
      throw new AssertionError(imported.toString());
    }
    sign(proposals.getFirst().id(), "olga");
    sign(proposals.getFirst().id(), "otto");
  }

  private void admit(String name) {
    executed(new Act.AdmitStaff(List.of(Trial.newcomer(name))), "olga");
    var person = server.books().roster().named(name).orElseThrow();
    enrol(
        name,
        Objects.requireNonNull(executed(new Act.EnrolToken(person.id(), null), "olga").code()));
  }

  private Approving.Approved.Executed executed(Act act, String... officers) {
    Approving.Proposed proposed = server.gate().approving().propose(signIn(officers[0]), act, HERE);
    if (!(proposed instanceof Approving.Proposed.Accepted(var proposal))) {
      throw new AssertionError(proposed.toString());
    }
    Approving.Approved approved = new Approving.Approved.Waiting(act.approvals());
    for (String officer : officers) {
      approved = sign(proposal.id(), officer);
    }
    if (approved instanceof Approving.Approved.Executed done) {
      return done;
    }
    throw new AssertionError(approved.toString());
  }

  private Approving.Approved sign(ActId act, String officer) {
    String bearer = signIn(officer);
    if (!(server.gate().approving().begin(bearer, act, HERE)
        instanceof Approving.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    AssertionResponse assertion = touch(officer, options.challenge(), options.allowed());
    return server.gate().approving().approve(bearer, act, assertion, HERE);
  }

  private String signIn(String name) {
    SigningIn signingIn = server.gate().signingIn();
    if (!(signingIn.begin(name, HERE) instanceof SigningIn.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    List<Bytes> own = key(name).credentialIds(RELYING_PARTY);
    var touched = signingIn.touch(options.ceremony(), touch(name, options.challenge(), own), HERE);
    assertThat(touched).isInstanceOf(SigningIn.Touched.Accepted.class);
    var signedIn = signingIn.password(options.ceremony(), Secret.ofText(PASSWORD + name), HERE);
    if (signedIn instanceof SigningIn.SignedIn.Accepted(var bearer, var endsAt)) {
      return text(bearer);
    }
    throw new AssertionError(signedIn.toString());
  }

  private void enrol(String name, Secret code) {
    if (!(server.gate().enrolling().begin(name, code, HERE)
        instanceof Enrolling.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    var created =
        key(name)
            .create(
                CreateOptions.of(origin(), RELYING_PARTY, options.challenge(), options.userHandle())
                    .withAlgorithms(options.algorithms()))
            .credential();
    var finished =
        server
            .gate()
            .enrolling()
            .finish(
                options.ceremony(),
                new RegistrationResponse(
                    created.credentialId(), created.clientData(), created.attestationObject()),
                Secret.ofText(PASSWORD + name),
                "key",
                HERE);
    assertThat(finished).isInstanceOf(Enrolling.Finished.Enrolled.class);
  }

  private AssertionResponse touch(String name, Bytes challenge, List<Bytes> allowed) {
    var signed =
        key(name).get(GetOptions.of(origin(), RELYING_PARTY, challenge, allowed)).assertion();
    return new AssertionResponse(
        signed.credentialId(),
        signed.authenticatorData(),
        signed.clientData(),
        signed.signature(),
        signed.userHandle());
  }

  private SecurityKey key(String name) {
    return keys.computeIfAbsent(name, who -> SecurityKey.make(maker, MODEL, randomness));
  }

  private String origin() {
    return "http://" + RELYING_PARTY + ":" + port;
  }

  private static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  private ServerPlan plan() throws IOException {
    Site signIn = Site.parse(origin());
    WebConfig web =
        new WebConfig(
            List.of(new Listener.Tcp("127.0.0.1", port, null)),
            null,
            signIn,
            RELYING_PARTY,
            "Example",
            List.of(),
            List.of(),
            new Cookies.PerHost(),
            WebConfig.Limits.usual(),
            1);
    return Trial.plan(
        folder,
        Keyset.fresh(Instant.now(), randomness),
        web,
        List.of(
            new TokenMaker(
                "Test Tokens", List.of(maker.root()), List.of(), Map.of(MODEL, "Test Token"))),
        null,
        WitnessPlan.none());
  }
}

package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Approving;
import io.parano.access.Bootstrap;
import io.parano.access.DeviceKeeping;
import io.parano.access.Enrolling;
import io.parano.access.Importing;
import io.parano.access.Lever;
import io.parano.access.SigningIn;
import io.parano.authn.AssertionResponse;
import io.parano.authn.RegistrationResponse;
import io.parano.authn.TokenMaker;
import io.parano.identity.Act;
import io.parano.identity.Newcomer;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.radius.RadiusConfig;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.FreePort;
import io.parano.testkit.GetOptions;
import io.parano.testkit.OtpKey;
import io.parano.testkit.SecurityKey;
import io.parano.vpn.OpenVpnConfig;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole server on loopback with its officers Olga and Otto, and a token of one-time passwords.
 */
final class Staffed implements AutoCloseable {
  static final IpAddress HERE = IpAddress.parse("127.0.0.1");
  static final String RELYING_PARTY = "auth.parano.localhost";
  static final String PASSWORD = "correct horse 7 battery ";
  private static final UUID MODEL = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000001");

  final Randomness randomness = new SystemRandomness();
  final OtpKey token = OtpKey.make(randomness);
  final Server server;
  private final AttestationAuthority maker =
      AttestationAuthority.make("Test Tokens", Instant.now(), randomness);
  private final Map<String, SecurityKey> keys = new HashMap<>();
  private final Map<String, List<String>> bearers = new HashMap<>();
  private final int port;

  Staffed(Path folder, String policy, @Nullable RadiusConfig radius) throws IOException {
    this(folder, policy, radius, null, Keyset.fresh(Instant.now(), new SystemRandomness()));
  }

  /** Where mail servers ask. */
  static Staffed withMail(Path folder, String policy, MailPlan mail) throws IOException {
    return new Staffed(
        folder, policy, null, mail, Keyset.fresh(Instant.now(), new SystemRandomness()));
  }

  /** With OpenVPN servers that it drives, and another that asks over RADIUS. */
  static Staffed withOpenVpn(
      Path folder, String policy, RadiusConfig radius, List<OpenVpnConfig> openvpn)
      throws IOException {
    return new Staffed(
        folder,
        policy,
        Keyset.fresh(Instant.now(), new SystemRandomness()),
        plan -> Trial.with(Trial.with(plan, radius), openvpn));
  }

  /**
   * @param policy to begin with; null to go on with what is in the folder
   */
  Staffed(
      Path folder,
      @Nullable String policy,
      @Nullable RadiusConfig radius,
      @Nullable MailPlan mail,
      Keyset keyset)
      throws IOException {
    this(
        folder,
        policy,
        keyset,
        plan -> {
          ServerPlan asked = radius == null ? plan : Trial.with(plan, radius);
          return mail == null ? asked : Trial.with(asked, mail);
        });
  }

  private Staffed(
      Path folder, @Nullable String policy, Keyset keyset, UnaryOperator<ServerPlan> doors)
      throws IOException {
    port = FreePort.next();
    Map<String, Secret> codes = new HashMap<>();
    server =
        switch (Server.start(
            doors.apply(plan(folder, keyset)),
            (books, random, now) -> {
              if (policy == null) {
                return "";
              }
              codes.putAll(
                  Bootstrap.begin(
                      books,
                      Trial.policy(policy),
                      List.of(Trial.newcomer("olga"), Trial.newcomer("otto")),
                      random,
                      now));
              return "";
            })) {
          case Server.Start.Serving(var serving) -> serving;
          case Server.Start.Refused(var why) -> throw new AssertionError(why);
        };
    codes.forEach(this::enrol);
  }

  @Override
  public void close() {
    server.close();
  }

  /** Nobody. When it returns, Dovecot has heard of our start, at which everybody logs in anew. */
  void cutElsewhere() {
    Lever.Report report =
        server
            .gate()
            .lever()
            .cut(
                new Lever.Target.OneNetwork(IpPrefix.parse("127.0.0.99/32")),
                "elsewhere",
                new Lever.By(null, "control", "test"));
    assertThat(report.silent()).isEmpty();
  }

  void importToken(String person) {
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

  void admit(String name) {
    // Two, in case the policy's VPN is open to staff.
    executed(new Act.AdmitStaff(List.of(staff(name))), "olga", "otto");
    var person = server.books().roster().named(name).orElseThrow();
    enrol(
        name,
        Objects.requireNonNull(executed(new Act.EnrolToken(person.id(), null), "olga").code()));
  }

  private static Newcomer staff(String name) {
    return new Newcomer(
        name, name, name + "@example.test", new TreeSet<>(List.of("staff")), Language.EN);
  }

  Approving.Approved.Executed executed(Act act, String... officers) {
    Approving.Proposed proposed = server.gate().approving().propose(signIn(officers[0]), act, HERE);
    if (!(proposed instanceof Approving.Proposed.Accepted(var proposal))) {
      throw new AssertionError(proposed.toString());
    }
    Approving.Approved approved = new Approving.Approved.Waiting(act.approvals());
    for (String officer : officers) {
      if (approved instanceof Approving.Approved.Waiting) {
        approved = sign(proposal.id(), officer);
      }
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
    return signIn(name, HERE);
  }

  String signIn(String name, IpAddress from) {
    SigningIn signingIn = server.gate().signingIn();
    if (!(signingIn.begin(name, from) instanceof SigningIn.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    List<Bytes> own = key(name).credentialIds(RELYING_PARTY);
    var touched = signingIn.touch(options.ceremony(), touch(name, options.challenge(), own), from);
    assertThat(touched).isInstanceOf(SigningIn.Touched.Accepted.class);
    var signedIn = signingIn.password(options.ceremony(), Secret.ofText(PASSWORD + name), from);
    if (signedIn instanceof SigningIn.SignedIn.Accepted(var bearer, var endsAt)) {
      bearers.computeIfAbsent(name, who -> new ArrayList<>()).add(text(bearer));
      return text(bearer);
    }
    throw new AssertionError(signedIn.toString());
  }

  /// Out of every session that they have.
  void signOut(String name) {
    var person = server.books().roster().named(name).orElseThrow().id();
    server
        .books()
        .sessions()
        .where(session -> session.person().equals(person))
        .forEach(live ->
            bearers
                .getOrDefault(name, List.of())
                .forEach(bearer ->
                    server.gate().signingIn().signOut(bearer, live.session().source().first())));
  }

  /// A new one, made in a session from there, which lives on.
  DeviceKeeping.Made.Done device(String name, IpAddress from) {
    DeviceKeeping keeping = Objects.requireNonNull(server.mail().devices());
    String bearer = signIn(name, from);
    if (!(keeping.begin(bearer, from) instanceof SigningIn.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    AssertionResponse assertion = touch(name, options.challenge(), options.allowed());
    if (keeping.make(bearer, options.ceremony(), assertion, "phone", from)
        instanceof DeviceKeeping.Made.Done done) {
      return done;
    }
    throw new AssertionError("not made");
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

  /** The door's answer to the code that a VPN prompt shows, and to this person's touch. */
  int confirmVpn(String name, String code) throws IOException {
    Json begun =
        post("/api/confirm/begin", "{\"name\":\"%s\",\"code\":\"%s\"}".formatted(name, code));
    if (begun.find("ceremony").isEmpty()) {
      return 403;
    }
    var signed =
        key(name)
            .get(
                GetOptions.of(
                    origin(),
                    RELYING_PARTY,
                    Bytes.fromBase64Url(begun.text("challenge")),
                    key(name).credentialIds(RELYING_PARTY)))
            .assertion();
    Bytes handle = signed.userHandle();
    Json done =
        post(
            "/api/confirm/finish",
            "{\"ceremony\":\"%s\",\"assertion\":{\"id\":\"%s\",\"authenticatorData\":\"%s\",\"clientData\":\"%s\",\"signature\":\"%s\",\"userHandle\":%s}}"
                .formatted(
                    begun.text("ceremony"),
                    signed.credentialId().base64Url(),
                    signed.authenticatorData().base64Url(),
                    signed.clientData().base64Url(),
                    signed.signature().base64Url(),
                    handle == null ? "null" : "\"" + handle.base64Url() + "\""));
    return done.find("code").isEmpty() ? 200 : 403;
  }

  /** The web door's answer to who it is that has this bearer. */
  int who(String bearer) throws IOException {
    String head =
        "GET /api/who HTTP/1.1\r\nHost: %s:%d\r\nCookie: %s=%s\r\nConnection: close\r\n\r\n"
            .formatted(RELYING_PARTY, port, Cookies.PORTAL, bearer);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private Json post(String path, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nOrigin: %s\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(path, RELYING_PARTY, port, origin(), octets.length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(octets);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
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

  String origin() {
    return "http://" + RELYING_PARTY + ":" + port;
  }

  static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  private ServerPlan plan(Path folder, Keyset keyset) throws IOException {
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
        keyset,
        web,
        List.of(
            new TokenMaker(
                "Test Tokens", List.of(maker.root()), List.of(), Map.of(MODEL, "Test Token"))),
        control(folder),
        WitnessPlan.none());
  }

  /** Where `parano cut` and its like ask a server in `folder`. */
  static Path control(Path folder) {
    return folder.resolve("control");
  }
}

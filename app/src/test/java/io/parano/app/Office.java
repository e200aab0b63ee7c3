package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.authn.TokenMaker;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.kernel.Tracing;
import io.parano.keys.Keyset;
import io.parano.keys.SshSigner;
import io.parano.ssh.JumpConfig;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.FreePort;
import io.parano.testkit.GetOptions;
import io.parano.testkit.Got;
import io.parano.testkit.OtpKey;
import io.parano.testkit.SecurityKey;
import io.parano.web.AuthorityPlace;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real server on a real port, its officers Olga and Otto, and the command line beside it. */
final class Office implements AutoCloseable {
  static final String DESK = "127.0.10.5";
  static final String OTHER_DESK = "127.0.10.6";
  static final String OUTSIDE = "127.0.66.6";
  static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.10.0/24]
        annex: [127.0.11.0/24]
        vpn: { networks: [10.66.0.0/24], leased: true }
      rules:
        - name: wages
          hosts: [wages.parano.localhost]
          groups: [accounting]
          zones: [office]
      ssh:
        - name: lab
          hosts: lab
          groups: [operators]
          zones: [office]
          principals: [deploy]
          keys: any
      """;

  private static final String RELYING_PARTY = "auth.parano.localhost";
  private static final String LOG = RELYING_PARTY + "/log";
  private static final UUID MODEL = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000002");

  private final Randomness randomness = new SystemRandomness();
  private final AttestationAuthority maker =
      AttestationAuthority.make(
          "Test Tokens", Instant.now().minus(Duration.ofHours(1)), randomness);
  private final Map<String, SecurityKey> keys = new HashMap<>();
  private final Map<String, Browser> browsers = new HashMap<>();
  private final Keyset keyset = Keyset.fresh(Instant.now(), randomness);
  private final Path folder;
  private final Site signIn;
  private final @Nullable JumpConfig jump;
  private final @Nullable Apart apart;
  private final Outfit outfit;
  final Server server;

  /**
   * What a server has beside the usual.
   *
   * @param application the port of the application; 0 for the server's own
   * @param proxies that stand before it
   * @param more doors
   */
  record Outfit(int application, List<TrustedProxy> proxies, UnaryOperator<ServerPlan> more) {
    static final Outfit NONE = new Outfit(0, List.of(), UnaryOperator.identity());
  }

  /** Doors in another process. */
  interface Apart {
    AuthorityPlace authority();

    /** Opens them, at the office's own port. */
    void open(Site signIn) throws IOException;
  }

  Office(Path folder) throws IOException {
    this(folder, POLICY, null);
  }

  /**
   * @param jump the jump host; null for none
   */
  Office(Path folder, String policy, @Nullable JumpConfig jump) throws IOException {
    this(folder, policy, jump, null);
  }

  /**
   * @param apart doors in another process; null for one in this one
   */
  Office(Path folder, String policy, @Nullable JumpConfig jump, @Nullable Apart apart)
      throws IOException {
    this(folder, policy, jump, apart, Outfit.NONE);
  }

  /** Where mail servers ask. */
  static Office withMail(Path folder, MailPlan mail) throws IOException {
    return new Office(
        folder, POLICY, null, null, new Outfit(0, List.of(), plan -> Trial.with(plan, mail)));
  }

  Office(
      Path folder, String policy, @Nullable JumpConfig jump, @Nullable Apart apart, Outfit outfit)
      throws IOException {
    this(folder, policy, jump, apart, outfit, Tracing.OFF);
  }

  /**
   * @param tracing told of the requests
   */
  Office(
      Path folder,
      String policy,
      @Nullable JumpConfig jump,
      @Nullable Apart apart,
      Outfit outfit,
      Tracing tracing)
      throws IOException {
    this.folder = folder;
    this.jump = jump;
    this.apart = apart;
    this.outfit = outfit;
    this.signIn = Site.parse("http://" + RELYING_PARTY + ":" + FreePort.next());
    Map<String, Secret> codes = new HashMap<>();
    server =
        switch (Server.start(
            plan(),
            tracing,
            (books, random, now) -> {
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
    if (apart != null) {
      apart.open(signIn);
    }
    for (var code : codes.entrySet()) {
      enrol(code.getKey(), new String(code.getValue().copy(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.close();
  }

  String origin() {
    return signIn.toString();
  }

  /** Who signs people's SSH certificates. */
  SshSigner sshUsers() {
    return keyset.sshUsers();
  }

  String logKey() {
    return new OriginSigner(LOG, keyset.logSigner()).key().vkey();
  }

  Path control() {
    return folder.resolve("run/control");
  }

  Path loginFile(String name) {
    return folder.resolve("login-of-" + name);
  }

  /** What a command said. */
  record Ran(int code, String out, String err) {}

  /** A command as `name`, who signed in before. */
  Ran as(String name, String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--login";
    all[words.length + 1] = loginFile(name).toString();
    return run(all);
  }

  /** A command that goes on, as `name`, who signed in before. */
  Running start(String name, String... words) {
    LinkedBlockingQueue<String> shown = new LinkedBlockingQueue<>();
    PrintWriter screen =
        new PrintWriter(new StringWriter()) {
          @Override
          public void println(@Nullable String line) {
            shown.add(String.valueOf(line));
          }
        };
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--login";
    all[words.length + 1] = loginFile(name).toString();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              var _ = Main.line().setOut(screen).setErr(screen).execute(all);
            });
    return new Running(thread, shown);
  }

  record Running(Thread thread, LinkedBlockingQueue<String> shown) {
    /** Waits for a line that says `part`. */
    void until(String part) throws InterruptedException {
      String line = "";
      while (!line.contains(part)) {
        line = shown.poll(20, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("nothing said \"" + part + "\"");
        }
      }
    }

    void stop() throws InterruptedException {
      thread.interrupt();
      if (!thread.join(Duration.ofSeconds(20))) {
        throw new AssertionError("it goes on");
      }
    }
  }

  static Ran run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    return new Ran(code, out.toString(), err.toString());
  }

  /** `parano login` at the desk, confirmed in the browser of `name`. */
  Ran login(String name) {
    return login(name, DESK, code -> browser(name).call("/api/command/confirm", code));
  }

  interface Confirming {
    Object confirm(Json code) throws IOException;
  }

  /**
   * @param confirming what happens in some browser once the code is shown
   */
  Ran login(String name, String source, Confirming confirming) {
    LinkedBlockingQueue<String> shown = new LinkedBlockingQueue<>();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter screen =
        new PrintWriter(out) {
          @Override
          public void println(@Nullable String line) {
            super.println(line);
            shown.add(String.valueOf(line));
          }
        };
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(() ->
            Main.line()
                .setOut(screen)
                .setErr(new PrintWriter(err))
                .execute(
                    "login",
                    "--server",
                    origin(),
                    "--source",
                    source,
                    "--login",
                    loginFile(name).toString()));
    try {
      shown.poll(20, TimeUnit.SECONDS);
      String code = String.valueOf(shown.poll(20, TimeUnit.SECONDS)).strip();
      confirming.confirm(Json.object("code", code.substring(code.lastIndexOf('\n') + 1).strip()));
      return new Ran(running.get(30, TimeUnit.SECONDS), out.toString(), err.toString());
    } catch (Exception e) {
      throw new AssertionError(out + err.toString(), e);
    }
  }

  Browser browser(String name) {
    return browsers.computeIfAbsent(
        name,
        who -> {
          try {
            Browser browser = new Browser();
            browser.signIn(who);
            return browser;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Admits and enrols somebody by acts that Olga signs, and Otto where it takes two. */
  void employ(String name, String... groups) throws IOException {
    Json newcomer =
        Json.object(
            "name",
            name,
            "displayName",
            name,
            "email",
            name + "@example.test",
            "groups",
            List.of(groups),
            "language",
            "en");
    String admission = propose(Json.object("kind", "admit-staff", "newcomers", List.of(newcomer)));
    if (!browser("olga").sign(admission).members().getOrDefault("missing", "").equals("0")) {
      browser("otto").sign(admission);
    }
    Json executed =
        browser("olga").sign(propose(Json.object("kind", "enrol-token", "person", name)));
    enrol(name, executed.text("code"));
  }

  /** By an act that Olga signs. */
  void reopen(String name) throws IOException {
    browser("olga").sign(propose(Json.object("kind", "reopen-person", "person", name)));
  }

  /** Brings in a token of one-time passwords by an act that both officers sign. */
  OtpKey otpToken(String name) throws IOException {
    OtpKey token = OtpKey.make(randomness);
    Json imported =
        browser("olga")
            .call(
                "/api/otp-tokens",
                Json.object("person", name, "label", "otp", "file", token.logLine()));
    String act = imported.texts("ids").getFirst();
    browser("olga").sign(act);
    browser("otto").sign(act);
    return token;
  }

  /** The password of a device of `name`, made by a touch at the desk. */
  String devicePassword(String name) throws IOException {
    Browser browser = browser(name);
    Json options = browser.call("/api/devices/begin", Json.object());
    return browser
        .call(
            "/api/devices/make",
            Json.object(
                "ceremony",
                options.text("ceremony"),
                "assertion",
                browser.assertion(options),
                "label",
                "phone"))
        .text("password");
  }

  private String propose(Json act) throws IOException {
    return browser("olga").call("/api/acts", Json.object("act", act)).text("id");
  }

  private void enrol(String name, String code) throws IOException {
    SecurityKey key = SecurityKey.make(maker, MODEL, randomness);
    keys.put(name, key);
    Browser browser = new Browser();
    Json options = browser.call("/api/enrol/begin", Json.object("name", name, "code", code));
    var made =
        key.create(
                CreateOptions.of(
                        origin(),
                        options.text("rpId"),
                        Bytes.fromBase64Url(options.text("challenge")),
                        Bytes.fromBase64Url(options.text("userHandle")))
                    .withAlgorithms(
                        options.texts("algorithms").stream().map(Integer::valueOf).toList()))
            .credential();
    browser.call(
        "/api/enrol/finish",
        Json.object(
            "ceremony",
            options.text("ceremony"),
            "registration",
            Json.object(
                "id",
                made.credentialId().base64Url(),
                "clientData",
                made.clientData().base64Url(),
                "attestationObject",
                made.attestationObject().base64Url()),
            "password",
            password(name),
            "label",
            "key of " + name));
  }

  static String password(String name) {
    return name + " walks seven crooked llamas";
  }

  /** A browser at the desk: the calls that the pages' script makes. */
  final class Browser {
    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.ofLiteral(DESK))
            .build();
    private String cookie = "";
    private String name = "";

    private void signIn(String who) throws IOException {
      name = who;
      Json begun = call("/api/sign-in/begin", Json.object("name", who));
      String ceremony = begun.text("ceremony");
      call("/api/sign-in/touch", Json.object("ceremony", ceremony, "assertion", assertion(begun)));
      call("/api/sign-in/password", Json.object("ceremony", ceremony, "password", password(who)));
    }

    /** The address that turns a one-time code into the cookie of the application at `url`. */
    URI toward(String url) throws IOException {
      return URI.create(call("/api/host-code", Json.object("rd", url)).text("location"));
    }

    /** Signs an act; what came of it. */
    Json sign(String act) throws IOException {
      Json options = call("/api/acts/" + act + "/begin", Json.object());
      return call("/api/acts/" + act + "/approve", Json.object("assertion", assertion(options)));
    }

    /** Makes a password for a device, by a touch. */
    Json device(String label) throws IOException {
      Json options = call("/api/devices/begin", Json.object());
      return call(
          "/api/devices/make",
          Json.object(
              "ceremony",
              options.text("ceremony"),
              "assertion",
              assertion(options),
              "label",
              label));
    }

    private Json assertion(Json options) throws IOException {
      Got got =
          java.util.Objects.requireNonNull(keys.get(name))
              .get(
                  GetOptions.of(
                      origin(),
                      options.text("rpId"),
                      Bytes.fromBase64Url(options.text("challenge")),
                      options.texts("allowed").stream().map(Bytes::fromBase64Url).toList()));
      return switch (got) {
        case Got.Failed(var error) -> throw new AssertionError(error.domName());
        case Got.Assertion made ->
            Json.object(
                "id",
                made.credentialId().base64Url(),
                "authenticatorData",
                made.authenticatorData().base64Url(),
                "clientData",
                made.clientData().base64Url(),
                "signature",
                made.signature().base64Url());
      };
    }

    Json call(String path, Json body) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(origin() + path))
              .header("Content-Type", "application/json")
              .header("Origin", origin())
              .header("Sec-Fetch-Site", "same-origin")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
      if (!cookie.isEmpty()) {
        request.header("Cookie", cookie);
      }
      try {
        HttpResponse<String> reply =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String line : reply.headers().allValues("Set-Cookie")) {
          cookie = line.substring(0, line.indexOf(';'));
        }
        if (reply.statusCode() >= 300) {
          throw new IOException(path + " answered " + reply.statusCode() + " " + reply.body());
        }
        return Json.read(reply.body());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private ServerPlan plan() throws IOException {
    Site wages =
        Site.parse(
            "http://wages.parano.localhost:"
                + (outfit.application() == 0 ? signIn.port() : outfit.application()));
    List<TrustedProxy> proxies =
        apart == null
            ? outfit.proxies()
            : List.of(
                new TrustedProxy(
                    "front",
                    List.of(),
                    new TrustedProxy.Proof.Elsewhere(),
                    Set.of(RELYING_PARTY, wages.host()),
                    TrustedProxy.Hops.ONE));
    ServerPlan plan =
        Trial.plan(
            folder,
            keyset,
            new WebConfig(
                List.of(new Listener.Tcp("127.0.0.1", signIn.port(), null)),
                new Listener.Tcp("127.0.0.1", 0, null),
                signIn,
                RELYING_PARTY,
                "Example",
                List.of(new WebConfig.ProtectedHost(wages, "Wages")),
                proxies,
                new Cookies.PerHost(),
                WebConfig.Limits.usual(),
                1),
            List.of(
                new TokenMaker(
                    "Test Tokens", List.of(maker.root()), List.of(), Map.of(MODEL, "Test Token"))),
            control(),
            WitnessPlan.none(),
            jump);
    return apart == null ? outfit.more().apply(plan) : plan.apart(apart.authority());
  }
}

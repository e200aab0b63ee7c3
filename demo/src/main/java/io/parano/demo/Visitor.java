package io.parano.demo;

import io.parano.kernel.Bytes;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.Created;
import io.parano.testkit.GetOptions;
import io.parano.testkit.Got;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/// Somebody before a browser: the calls that the pages' script makes, made one by one, so that an
/// intruder can make each of them wrong.
public final class Visitor {
  private final Browser browser;
  private final Site signIn;

  /// @param signIn the sign-in site
  public Visitor(Browser browser, Site signIn) {
    this.browser = browser;
    this.signIn = signIn;
  }

  static Visitor at(InetAddress desk, Places places) {
    return new Visitor(new Browser(desk, places.proxy()), places.signIn());
  }

  /// The same cookies somewhere else.
  public Visitor stolenTo(InetAddress elsewhere) {
    return new Visitor(browser.stolenTo(elsewhere), signIn);
  }

  public Browser browser() {
    return browser;
  }

  public Reply call(String path, Json body) throws IOException {
    return browser.post(signIn, path, body);
  }

  public Reply begin(String name) throws IOException {
    return call("/api/sign-in/begin", Json.object("name", name));
  }

  /// Touches `key` for whatever `begun` asks.
  Reply touch(Reply begun, SecurityKey key) throws IOException {
    Json options = good(begun);
    return touch(begun, assertion(options, key, ids(options, "allowed")));
  }

  /// As a browser never would: with a credential that was not asked for.
  Reply touchUnasked(Reply begun, SecurityKey key) throws IOException {
    return touch(begun, assertion(good(begun), key, key.credentialIds(Places.RELYING_PARTY)));
  }

  private Reply touch(Reply begun, Json assertion) throws IOException {
    return call(
        "/api/sign-in/touch",
        Json.object("ceremony", good(begun).text("ceremony"), "assertion", assertion));
  }

  public Reply password(Reply begun, String password) throws IOException {
    return call(
        "/api/sign-in/password",
        Json.object("ceremony", good(begun).text("ceremony"), "password", password));
  }

  /// Name, touch, password; the last answer, or the first that is no success.
  Reply signIn(String name, SecurityKey key, String password) throws IOException {
    Reply begun = begin(name);
    if (!went(begun)) {
      return begun;
    }
    Reply touched = touch(begun, key);
    return went(touched) ? password(begun, password) : touched;
  }

  /// Opens a page of an application as somebody who is signed in: where it sends to the sign-in
  /// page, a code is fetched there and exchanged, as the page's script does.
  public Reply enter(Site site, String path) throws IOException {
    Reply first = browser.get(site, path);
    if (first.location().isEmpty()) {
      return first;
    }
    Reply code = call("/api/host-code", Json.object("rd", site.origin() + path));
    if (!went(code)) {
      return code;
    }
    URI exchange = URI.create(good(code).text("location"));
    return browser.open(site, exchange.getRawPath() + "?" + exchange.getRawQuery());
  }

  /// A fresh touch within the session.
  Reply stepUp(SecurityKey key) throws IOException {
    Json options = good(call("/api/step-up/begin", Json.object()));
    return call(
        "/api/step-up/finish",
        Json.object(
            "ceremony",
            options.text("ceremony"),
            "assertion",
            assertion(options, key, ids(options, "allowed"))));
  }

  /// Opens the tunnel of the person's enrolled device, as the page `/vpn` does; throws
  /// [IOException] when it is refused.
  Json openTunnel(String name, SecurityKey key, String password) throws IOException {
    Json options = good(call("/api/vpn/begin", Json.object("name", name)));
    String ceremony = options.text("ceremony");
    var _ =
        good(
            call(
                "/api/vpn/touch",
                Json.object(
                    "ceremony",
                    ceremony,
                    "assertion",
                    assertion(options, key, ids(options, "allowed")))));
    return good(call("/api/vpn/arm", Json.object("ceremony", ceremony, "password", password)));
  }

  /// A password for a mail program, made by a touch within the session.
  String devicePassword(SecurityKey key, String label) throws IOException {
    Json options = good(call("/api/devices/begin", Json.object()));
    return good(call(
            "/api/devices/make",
            Json.object(
                "ceremony",
                options.text("ceremony"),
                "assertion",
                assertion(options, key, ids(options, "allowed")),
                "label",
                label)))
        .text("password");
  }

  public Reply beginEnrolment(String name, String code) throws IOException {
    return call("/api/enrol/begin", Json.object("name", name, "code", code));
  }

  Reply finishEnrolment(Reply begun, SecurityKey key, String password, String label)
      throws IOException {
    Json options = good(begun);
    CreateOptions creation =
        CreateOptions.of(
                signIn.origin(),
                options.text("rpId"),
                Bytes.fromBase64Url(options.text("challenge")),
                Bytes.fromBase64Url(options.text("userHandle")))
            .withAlgorithms(
                options.list("algorithms").stream()
                    .map(algorithm -> Integer.parseInt(algorithm.toString()))
                    .toList())
            .withExclude(ids(options, "exclude"));
    Created.Credential made = key.create(creation).credential();
    return call(
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
            password,
            "label",
            label));
  }

  /// Enrols a key with a code; throws [IOException] when it is refused.
  void enrol(String name, String code, SecurityKey key, String password) throws IOException {
    good(finishEnrolment(beginEnrolment(name, code), key, password, "demo"));
  }

  /// Puts an act before the officers; its id.
  String propose(Json act) throws IOException {
    return good(call("/api/acts", Json.object("act", act))).text("id");
  }

  /// Signs an act; the answer says how many signatures are missing, or what came of it.
  Reply sign(String act, SecurityKey key) throws IOException {
    Reply begun = call("/api/acts/" + act + "/begin", Json.object());
    if (!went(begun)) {
      return begun;
    }
    return approve(act, good(begun), key);
  }

  /// Signs an act with the same key twice, the second time past the page, which would not ask; the
  /// last answer.
  Reply signTwice(String act, SecurityKey key) throws IOException {
    Json options = good(call("/api/acts/" + act + "/begin", Json.object()));
    Reply last = approve(act, options, key);
    return went(last) ? approve(act, options, key) : last;
  }

  private Reply approve(String act, Json options, SecurityKey key) throws IOException {
    return call(
        "/api/acts/" + act + "/approve",
        Json.object("assertion", assertion(options, key, ids(options, "allowed"))));
  }

  public static boolean went(Reply reply) {
    return reply.status() >= 200 && reply.status() < 300;
  }

  /// The answer's JSON; throws [IOException] with what came instead.
  public static Json good(Reply reply) throws IOException {
    if (!went(reply)) {
      throw new IOException("answered " + reply.status() + " " + reply.text().strip());
    }
    return Json.read(reply.text());
  }

  private Json assertion(Json options, SecurityKey key, List<Bytes> allowed) throws IOException {
    GetOptions request =
        GetOptions.of(
            signIn.origin(),
            options.text("rpId"),
            Bytes.fromBase64Url(options.text("challenge")),
            allowed);
    return switch (key.get(request)) {
      case Got.Failed(var error) -> throw new IOException("the browser said " + error.domName());
      case Got.Assertion made ->
          made.userHandle() == null
              ? written(made)
              : written(made).with("userHandle", made.userHandle().base64Url());
    };
  }

  private static Json written(Got.Assertion made) {
    return Json.object(
        "id",
        made.credentialId().base64Url(),
        "authenticatorData",
        made.authenticatorData().base64Url(),
        "clientData",
        made.clientData().base64Url(),
        "signature",
        made.signature().base64Url());
  }

  private static List<Bytes> ids(Json options, String member) {
    return options.list(member).stream().map(Json::text).map(Bytes::fromBase64Url).toList();
  }
}

package io.parano.interop;

import io.parano.interop.Page.Token.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One window of the browser, used as a person uses it: go somewhere, fill in, press, read.
final class Page {
  private static final int TRIES = 200;
  private static final Set<String> CONTROLS =
      Set.of(
          "button", "link", "textbox", "combobox", "checkbox", "DisclosureTriangle", "searchbox");

  private final Chromium browser;
  private final String session;
  private String scheme = "light";

  Page(Chromium browser, String session) {
    this.browser = browser;
    this.session = session;
    call("Page.enable", object());
    call("Runtime.enable", object());
    call("WebAuthn.enable", object());
    // Each window behaves as the one in front, however many are open.
    call("Emulation.setFocusEmulationEnabled", object().put("enabled", true));
  }

  /// A security key that is plugged in.
  record Token(String id) {
    /// What the person does when it blinks.
    enum Presence {
      TOUCHED,
      UNTOUCHED
    }
  }

  void open(String url) {
    call("Page.navigate", object().put("url", url));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /// The value of a script expression; a promise is awaited, an exception becomes its text.
  JsonNode evaluate(String script) {
    ObjectNode parameters = object();
    parameters.put("expression", script).put("awaitPromise", true).put("returnByValue", true);
    JsonNode answer = call("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      JsonNode details = answer.get("exceptionDetails");
      throw new IllegalStateException(
          script + ": " + details.path("exception").path("description"));
    }
    return answer.get("result").path("value");
  }

  /// Waits until a script expression is true. A page that is just being replaced is asked again.
  void await(String condition) {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        if (evaluate("Boolean(" + condition + ")").asBoolean()) {
          return;
        }
      } catch (IllegalStateException goneWithThePage) {
        // The next one is asked.
      }
      pause();
    }
    throw new AssertionError(
        "waited in vain for " + condition + " at " + evaluate("location.href") + ":\n" + text());
  }

  String text() {
    return evaluate("document.body.innerText").asString();
  }

  String address() {
    return evaluate("location.href").asString();
  }

  void type(String selector, String text) {
    await("document.querySelector(" + quoted(selector) + ")");
    evaluate("document.querySelector(" + quoted(selector) + ").focus()");
    evaluate("document.querySelector(" + quoted(selector) + ").select?.()");
    call("Input.insertText", object().put("text", text));
  }

  void press(String selector) {
    await("document.querySelector(" + quoted(selector) + ")");
    evaluate("document.querySelector(" + quoted(selector) + ").click()");
  }

  /// Plugs in a key with PIN, as attested as Chromium can make one.
  Token plugIn() {
    ObjectNode options = object();
    options.put("protocol", "ctap2").put("transport", "usb");
    options.put("hasResidentKey", false).put("hasUserVerification", true);
    options.put("isUserVerified", true).put("automaticPresenceSimulation", true);
    ObjectNode parameters = object();
    parameters.set("options", options);
    return new Token(
        call("WebAuthn.addVirtualAuthenticator", parameters).get("authenticatorId").asString());
  }

  void hold(Token token, Presence presence) {
    ObjectNode parameters = object().put("authenticatorId", token.id());
    call(
        "WebAuthn.setAutomaticPresenceSimulation",
        parameters.put("enabled", presence == Presence.TOUCHED));
  }

  /// Whether the right PIN is entered from now on.
  void enterRightPin(Token token, boolean right) {
    ObjectNode parameters = object().put("authenticatorId", token.id());
    call("WebAuthn.setUserVerified", parameters.put("isUserVerified", right));
  }

  void pullOut(Token token) {
    call("WebAuthn.removeVirtualAuthenticator", object().put("authenticatorId", token.id()));
  }

  /// The credentials on a key, private keys and counters included: what only a broken key gives.
  JsonNode credentials(Token token) {
    return call("WebAuthn.getCredentials", object().put("authenticatorId", token.id()))
        .get("credentials");
  }

  void put(Token token, JsonNode credential) {
    ObjectNode parameters = object().put("authenticatorId", token.id());
    parameters.set("credential", credential);
    call("WebAuthn.addCredential", parameters);
  }

  void prefer(String language, String scheme) {
    this.scheme = scheme;
    reduceMotion(false);
    ObjectNode headers = object();
    headers.putObject("headers").put("Accept-Language", language);
    call("Network.enable", object());
    call("Network.setExtraHTTPHeaders", headers);
    call("Emulation.setLocaleOverride", object().put("locale", language));
  }

  void reduceMotion(boolean reduced) {
    ObjectNode media = object();
    media
        .putArray("features")
        .add(object().put("name", "prefers-color-scheme").put("value", scheme))
        .add(
            object()
                .put("name", "prefers-reduced-motion")
                .put("value", reduced ? "reduce" : "no-preference"));
    call("Emulation.setEmulatedMedia", media);
  }

  /// The controls that a screen reader would announce by their kind alone.
  List<String> controlsWithoutName() {
    call("Accessibility.enable", object());
    List<String> nameless = new ArrayList<>();
    for (JsonNode node : call("Accessibility.getFullAXTree", object()).get("nodes")) {
      String role = node.path("role").path("value").asString("");
      if (!node.path("ignored").asBoolean(false)
          && CONTROLS.contains(role)
          && node.path("name").path("value").asString("").isBlank()) {
        nameless.add(role + " " + node.path("properties"));
      }
    }
    return nameless;
  }

  /// The tab key.
  void tab() {
    ObjectNode key = object().put("key", "Tab").put("code", "Tab").put("windowsVirtualKeyCode", 9);
    call("Input.dispatchKeyEvent", key.deepCopy().put("type", "rawKeyDown"));
    call("Input.dispatchKeyEvent", key.put("type", "keyUp"));
  }

  void width(int width, int height) {
    ObjectNode metrics = object().put("width", width).put("height", height);
    metrics.put("deviceScaleFactor", 1).put("mobile", false);
    call("Emulation.setDeviceMetricsOverride", metrics);
  }

  void photograph(Path file) throws IOException {
    String png =
        call("Page.captureScreenshot", object().put("format", "png")).get("data").asString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(png));
  }

  JsonNode call(String method, ObjectNode parameters) {
    return browser.call(method, parameters, session);
  }

  static ObjectNode object() {
    return Chromium.JSON.createObjectNode();
  }

  static String quoted(String text) {
    return Chromium.JSON.writeValueAsString(text);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

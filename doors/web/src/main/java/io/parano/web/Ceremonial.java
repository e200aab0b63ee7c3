package io.parano.web;

import static io.parano.web.Html.tag;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The pieces that pages with a security key share.
final class Ceremonial {
  private Ceremonial() {}

  /// What the script may have to say on any of them.
  static Map<String, Phrase> words() {
    return new TreeMap<>(
        Map.of(
            "no-webauthn", Phrase.CLIENT_NO_WEBAUTHN,
            "not-touched", Phrase.CLIENT_NOT_TOUCHED,
            "wrong-key", Phrase.CLIENT_WRONG_KEY,
            "registered", Phrase.CLIENT_REGISTERED,
            "offline", Phrase.CLIENT_OFFLINE,
            "cookies", Phrase.CLIENT_COOKIES,
            "touch-done", Phrase.TOUCH_DONE,
            "sign-in-done", Phrase.SIGN_IN_DONE));
  }

  /// Where what happens is said, aloud too (WAI-ARIA `status`).
  static Html.Element notice() {
    return tag("p", "notice").set("data-notice").set("role", "status").set("aria-live", "polite");
  }

  static Html.Element noScript(Visit visit) {
    return tag("noscript").with(tag("p", "notice wrong").with(visit.say(Phrase.NO_SCRIPT)));
  }

  /// A key with its pad, and the waves that show that it is waited for.
  static Html.Element key() {
    return tag("svg")
        .set("viewBox", "0 0 120 72")
        .set("aria-hidden", "true")
        .with(
            tag("circle", "waves").set("cx", "44").set("cy", "36").set("r", "30"),
            tag("rect")
                .set("x", "14")
                .set("y", "18")
                .set("width", "66")
                .set("height", "36")
                .set("rx", "8"),
            tag("path").set("d", "M80 24h22v24H80M88 30v3M88 39v3M95 30v3M95 39v3"),
            tag("circle", "pad").set("cx", "44").set("cy", "36").set("r", "11"),
            tag("circle").set("cx", "22").set("cy", "36").set("r", "2.5"));
  }

  static Html.Element field(String id, String label, Html.Element input) {
    return tag("div", "field").with(tag("label").set("for", id).with(label), input.id(id));
  }

  static Html.Element hinted(Html.Element field, String id, String hint) {
    return field.with(tag("p", "hint").id(id + "-hint").with(hint));
  }

  static Html.Element input(String type, String name) {
    return tag("input").set("type", type).set("name", name);
  }

  static Html.Element button(String classes, String type, String label) {
    return tag("button", classes).set("type", type).with(label);
  }

  /// A password field that can be shown, called after its id, at which the reader arrives.
  static Html.Element password(Visit visit, String id, String label, String autocomplete) {
    return secret(visit, id, label, input("password", id).set("data-focus"), autocomplete);
  }

  /// The same, further down.
  static Html.Element furtherPassword(Visit visit, String id, String label, String autocomplete) {
    return secret(visit, id, label, input("password", id), autocomplete);
  }

  private static Html.Element secret(
      Visit visit, String id, String label, Html.Element input, String autocomplete) {
    return tag("div", "field")
        .with(
            tag("label").set("for", id).with(label),
            tag("div", "secret")
                .with(
                    (autocomplete.equals("new-password")
                            ? input.set("aria-describedby", "password-hint")
                            : input)
                        .id(id)
                        .set("autocomplete", autocomplete)
                        .set("required")
                        .set("maxlength", "1024")
                        .set("spellcheck", "false")
                        .set("autocapitalize", "none"),
                    button("", "button", visit.say(Phrase.PASSWORD_SHOW))
                        .set("data-do", "reveal")
                        .set("data-show", visit.say(Phrase.PASSWORD_SHOW))
                        .set("data-hide", visit.say(Phrase.PASSWORD_HIDE))
                        .set("aria-pressed", "false")
                        .set("aria-controls", id)));
  }

  /// The levels to climb, the first of them under way.
  static Html.Element ladder(List<Html.Element> rungs) {
    Html.Element ladder = tag("ol", "ladder");
    for (int i = 0; i < rungs.size(); i++) {
      ladder =
          ladder.with(
              i == 0 ? rungs.get(i).as("current").set("aria-current", "step") : rungs.get(i));
    }
    return ladder;
  }

  static Html.Element rung(String title, Html.Element hint) {
    return tag("li").with(tag("strong").with(title), hint);
  }
}

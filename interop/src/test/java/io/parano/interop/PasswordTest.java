package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.interop.Page.Token.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A password forgotten, reset by two officers, and changed by its owner, in a real browser.
@Tag("interop")
class PasswordTest {
  private static final String RESET = "seven grey herons at noon";
  private static final String CHANGED = "eleven brown foxes by dawn";

  @Test
  void password_resetByTwoAndChangedByOne_isTheNewOneAlone(@TempDir Path folder)
      throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Lab lab = Lab.open(folder.resolve("parano"));
        Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Person olga = officer(chromium, lab, "olga");
      Person otto = officer(chromium, lab, "otto");
      Person paul = Person.arrives(chromium, "paul");
      String admission = propose(olga, lab, admission("paul"));
      assertThat(sign(olga, lab, admission)).isEmpty();
      paul.enrol(lab, sign(olga, lab, propose(olga, lab, "{kind: 'enrol-token', person: 'paul'}")));

      String reset = propose(olga, lab, "{kind: 'reset-password', person: 'paul'}");
      assertThat(sign(olga, lab, reset)).as("one of two").isEmpty();
      paul.signIn(lab);
      String code = sign(otto, lab, reset);
      assertThat(code).isNotEmpty();

      Person renewed = choose(paul, lab, code);
      forget(renewed.page());
      paul.begin(lab);
      paul.page().await("!document.querySelector('form[data-part=password]').hidden");
      give(paul.page(), paul.password());
      assertThat(paul.told()).isNotBlank();
      assertThat(lab.latestReason()).isEqualTo("password-wrong");

      renewed.signIn(lab);
      Person changed = change(renewed, lab);
      changed.signIn(lab);
      assertThat(changed.page().text()).contains("paul");
    }
  }

  static Person officer(Chromium chromium, Lab lab, String name) {
    Person officer = Person.arrives(chromium, name);
    officer.enrol(lab, lab.bootstrapCode(name));
    officer.signIn(lab);
    return officer;
  }

  /// With the officers' code: refused untouched, and taken with a touch.
  private static Person choose(Person person, Lab lab, String code) {
    Page page = person.page();
    page.open(lab.at("/reset"));
    person.impatient();
    page.hold(person.token(), Presence.UNTOUCHED);
    page.type("form[data-part=code] [name=name]", person.name());
    page.type("form[data-part=code] [name=code]", code);
    page.press("form[data-part=code] button[type=submit]");
    assertThat(person.told()).isNotBlank();
    assertThat(
            page.evaluate("document.querySelector('form[data-part=password]').hidden").asBoolean())
        .isTrue();
    page.hold(person.token(), Presence.TOUCHED);
    page.press("[data-do=touch]");
    page.await("!document.querySelector('form[data-part=password]').hidden");
    give(page, "short");
    assertThat(person.told()).contains("12");
    give(page, RESET);
    page.await("!document.querySelector('[data-part=done]').hidden");
    return new Person(person.name(), RESET, page, person.token());
  }

  /// Signed in: the wrong present password is refused, and the right one taken.
  private static Person change(Person person, Lab lab) {
    Page page = person.page();
    page.open(lab.at("/"));
    page.press("a[href='/password']");
    page.await("location.pathname === '/password' && document.readyState === 'complete'");
    page.press("[data-do=touch]");
    page.await("!document.querySelector('form[data-part=password]').hidden");
    page.type("form[data-part=password] [name=present]", "not this one at all");
    give(page, CHANGED);
    assertThat(person.told()).isNotBlank();
    assertThat(page.evaluate("document.activeElement.name").asString()).isEqualTo("present");
    page.type("form[data-part=password] [name=present]", person.password());
    give(page, CHANGED);
    page.await("!document.querySelector('[data-part=done]').hidden");
    return new Person(person.name(), CHANGED, page, person.token());
  }

  private static void give(Page page, String password) {
    page.type("form[data-part=password] [name=password]", password);
    page.press("form[data-part=password] button[type=submit]");
  }

  static void forget(Page page) {
    page.call("Network.clearBrowserCookies", Page.object());
  }

  static String admission(String name) {
    return """
    {kind: 'admit-staff', newcomers: [{name: %1$s, displayName: %1$s, email: 'x@brume.example',
      groups: ['staff'], language: 'en'}]}
    """
        .formatted(Page.quoted(name));
  }

  static String propose(Person officer, Lab lab, String act) {
    officer.page().open(lab.at("/acts"));
    return officer
        .page()
        .evaluate(
            """
            fetch('/api/acts', {method: 'POST', headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({act: %s})}).then(r => r.json()).then(j => j.id)
            """
                .formatted(act))
        .asString();
  }

  /// By the page's button; the code, if the act has one now.
  static String sign(Person officer, Lab lab, String act) {
    Page page = officer.page();
    page.open(lab.at("/acts"));
    String article = "[data-act='" + act + "'] ";
    page.press(article + "[data-do=approve]");
    page.await("document.querySelector(\"" + article + "[data-outcome]\").textContent");
    return page.evaluate(
            "document.querySelector(\"" + article + "[data-handover] output\")?.textContent ?? ''")
        .asString();
  }
}

package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.interop.Page.Token;
import io.parano.interop.Page.Token.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A real browser with security keys of its own making: every ceremony, and every way to spoil one.
/// Officers and staff are enrolled through the pages before the first test, so registration is
/// shown by every test there is.
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromiumTest {
  private @Nullable Lab opened;
  private @Nullable Chromium started;
  private @Nullable Person officer;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    opened = Lab.open(folder.resolve("parano"));
    Files.createDirectories(folder.resolve("profile"));
    started = Chromium.start(Chromium.find().orElseThrow(), folder.resolve("profile"));
    officer = Person.arrives(started, "olga");
    officer.enrol(opened, opened.bootstrapCode("olga"));
    Person second = Person.arrives(started, "otto");
    second.enrol(opened, opened.bootstrapCode("otto"));
    officer.signIn(opened);
  }

  @AfterAll
  void close() {
    if (started != null) {
      started.close();
    }
    if (opened != null) {
      opened.close();
    }
  }

  private Lab lab() {
    return Objects.requireNonNull(opened);
  }

  private Person officer() {
    return Objects.requireNonNull(officer);
  }

  /// Admitted and enrolled by the officer's signatures, in the officer's own window.
  private Person employee(String name) {
    Person person = Person.arrives(Objects.requireNonNull(started), name);
    officer().page().open(lab().at("/acts"));
    signed(
        """
        {kind: 'admit-staff', newcomers: [{name: %1$s, displayName: %1$s, email: 'x@brume.example',
          groups: ['staff'], language: 'en'}]}
        """
            .formatted(Page.quoted(name)));
    person.enrol(
        lab(), signed("{kind: 'enrol-token', person: " + Page.quoted(name) + ", until: null}"));
    return person;
  }

  /// Proposes by a call and signs by the page's button; the code, if the act has one.
  private String signed(String act) {
    Page page = officer().page();
    String id =
        page.evaluate(
                """
                fetch('/api/acts', {method: 'POST', headers: {'Content-Type': 'application/json'},
                  body: JSON.stringify({act: %s})}).then(r => r.json()).then(j => j.id)
                """
                    .formatted(act))
            .asString();
    page.open(lab().at("/acts"));
    String article = "[data-act='" + id + "'] ";
    page.press(article + "[data-do=approve]");
    page.await("document.querySelector(\"" + article + "[data-outcome]\").textContent");
    return page.evaluate(
            "document.querySelector(\"" + article + "[data-handover] output\")?.textContent ?? ''")
        .asString();
  }

  @Test
  void signIn_keyAndPassword_opensThePortal() {
    Person ana = employee("ana");
    ana.signIn(lab());
    assertThat(ana.page().text()).contains("ana");
  }

  @Test
  void signIn_keyNotTouched_goesNoFurther() {
    Person ben = employee("ben");
    ben.page().hold(ben.token(), Presence.UNTOUCHED);
    ben.begin(lab());
    assertThat(ben.told()).isNotBlank();
    assertThat(passwordAsked(ben)).isFalse();
    ben.page().hold(ben.token(), Presence.TOUCHED);
    ben.signIn(lab());
  }

  @Test
  void signIn_wrongPin_goesNoFurther() {
    Person cleo = employee("cleo");
    cleo.page().enterRightPin(cleo.token(), false);
    cleo.begin(lab());
    assertThat(cleo.told()).isNotBlank();
    assertThat(passwordAsked(cleo)).isFalse();
    cleo.page().enterRightPin(cleo.token(), true);
    cleo.signIn(lab());
  }

  @Test
  void signIn_keyPulledOut_goesNoFurther() {
    Person dan = employee("dan");
    dan.page().pullOut(dan.token());
    dan.begin(lab());
    assertThat(dan.told()).isNotBlank();
    assertThat(passwordAsked(dan)).isFalse();
  }

  @Test
  void signIn_clonedKey_isRefusedAndTheKeySuspended() {
    Person eva = employee("eva");
    eva.signIn(lab());
    ObjectNode copy = (ObjectNode) eva.page().credentials(eva.token()).get(0).deepCopy();
    copy.put("signCount", 0);
    eva.page().pullOut(eva.token());
    Token clone = eva.page().plugIn();
    eva.page().put(clone, copy);
    eva.page().call("Network.clearBrowserCookies", Page.object());
    eva.begin(lab());
    assertThat(eva.told()).isNotBlank();
    assertThat(lab().latestReason()).isEqualTo("counter-went-back");
    assertThat(lab().tellsOf("token-suspended")).isTrue();
  }

  @Test
  void signIn_anotherPersonsCredential_isRefused() {
    Person finn = employee("finn");
    Person gaia = employee("gaia");
    JsonNode hers = gaia.page().credentials(gaia.token()).get(0);
    gaia.page().open(lab().at("/sign-in"));
    // The page asks for Finn's credentials; a script of the intruder's asks for her own instead.
    gaia.page()
        .evaluate(
            """
            { const real = navigator.credentials, get = real.get.bind(real);
              const hers = Uint8Array.from(atob(%s), c => c.charCodeAt(0));
              real.get = o => get({ ...o, publicKey: { ...o.publicKey,
                allowCredentials: [{ type: 'public-key', id: hers }] } }); }
            """
                .formatted(Page.quoted(hers.get("credentialId").asString())));
    new Person(finn.name(), finn.password(), gaia.page(), gaia.token()).give();
    assertThat(gaia.told()).isNotBlank();
    assertThat(passwordAsked(gaia)).isFalse();
    assertThat(lab().latestReason()).isEqualTo("token-of-other-person");
  }

  @Test
  void signIn_wrongPassword_mayBeTriedAgain() {
    Person hana = employee("hana");
    hana.begin(lab());
    hana.page().await("!document.querySelector('form[data-part=password]').hidden");
    hana.page().type("form[data-part=password] [name=password]", "not it at all");
    hana.page().press("form[data-part=password] button[type=submit]");
    assertThat(hana.told()).isNotBlank();
    assertThat(lab().latestReason()).isEqualTo("password-wrong");
    hana.page().type("form[data-part=password] [name=password]", hana.password());
    hana.page().press("form[data-part=password] button[type=submit]");
    hana.page().await("location.pathname === '/'");
  }

  @Test
  void stepUp_touched_isRecorded() {
    Person ivan = employee("ivan");
    ivan.signIn(lab());
    ivan.page().open(lab().at("/step-up"));
    ivan.page().press("[data-do=touch]");
    ivan.page().await("location.pathname === '/'");
    assertThat(lab().tellsOf("step-up")).isTrue();
  }

  @Test
  void stepUp_notTouched_staysWhereItIs() {
    Person june = employee("june");
    june.signIn(lab());
    june.page().hold(june.token(), Presence.UNTOUCHED);
    june.page().open(lab().at("/step-up"));
    june.impatient();
    june.page().press("[data-do=touch]");
    assertThat(june.told()).isNotBlank();
    assertThat(june.page().address()).contains("/step-up");
  }

  @Test
  void enrol_attestationHidden_isRefused() {
    Person kim = Person.arrives(Objects.requireNonNull(started), "kim");
    officer().page().open(lab().at("/acts"));
    signed(
        """
        {kind: 'admit-staff', newcomers: [{name: 'kim', displayName: 'Kim', email: 'x@brume.example',
          groups: ['staff'], language: 'en'}]}
        """);
    String code = signed("{kind: 'enrol-token', person: 'kim', until: null}");
    kim.page().open(lab().at("/enrol"));
    // Whatever the page asks, the intruder's browser hides what the key is.
    kim.page()
        .evaluate(
            """
            { const real = navigator.credentials, create = real.create.bind(real);
              real.create = o => create({ ...o, publicKey: { ...o.publicKey, attestation: 'none' } }); }
            """);
    kim.page().type("form[data-part=code] [name=name]", "kim");
    kim.page().type("form[data-part=code] [name=code]", code);
    kim.page().press("form[data-part=code] button[type=submit]");
    kim.page().await("!document.querySelector('form[data-part=password]').hidden");
    kim.page().type("form[data-part=password] [name=password]", kim.password());
    kim.page().press("form[data-part=password] button[type=submit]");
    assertThat(kim.told()).isNotBlank();
    assertThat(lab().latestReason()).startsWith("attestation-");
  }

  private static boolean passwordAsked(Person person) {
    return !person
        .page()
        .evaluate("document.querySelector('form[data-part=password]').hidden")
        .asBoolean();
  }
}

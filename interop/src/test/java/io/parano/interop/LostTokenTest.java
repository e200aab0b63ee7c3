package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens lost, one's own and every officer's, in a real browser.
@Tag("interop")
class LostTokenTest {
  @Test
  void freeze_byItsHolder_shutsThemOutAndTellsTheOfficers(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Lab lab = Lab.open(folder.resolve("parano"));
        Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Person olga = PasswordTest.officer(chromium, lab, "olga");
      PasswordTest.officer(chromium, lab, "otto");
      Person paul = Person.arrives(chromium, "paul");
      PasswordTest.sign(olga, lab, PasswordTest.propose(olga, lab, PasswordTest.admission("paul")));
      String enrolment = PasswordTest.propose(olga, lab, "{kind: 'enrol-token', person: 'paul'}");
      paul.enrol(lab, PasswordTest.sign(olga, lab, enrolment));
      paul.signIn(lab);

      freeze(paul, lab, "not the password");
      assertThat(paul.told()).isNotBlank();
      assertThat(lab.latestReason()).isEqualTo("password-wrong");
      paul.page().open(lab.at("/"));
      assertThat(paul.page().text()).contains("paul");

      freeze(paul, lab, paul.password());
      paul.page().await("!document.querySelector('[data-part=done]').hidden");
      Files.createDirectories(Inspection.ALBUM);
      paul.page().photograph(Inspection.ALBUM.resolve("freeze-done.png"));
      paul.begin(lab);
      assertThat(paul.told()).isNotBlank();
      assertThat(lab.latestReason()).isEqualTo("person-frozen");
      olga.page().open(lab.at("/"));
      assertThat(olga.page().text()).contains("paul");
      olga.page().photograph(Inspection.ALBUM.resolve("portal-frozen.png"));
    }
  }

  @Test
  void glass_brokenByTwoHolders_letsEachEnrolAKeyAndTellsTheOfficers(@TempDir Path folder)
      throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Lab lab = Lab.open(folder.resolve("parano"));
        Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Person olga = PasswordTest.officer(chromium, lab, "olga");
      Person otto = PasswordTest.officer(chromium, lab, "otto");
      String first = seal(olga, otto, lab, "olga");
      String second = seal(olga, otto, lab, "otto");

      Page page = chromium.page();
      breakGlass(page, lab, olga, "k7mfp2wq9xk7mfp2wq9x", otto, second);
      page.await("document.querySelector('[data-notice].wrong')?.textContent");
      assertThat(lab.latestReason()).isEqualTo("code-unknown");

      breakGlass(page, lab, olga, first, otto, second);
      page.await("!document.querySelector('[data-part=done]').hidden");
      Files.createDirectories(Inspection.ALBUM);
      page.photograph(Inspection.ALBUM.resolve("break-glass-done.png"));
      String code = page.evaluate("document.querySelector('[data-code]').textContent").asString();
      assertThat(lab.tellsOf("glass-broken")).isTrue();

      Person renewed = Person.arrives(chromium, "olga");
      renewed.enrol(lab, code);
      renewed.signIn(lab);
      renewed.page().open(lab.at("/acts"));
      renewed.page().photograph(Inspection.ALBUM.resolve("acts-glass.png"));
      assertThat(renewed.page().evaluate("document.querySelectorAll('[data-act]').length").asInt())
          .isEqualTo(1);
    }
  }

  private static void freeze(Person person, Lab lab, String password) {
    Page page = person.page();
    page.open(lab.at("/freeze"));
    page.type("form[data-part=freeze] [name=name]", person.name());
    page.type("form[data-part=freeze] [name=password]", password);
    page.press("form[data-part=freeze] button[type=submit]");
  }

  private static String seal(Person olga, Person otto, Lab lab, String holder) {
    String act =
        PasswordTest.propose(
            olga, lab, "{kind: 'seal-code', person: %s}".formatted(Page.quoted(holder)));
    PasswordTest.sign(olga, lab, act);
    String code = PasswordTest.sign(otto, lab, act);
    assertThat(code).isNotEmpty();
    return code;
  }

  private static void breakGlass(
      Page page, Lab lab, Person one, String code, Person other, String otherCode) {
    page.open(lab.at("/break-glass"));
    page.type("[name=name]", one.name());
    page.type("[name=code]", code);
    page.type("[name=password]", one.password());
    page.type("[name=otherName]", other.name());
    page.type("[name=otherCode]", otherCode);
    page.type("[name=otherPassword]", other.password());
    page.press("form[data-part=glass] button[type=submit]");
  }
}

package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Every page as a person sees it, part by part, in both languages, light and dark, wide and
/// narrow, with the longest names there may be; the pictures are for people to look at. What a
/// machine can tell is asserted: contrast, headings, the size of what is pressed, the sign of the
/// focus, a name for every control, the way of the keyboard, stillness for who asked for it,
/// nothing from elsewhere, nothing cut off or sticking out.
@Tag("interop")
class PagesTest {
  private static final String LONG_NAME =
      "marie-antoinette.de-la-rochefoucauld-doudeauville.von-hohenlohe1";
  private static final String LONG_DISPLAY_NAME =
      "Marie-Antoinette de La Rochefoucauld-Doudeauville, Donaudampfschifffahrtsgesellschaftskapitän";

  private static final String[][] OUTSIDE = {
    {"sign-in", "/sign-in"},
    {"enrol", "/enrol"},
    {"reset", "/reset"},
    {"freeze", "/freeze"},
    {"vpn", "/vpn"},
    {"vpn-confirm", "/vpn/confirm"},
    {"break-glass", "/break-glass"},
    {"signed-out", "/signed-out"},
    {"missing", "/no-such-page"}
  };

  private static final String[][] INSIDE = {
    {"portal", "/"},
    {"step-up", "/step-up"},
    {"password", "/password"},
    {"command", "/command?code=k7mfp2wq9x"},
    {"acts", "/acts"}
  };

  private final Inspection inspection = new Inspection();

  @Test
  void pages_everyLanguageSchemeAndWidth_areFitToBeUsed(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Lab lab = Lab.carrying(folder.resolve("parano"));
        Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Person olga = Person.arrives(chromium, "olga");
      olga.enrol(lab, lab.bootstrapCode("olga"));
      olga.signIn(lab);
      fillTheDesk(olga.page());
      Page visitor = chromium.page();
      for (String language : new String[] {"fr", "en"}) {
        for (String scheme : new String[] {"light", "dark"}) {
          for (String[] page : OUTSIDE) {
            look(visitor, lab.at(page[1]), language, scheme, page[0]);
          }
          look(visitor, lab.toward("/kiosk/"), language, scheme, "sign-in-otp");
          for (String[] page : INSIDE) {
            look(olga.page(), lab.at(page[1]), language, scheme, page[0]);
          }
        }
      }
      refused(visitor, lab);
    }
    assertThat(inspection.complaints()).isEmpty();
  }

  /// The inspection itself can be seen to complain.
  @Test
  void inspection_ofAPageWithEveryFault_findsThemAll(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Page page = chromium.page();
      page.prefer("en", "light");
      page.width(360, 900);
      page.evaluate(
          """
          document.body.innerHTML = `<main><h1>A</h1><h1>B</h1><h3>C</h3>
            <p id=x style="color:#999;background:#fff">pale</p><p id=x>twice</p>
            <label for=gone>L</label><button style="width:9px;height:9px;padding:0"></button>
            <a href="#" style="outline:0;box-shadow:none">quiet</a>
            <p style="width:2000px">wide</p><p style="transition:all 1s">moves</p>
            <p style="overflow-x:hidden;width:20px;white-space:nowrap">cut off</p></main>`
          """);
      inspection.inspect(page, "bad");
    }
    assertThat(inspection.complaints())
        .map(complaint -> complaint.replaceAll(" [0-9.]+:.*|: <.*|: button.*| by [0-9]+", ""))
        .contains(
            "bad: expected one h1",
            "bad: a heading skips a level",
            "bad: a title, a language or a main part is missing",
            "bad: an id twice",
            "bad: for names nothing",
            "bad: smaller than 24 pixels",
            "bad: no sign of the focus",
            "bad: contrast",
            "bad: wider than its window",
            "bad: moves",
            "bad: cut off",
            "bad: a control without a name");
  }

  /// Acts of several kinds, about people with long names.
  private static void fillTheDesk(Page page) {
    propose(
        page,
        """
        {"kind":"admit-staff","newcomers":[{"name":"%s","displayName":"%s",
         "email":"%s@a-rather-long-host-name.subsidiary.brume.example","groups":["staff",
         "customer-relations-and-complaints-department-southern-europe"],"language":"fr"}]}
        """
            .formatted(LONG_NAME, LONG_DISPLAY_NAME, LONG_NAME.substring(0, 60)));
    propose(page, "{\"kind\":\"change-groups\",\"person\":\"olga\",\"groups\":[\"sysadmin\"]}");
    propose(page, "{\"kind\":\"replace-token\",\"person\":\"olga\"}");
    propose(page, "{\"kind\":\"reset-password\",\"person\":\"olga\"}");
    propose(
        page,
        """
        {"kind":"admit-client","number":"7","label":"The mail gateway of the southern data centre",
         "addresses":["127.0.0.1","2001:db8:1234:5678:9abc:def0:1234:5678","10.1.0.0/16"]}
        """);
  }

  private static void propose(Page page, String act) {
    assertThat(
            page.evaluate(
                    """
                    fetch("/api/acts", {
                      method: "POST",
                      headers: { "Content-Type": "application/json" },
                      body: JSON.stringify({ act: %s }),
                    }).then(answer => answer.status)
                    """
                        .formatted(act))
                .asInt())
        .as(act)
        .isEqualTo(200);
  }

  private void look(Page page, String url, String language, String scheme, String name)
      throws IOException {
    page.prefer(language, scheme);
    for (int width : new int[] {1000, 360}) {
      page.width(width, 900);
      page.open(url + (url.contains("?") ? "&" : "?") + "language=" + language);
      assertThat(page.evaluate("document.documentElement.lang").asString()).isEqualTo(language);
      String picture = String.join("-", name, language, scheme, Integer.toString(width));
      inspection.inspect(page, picture);
      inspection.walk(page, picture);
      Inspection.photograph(page, width, picture);
      JsonNode parts =
          page.evaluate("[...document.querySelectorAll('[data-part]')].map(p => p.dataset.part)");
      for (JsonNode part : parts) {
        page.evaluate(
            "document.querySelectorAll('[data-part]').forEach(p => p.hidden = p.dataset.part !== "
                + Page.quoted(part.asString())
                + ")");
        String partly = picture + "-" + part.asString();
        inspection.inspect(page, partly);
        Inspection.photograph(page, width, partly);
      }
    }
  }

  /// What somebody is told whose code is not one.
  private void refused(Page page, Lab lab) throws IOException {
    page.width(360, 900);
    page.open(lab.at("/reset?language=fr"));
    page.type("[name=name]", LONG_NAME);
    page.type("[name=code]", "k7mfp2wq9x");
    page.press("form[data-part=code] button[type=submit]");
    page.await("document.querySelector('[data-notice].wrong')?.textContent");
    inspection.inspect(page, "reset-refused");
    Inspection.photograph(page, 360, "reset-refused");
  }
}

package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page as a person sees it, in both languages, light and dark, wide and narrow; the pictures
/// are for people to look at. What a machine can tell is asserted: nothing sticks out sideways, and
/// the browser refused nothing that the page wanted.
@Tag("interop")
class PagesTest {
  static final Path ALBUM = Path.of("target", "pages");

  private static final String[][] PAGES = {
    {"sign-in", "/sign-in"},
    {"enrol", "/enrol"},
    {"portal", "/"},
    {"step-up", "/step-up"},
    {"acts", "/acts"},
    {"signed-out", "/signed-out"},
    {"missing", "/no-such-page"}
  };

  @Test
  void pages_bothLanguagesAndSchemes_fitTheirWindow(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Lab lab = Lab.open(folder.resolve("parano"));
        Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Person olga = Person.arrives(chromium, "olga");
      olga.enrol(lab, lab.bootstrapCode("olga"));
      olga.signIn(lab);
      Page visitor = chromium.page();
      for (String language : new String[] {"fr", "en"}) {
        for (String scheme : new String[] {"light", "dark"}) {
          for (String[] page : PAGES) {
            boolean inside =
                page[0].equals("portal") || page[0].equals("acts") || page[0].equals("step-up");
            Page window = inside ? olga.page() : visitor;
            photograph(window, lab.at(page[1]), language, scheme, page[0]);
          }
        }
      }
    }
  }

  private static void photograph(Page page, String url, String language, String scheme, String name)
      throws IOException {
    page.prefer(language, scheme);
    for (int width : new int[] {1000, 360}) {
      page.width(width, 900);
      page.open(url + "?language=" + language);
      assertThat(page.evaluate("document.documentElement.lang").asString()).isEqualTo(language);
      assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
          .as("%s in %s at %d", name, language, width)
          .isLessThanOrEqualTo(width);
      page.photograph(
          ALBUM.resolve(
              String.join("-", name, language, scheme, Integer.toString(width)) + ".png"));
    }
  }
}

package io.parano.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a machine can tell of pages as they stand in a browser, and pictures of them for people.
final class Inspection {
  static final Path ALBUM = Path.of("target", "pages");

  private static final int PARTS_OF_A_MOMENT = 8;

  /// Hundreds of pictures of whole pages take their time.
  private static final boolean WANTED = System.getenv("PARANO_PICTURES") != null;

  private final List<String> complaints = new ArrayList<>();

  List<String> complaints() {
    return complaints;
  }

  void inspect(Page page, String picture) throws IOException {
    page.reduceMotion(true);
    JsonNode found = page.evaluate(script());
    page.reduceMotion(false);
    found.forEach(one -> complaints.add(picture + ": " + one.asString()));
    for (String nameless : page.controlsWithoutName()) {
      complaints.add(picture + ": a control without a name: " + nameless);
    }
  }

  /// The tab key reaches every control, in the order in which they stand, and gets out again.
  void walk(Page page, String picture) {
    page.evaluate(
        "document.activeElement?.blur(); document.body.tabIndex = -1; document.body.focus()");
    int controls =
        page.evaluate(
                """
                (() => {
                  window.walked = [];
                  const all = [...document.querySelectorAll(
                    "a[href],button,input,select,textarea,summary")]
                    .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
                  all.forEach((one, place) => one.addEventListener(
                    "focus", () => window.walked.push(place)));
                  return all.length;
                })()
                """)
            .asInt();
    // A field for a moment has a stop for each of its parts.
    for (int i = 0; i < controls + PARTS_OF_A_MOMENT; i++) {
      page.tab();
    }
    JsonNode walked = page.evaluate("[...new Set(window.walked)]");
    List<Integer> places = new ArrayList<>();
    walked.forEach(place -> places.add(place.asInt()));
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < controls; i++) {
      expected.add(i);
    }
    if (!places.equals(expected)) {
      complaints.add(picture + ": the keyboard went " + places + " of " + controls);
    }
  }

  /// Where `PARANO_PICTURES` is set: for people, who look at them when they have changed pages.
  static void photograph(Page page, int width, String picture) throws IOException {
    if (!WANTED) {
      return;
    }
    int height = page.evaluate("document.documentElement.scrollHeight").asInt();
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)");
    page.width(width, Math.max(900, height));
    page.photograph(ALBUM.resolve(picture + ".png"));
    page.width(width, 900);
  }

  private static String script() throws IOException {
    try (InputStream in = Inspection.class.getResourceAsStream("inspection.js")) {
      if (in == null) {
        throw new IOException("inspection.js is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

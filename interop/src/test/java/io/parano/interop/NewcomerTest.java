package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.DemoServer;
import io.parano.demo.Demo;
import io.parano.demo.DemoOptions;
import io.parano.kernel.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the demo tells a newcomer to do, done in a real browser, word by word: the address, the
/// name, the software key, the password; and the pages behind the gate, fit to be used as the
/// house's own are.
@Tag("interop")
class NewcomerTest {
  private static final int TRIES = 1200;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void newcomer_doingWhatTheDemoSays_reachesTheBackOffice(@TempDir Path folder)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    DemoOptions options =
        new DemoOptions(
            false, null, OptionalInt.empty(), Language.EN, folder.resolve("data"), false, true);
    Thread demo =
        Thread.ofPlatform()
            .start(() ->
                Demo.run(
                    options,
                    DemoServer::start,
                    new SecureRandom()::nextBytes,
                    new PrintStream(said, true, StandardCharsets.UTF_8)));
    try {
      until("Ctrl-C");
      visit(Files.createDirectories(folder.resolve("profile")));
    } finally {
      demo.interrupt();
      demo.join();
    }
  }

  private void visit(Path profile) throws IOException {
    try (Chromium chromium = Chromium.start(Chromium.find().orElseThrow(), profile)) {
      Page page = chromium.page();
      page.prefer("en", "light");
      page.open(word("Open (\\S+)"));
      page.await("location.pathname === '/sign-in'");
      page.type("form[data-part=name] [name=name]", word("Sign in as +(\\S+)"));
      page.press("form[data-part=name] button[type=submit]");
      page.await("document.querySelector('dialog.demo-key [data-key]')");
      page.photograph(Inspection.ALBUM.resolve("demo-keys.png"));
      page.press("dialog.demo-key [data-key='camille.roy']");
      page.await("!document.querySelector('form[data-part=password]').hidden");
      page.type("form[data-part=password] [name=password]", word("Password +(\\S+)"));
      page.press("form[data-part=password] button[type=submit]");
      page.await("document.body.innerText.includes('Jacquet')");
      assertThat(page.text()).contains("Camille Roy").contains("Jacquet");
      page.photograph(Inspection.ALBUM.resolve("demo-back-office.png"));
      page.press("a[href='/customers/SJ4843-BRM']");
      page.await("location.pathname.startsWith('/customers/')");
      page.photograph(Inspection.ALBUM.resolve("demo-customer.png"));
      Inspection inspection = new Inspection();
      look(inspection, page, "office", "/", "/customers/SJ4843-BRM", "/nothing-here");
      touchAgain(page);
      look(inspection, page, "office", "/export");
      assertThat(inspection.complaints()).isEmpty();
    }
  }

  /// The whole file wants a touch of this very moment; it is asked for, and leads back.
  private void touchAgain(Page page) {
    page.open(word("Open (\\S+)") + "export");
    page.await(
        "location.pathname === '/export' || document.querySelector('[data-do=touch], form[data-part=touch] button, main button.main')");
    if (!page.address().contains("/export")) {
      page.press("main button.main");
      page.await("document.querySelector('dialog.demo-key [data-key]')");
      page.press("dialog.demo-key [data-key='camille.roy']");
    }
    page.await("location.pathname === '/export'");
  }

  private void look(Inspection inspection, Page page, String name, String... paths)
      throws IOException {
    String origin = word("Open (\\S+)/");
    for (String path : paths) {
      for (String language : List.of("fr", "en")) {
        for (String scheme : List.of("light", "dark")) {
          page.prefer(language, scheme);
          for (int width : new int[] {1000, 360}) {
            page.width(width, 900);
            page.open(origin + path + "?language=" + language);
            assertThat(page.evaluate("document.documentElement.lang").asString())
                .isEqualTo(language);
            String picture =
                "demo-%s%s-%s-%s-%d"
                    .formatted(name, path.replaceAll("[^a-z]+", "-"), language, scheme, width);
            inspection.inspect(page, picture);
            inspection.walk(page, picture);
            Inspection.photograph(page, width, picture);
          }
        }
      }
    }
  }

  private String word(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(said.toString(StandardCharsets.UTF_8));
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private void until(String text) throws InterruptedException {
    for (int tries = 0;
        tries < TRIES && !said.toString(StandardCharsets.UTF_8).contains(text);
        tries++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).contains(text);
  }
}

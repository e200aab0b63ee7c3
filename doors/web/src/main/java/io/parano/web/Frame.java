package io.parano.web;

import static io.parano.web.Html.all;
import static io.parano.web.Html.none;
import static io.parano.web.Html.tag;
import static io.parano.web.Html.text;

import io.parano.kernel.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What every page has around it: head, brand, languages, foot.
final class Frame {
  private final WebConfig config;
  private final Assets assets;

  Frame(WebConfig config, Assets assets) {
    this.config = config;
    this.assets = assets;
  }

  /// @param main the page's `main` element
  Response page(int status, Visit visit, Phrase title, Html.Element main) {
    StringBuilder out = new StringBuilder(8192).append("<!doctype html>");
    tag("html")
        .set("lang", visit.words().language().tag())
        .with(head(visit, visit.say(title)), body(visit, main))
        .write(out);
    return Response.html(status, out.toString());
  }

  private Html head(Visit visit, String title) {
    List<Html> scripts = new ArrayList<>();
    if (visit.call().place() instanceof Place.SignIn) {
      if (assets.extension() != null) {
        scripts.add(script(visit, assets.extension()));
      }
      scripts.add(script(visit, assets.name("door.js")));
    }
    return tag("head")
        .with(
            tag("meta").set("charset", "utf-8"),
            tag("meta")
                .set("name", "viewport")
                .set("content", "width=device-width, initial-scale=1"),
            tag("meta").set("name", "color-scheme").set("content", "light dark"),
            tag("title").with(title + " · " + config.name()),
            tag("link").set("rel", "stylesheet").set("href", at(visit, assets.name("door.css"))),
            tag("link").set("rel", "icon").set("href", at(visit, assets.name("mark.svg"))))
        .with(scripts);
  }

  private static Html script(Visit visit, String name) {
    return tag("script").set("type", "module").set("src", at(visit, name));
  }

  private Html body(Visit visit, Html.Element main) {
    return tag("body")
        .with(
            tag("a", "skip").set("href", "#main").with(visit.say(Phrase.SKIP)),
            tag("header", "head").with(brand(visit), tongues(visit)),
            main.id("main").set("tabindex", "-1"),
            tag("footer", "foot").with(tag("p").with(visit.say(Phrase.FOOT))));
  }

  private Html brand(Visit visit) {
    Html name = all(text("Parano"), tag("span").with(config.name()));
    return visit.call().place() instanceof Place.SignIn
        ? tag("a", "brand").set("href", "/").with(mark(), name)
        : tag("div", "brand").with(mark(), name);
  }

  private static Html mark() {
    return tag("svg")
        .set("viewBox", "0 0 32 32")
        .set("aria-hidden", "true")
        .with(tag("path").set("d", "M6 26h20M6 16h13M6 6h6"));
  }

  /// The same page in each language. Only where the address holds nothing that works once.
  private static Html tongues(Visit visit) {
    if (!(visit.call().place() instanceof Place.SignIn)) {
      return none();
    }
    Html.Element list = tag("ul", "tongues").set("aria-label", visit.say(Phrase.LANGUAGE));
    for (Language language : List.of(Language.FR, Language.EN)) {
      String tag = language.tag();
      Html.Element link =
          tag("a")
              .set("href", inLanguage(visit.call(), tag))
              .set("lang", tag)
              .set("hreflang", tag)
              .with(
                  tag("span").set("aria-hidden", "true").with(language.name()),
                  tag("span", "unseen").with(language == Language.FR ? "Français" : "English"));
      list =
          list.with(
              tag("li")
                  .with(
                      language == visit.words().language()
                          ? link.set("aria-current", "true")
                          : link));
    }
    return list;
  }

  private static String inLanguage(Call call, String language) {
    String query =
        call.query().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("language"))
            .map(entry -> Percent.encode(entry.getKey()) + "=" + Percent.encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    // What was asked for and is not here may be nothing that a page can lead to.
    String path = Destination.local(call.path());
    return path + "?" + (query.isEmpty() ? "" : query + "&") + "language=" + language;
  }

  private static String at(Visit visit, String asset) {
    return switch (visit.call().place()) {
      case Place.SignIn signIn -> "/assets/" + asset;
      case Place.Application application -> "/.parano/assets/" + asset;
    };
  }

  /// Words that the page's script needs, as attributes that it reads.
  static Html.Element speaking(Html.Element main, Visit visit, Map<String, Phrase> words) {
    Html.Element speaking = main;
    for (Map.Entry<String, Phrase> word : words.entrySet()) {
      speaking = speaking.set("data-" + word.getKey(), visit.say(word.getValue()));
    }
    return speaking;
  }
}

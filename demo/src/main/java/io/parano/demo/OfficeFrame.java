package io.parano.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What every page of the made-up back office has around it, with the house's own style.
final class OfficeFrame {
  private static final String MARK = "<meta name=\"application-name\" content=\"Brume\">";

  private final Texts texts;
  private final List<Link> links;
  private final String reader;

  /// @param links the parts of this application, for its navigation
  /// @param reader whom the page greets
  OfficeFrame(Texts texts, List<Link> links, String reader) {
    this.texts = texts;
    this.reader = reader;
    this.links = List.copyOf(links);
  }

  /// @param word the key of its text, below `office.`
  record Link(String path, String word) {}

  /// Whether `text` is a page of the back office.
  static boolean framed(String text) {
    return text.contains(MARK);
  }

  /// @param path where it is asked for
  /// @param title plain text, as is `lead`
  /// @param body markup
  String page(String path, String title, String lead, String body) {
    return """
    <!doctype html>
    <html lang="%1$s"><head><meta charset="utf-8">%2$s
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%3$s · Brume</title>
    <link rel="stylesheet" href="/assets/door.css"><link rel="stylesheet" href="/assets/office.css">
    <link rel="icon" href="/assets/mark.svg"></head>
    <body><a class="skip" href="#main">%4$s</a>
    <header class="head"><a class="brand" href="/"><svg viewBox="0 0 32 32" aria-hidden="true"><path d="M6 26h20M6 16h13M6 6h6"/></svg>Brume<span>%5$s</span></a>
    <nav aria-label="%6$s"><ul class="parts">%7$s</ul></nav><p class="soft">%13$s</p>
    <ul class="tongues" aria-label="%8$s">%9$s</ul></header>
    <main id="main" tabindex="-1"><h1>%3$s</h1><p class="lead">%10$s</p>
    %11$s
    </main>
    <footer class="foot"><p>%12$s</p></footer></body></html>
    """
        .formatted(
            texts.say("language"),
            MARK,
            Markup.escape(title),
            word("skip"),
            word("subtitle"),
            word("parts"),
            parts(path),
            word("language"),
            tongue(path, "fr", "Français") + tongue(path, "en", "English"),
            Markup.escape(lead),
            body,
            word("foot"),
            Markup.escape(reader));
  }

  private String parts(String path) {
    return links.stream()
        .map(link ->
            "<li><a href=\"%s\"%s>%s</a></li>"
                .formatted(
                    link.path(),
                    path.equals(link.path()) ? " aria-current=\"page\"" : "",
                    word(link.word())))
        .collect(Collectors.joining());
  }

  private String tongue(String path, String tag, String name) {
    String current = tag.equals(texts.say("language")) ? " aria-current=\"true\"" : "";
    return "<li><a href=\"%s?language=%s\" lang=\"%2$s\" hreflang=\"%2$s\"%s><span aria-hidden=\"true\">%s</span><span class=\"unseen\">%s</span></a></li>"
        .formatted(Markup.escape(path), tag, current, tag.toUpperCase(Locale.ROOT), name);
  }

  /// Escaped.
  String word(String key, Object... values) {
    return Markup.escape(texts.say("office." + key, values));
  }

  /// Plain.
  String text(String key, Object... values) {
    return texts.say("office." + key, values);
  }
}

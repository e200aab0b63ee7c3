package io.parano.demo;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parts of the back office's first page that are about the reader: who they are, which levels
/// held, and what to try next.
final class HeldLevels {
  private final OfficeFrame frame;
  private final Places places;
  private final Introduction reader;

  HeldLevels(OfficeFrame frame, Places places, Introduction reader) {
    this.frame = frame;
    this.places = places;
    this.reader = reader;
  }

  /// The ladder of the sign-in page, climbed, beside what the application was told.
  String panel() {
    return """
    <section class="card entrance held" aria-labelledby="held"><div class="side">
    <h2 id="held">%s</h2><ol class="ladder">%s%s%s</ol></div>
    <div class="desk"><h2>%s</h2><p class="soft">%s</p><dl class="facts">%s%s%s%s%s</dl>
    <div class="row"><a class="button" href="%s/">%s</a></div></div></section>
    """
        .formatted(
            frame.word("held"),
            level("source", reader.source()),
            level("token", ""),
            level("password", ""),
            frame.word("you"),
            frame.word("you.note"),
            fact("Remote-Name", reader.name()),
            fact("Remote-User", reader.user()),
            fact("Remote-Groups", String.join(", ", reader.groups())),
            fact("Remote-Email", reader.email()),
            fact("X-Forwarded-For", reader.source()),
            places.signIn().origin(),
            frame.word("portal"));
  }

  /// @param precious the part that wants a fresh touch
  /// @param cookie the name of this host's cookie
  /// @param own where the reader is
  String next(OfficeFrame.Link precious, String cookie, Site own) {
    String command =
        "curl --interface %s --cookie '%s=%s' %s/"
            .formatted(
                Networks.OUTSIDE.getHostAddress(), cookie, frame.text("value"), own.origin());
    boolean wages = own.equals(places.wages());
    Site other = wages ? places.backOffice() : places.wages();
    return "<section class=\"card\" aria-labelledby=\"next\"><h2 id=\"next\">%s</h2><ol class=\"steps\">%s</ol></section>"
        .formatted(
            frame.word("next"),
            Stream.of(
                    step("touch", link(precious.path(), precious.word())),
                    step("place", "<pre>" + Markup.escape(command) + "</pre>"),
                    step(
                        wages ? "host" : "rule",
                        link(other.origin() + "/", wages ? "customers" : "wages")),
                    step("cut", link(places.signIn().origin() + "/acts", "acts")))
                .collect(Collectors.joining()));
  }

  private String level(String level, String shown) {
    String said =
        shown.isEmpty() ? "" : " <span class=\"address\">" + Markup.escape(shown) + "</span>";
    return "<li class=\"done\"><strong>%s</strong><small>%s%s</small></li>"
        .formatted(frame.word("level." + level), frame.word("level." + level + ".note"), said);
  }

  private String step(String key, String action) {
    return "<li><strong>%s</strong><p>%s</p>%s</li>"
        .formatted(frame.word("next." + key), frame.word("next." + key + ".note"), action);
  }

  private String link(String to, String word) {
    return "<p><a href=\"%s\">%s</a></p>".formatted(Markup.escape(to), frame.word(word));
  }

  private static String fact(String name, String value) {
    return "<dt><code>%s</code></dt><dd>%s</dd>"
        .formatted(name, value.isEmpty() ? "—" : Markup.escape(value));
  }
}

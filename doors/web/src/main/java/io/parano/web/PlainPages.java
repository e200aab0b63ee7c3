package io.parano.web;

import static io.parano.web.Html.tag;

import io.parano.web.WebConfig.ProtectedHost;

/// Pages that say one thing: what went wrong, or what a button does.
final class PlainPages {
  private final Frame frame;

  PlainPages(Frame frame) {
    this.frame = frame;
  }

  /// What went wrong, by status, with nothing about why.
  Response error(Visit visit, int status) {
    Phrase title =
        switch (status) {
          case 401, 403, 421 -> Phrase.ERROR_REFUSED_TITLE;
          case 404, 405 -> Phrase.ERROR_MISSING_TITLE;
          case 429, 503 -> Phrase.ERROR_LATER_TITLE;
          case 500 -> Phrase.ERROR_FAULT_TITLE;
          default -> Phrase.ERROR_MALFORMED_TITLE;
        };
    Phrase text =
        switch (status) {
          case 401, 403, 421 -> Phrase.ERROR_REFUSED_TEXT;
          case 404, 405 -> Phrase.ERROR_MISSING_TEXT;
          case 429, 503 -> Phrase.ERROR_LATER_TEXT;
          case 500 -> Phrase.ERROR_FAULT_TEXT;
          default -> Phrase.ERROR_MALFORMED_TEXT;
        };
    return plain(status, visit, title, text, home(visit));
  }

  Response codeRefused(Visit visit, ProtectedHost host) {
    return plain(
        403,
        visit,
        Phrase.CODE_REFUSED_TITLE,
        Phrase.CODE_REFUSED_TEXT,
        tag("a", "button main")
            .set("href", host.site() + "/")
            .with(visit.say(Phrase.SIGN_IN_AGAIN)));
  }

  /// A form, because a link must not end a session: another site could make a browser follow it.
  Response askSignOut(Visit visit, ProtectedHost host) {
    return frame.page(
        200,
        visit,
        Phrase.SIGN_OUT,
        tag("main", "middle short")
            .with(
                tag("section", "card stack")
                    .with(
                        tag("h1").with(visit.say(Phrase.HOST_SIGN_OUT_TITLE)),
                        tag("p", "lead").with(visit.say(Phrase.HOST_SIGN_OUT_TEXT, host.title())),
                        tag("form")
                            .set("method", "post")
                            .set("action", "/.parano/sign-out")
                            .with(
                                tag("button", "main")
                                    .set("type", "submit")
                                    .with(visit.say(Phrase.SIGN_OUT))))));
  }

  Response signedOut(Visit visit, ProtectedHost host) {
    return plain(
        200,
        visit,
        Phrase.SIGNED_OUT_TITLE,
        Phrase.SIGNED_OUT_TEXT,
        tag("a", "button main")
            .set("href", host.site() + "/")
            .with(visit.say(Phrase.SIGN_IN_AGAIN)));
  }

  private Response plain(int status, Visit visit, Phrase title, Phrase text, Html way) {
    return frame.page(
        status,
        visit,
        title,
        tag("main", "middle short")
            .with(
                tag("section", "card stack")
                    .with(
                        tag("h1").with(visit.say(title)),
                        tag("p", "lead").with(visit.say(text)),
                        way)));
  }

  private static Html home(Visit visit) {
    return switch (visit.call().place()) {
      case Place.SignIn signIn ->
          tag("a", "button").set("href", "/").with(visit.say(Phrase.BACK_HOME));
      case Place.Application(ProtectedHost host) ->
          tag("a", "button").set("href", host.site() + "/").with(host.title());
    };
  }
}

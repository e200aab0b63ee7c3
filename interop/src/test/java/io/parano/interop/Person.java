package io.parano.interop;

import io.parano.interop.Page.Token;

/// Somebody before the browser, using the pages as they are.
///
/// @param token the key in their hand
record Person(String name, String password, Page page, Token token) {
  /// As short as a test can wait; the pages give people five minutes.
  private static final String IMPATIENCE =
      """
      { const real = navigator.credentials;
        const get = real.get.bind(real), create = real.create.bind(real);
        real.get = o => get({ ...o, publicKey: { ...o.publicKey, timeout: 1200 } });
        real.create = o => create({ ...o, publicKey: { ...o.publicKey, timeout: 1200 } }); }
      """;

  /// With a window and a key of their own.
  static Person arrives(Chromium chromium, String name) {
    Page page = chromium.page();
    return new Person(name, "sable-orage-tilleul-horloge-47", page, page.plugIn());
  }

  void enrol(Portal portal, String code) {
    page.open(portal.at("/enrol"));
    page.type("form[data-part=code] [name=name]", name);
    page.type("form[data-part=code] [name=code]", code);
    page.press("form[data-part=code] button[type=submit]");
    page.await("!document.querySelector('form[data-part=password]').hidden");
    page.type("form[data-part=password] [name=password]", password);
    page.press("form[data-part=password] button[type=submit]");
    page.await("!document.querySelector('[data-part=done]').hidden");
  }

  /// Gives the name and lets the browser ask for the touch.
  void begin(Portal portal) {
    page.open(portal.at("/sign-in"));
    page.evaluate(IMPATIENCE);
    give();
  }

  void give() {
    page.type("form[data-part=name] [name=name]", name);
    page.press("form[data-part=name] button[type=submit]");
  }

  void signIn(Portal portal) {
    begin(portal);
    page.await("!document.querySelector('form[data-part=password]').hidden");
    page.type("form[data-part=password] [name=password]", password);
    page.press("form[data-part=password] button[type=submit]");
    page.await("location.pathname === '/' && document.readyState === 'complete'");
  }

  /// Waits until the page has something to say, and reads it.
  String told() {
    page.await("document.querySelector('[data-notice].wrong')?.textContent");
    return page.evaluate("document.querySelector('[data-notice]').textContent").asString();
  }

  void impatient() {
    page.evaluate(IMPATIENCE);
  }
}

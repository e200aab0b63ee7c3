package io.parano.web;

import io.parano.access.Passing;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;

/// What a proxy asks about, as a question to the core: the same for every [Dialect].
sealed interface Posed {
  /// @param detail what was wrong, as it came
  record Refused(Reason reason, String detail) implements Posed {}

  record Ready(Passing.Question question) implements Posed {}

  /// @param cookie the name of the cookie that protected hosts present
  static Posed of(Asked.About about, Head head, Believed proxy, IpAddress source, String cookie) {
    return switch (AskedUrl.read(about.url(), proxy.hosts)) {
      case AskedUrl.Refused(Reason reason) -> new Refused(reason, about.url());
      case AskedUrl.Read(var host, String path) -> {
        String contradiction = Contradiction.of(head, proxy.proxy.dialect(), host.site(), about);
        if (contradiction != null) {
          yield new Refused(Reason.HEADER_FORGED, contradiction);
        }
        String bearer = null;
        switch (CookieHeader.find(head.cookie, cookie)) {
          case CookieHeader.Refused(Reason reason) -> {
            yield new Refused(reason, "cookie");
          }
          case CookieHeader.None() -> {}
          case CookieHeader.One(String value) -> bearer = value;
        }
        yield new Ready(
            new Passing.Question(
                bearer,
                host.site().host(),
                path,
                about.method(),
                about.upgrade(),
                source,
                proxy.proxy.name()));
      }
    };
  }
}

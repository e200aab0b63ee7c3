package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.util.List;

/// A forged identity at every other proxy that the machine has: none of them may pass it on.
final class OtherProxyAttacks {
  private final Cast cast;
  private final List<OtherProxy> proxies;

  OtherProxyAttacks(Cast cast, List<OtherProxy> proxies) {
    this.cast = cast;
    this.proxies = List.copyOf(proxies);
  }

  List<Step> steps() {
    return proxies.stream().map(OtherProxy::kind).map(this::forgedIdentity).toList();
  }

  /// Sofia's own session and her own desk both times; one header more or less.
  private Step forgedIdentity(OtherProxy.Kind kind) {
    Employee sofia = cast.employee("sofia.rossi");
    return Step.of(
        "forged-identity-" + kind.id(),
        Reason.HEADER_FORGED,
        sofia.desk(),
        () -> shown(entered(sofia, kind).slipping("Remote-User", "odile.marchand")),
        sofia.desk(),
        () -> shown(entered(sofia, kind)));
  }

  private Browser entered(Employee employee, OtherProxy.Kind kind) throws IOException {
    Visitor visitor = cast.signedIn(employee, employee.desk());
    visitor.enter(cast.places().backOffice(), "/");
    return visitor.browser().through(kind.at(cast.places()));
  }

  private Verdict shown(Browser browser) throws IOException {
    Reply page = browser.get(cast.places().backOffice(), "/");
    return Verdict.of(BackOfficePages.shown(page), page.took());
  }
}

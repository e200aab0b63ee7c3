package io.parano.demo;

import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be tried with headers: saying to be somewhere else, or somebody else, or the proxy.
final class ProxyAttacks {
  private final Cast cast;
  private final Visitor camille;
  private final InetAddress desk;

  ProxyAttacks(Cast cast) throws IOException {
    this.cast = cast;
    Employee employee = cast.employee("camille.roy");
    this.desk = employee.desk();
    this.camille = cast.signedIn(employee, desk);
    camille.enter(cast.places().backOffice(), "/");
  }

  List<Step> steps() {
    return List.of(
        forgedThroughProxy(), straightToDoor(), wrongSecret(), secretFromElsewhere(), forgedUser());
  }

  /// The same bytes both times; only where they come from is true or not.
  private Step forgedThroughProxy() {
    return Step.of(
        "forged-forwarded-for",
        Reason.SOURCE_UNLISTED,
        Networks.OUTSIDE,
        () -> forging(Networks.OUTSIDE),
        desk,
        () -> forging(desk));
  }

  private Verdict forging(InetAddress from) throws IOException {
    Reply page =
        camille
            .browser()
            .stolenTo(from)
            .slipping("X-Forwarded-For", desk.getHostAddress())
            .get(cast.places().backOffice(), "/");
    return Verdict.of(BackOfficePages.shown(page), page.took());
  }

  /// Past the proxy, with the proxy's headers but nothing that proves one.
  private Step straightToDoor() {
    return Step.of(
        "straight-to-the-door",
        Reason.PROXY_UNPROVEN,
        Networks.OUTSIDE,
        () -> asking(Networks.OUTSIDE, null),
        desk,
        () -> forging(desk));
  }

  private Step wrongSecret() {
    return Step.of(
        "wrong-proxy-secret",
        Reason.PROXY_UNPROVEN,
        Networks.HERE,
        () -> asking(Networks.HERE, Secret.random(32, cast.ring().randomness()).digest().hex()),
        Networks.HERE,
        () -> asking(Networks.HERE, NginxProxy.text(cast.secrets().door())));
  }

  /// The secret leaked; but no proxy lives where the intruder is.
  private Step secretFromElsewhere() {
    String secret = NginxProxy.text(cast.secrets().door());
    return Step.of(
        "proxy-secret-from-elsewhere",
        Reason.PROXY_UNPROVEN,
        Networks.OUTSIDE,
        () -> asking(Networks.OUTSIDE, secret),
        Networks.HERE,
        () -> asking(Networks.HERE, secret));
  }

  /// A proxy's question about Camille's request, from whoever sends it.
  private Verdict asking(InetAddress from, @Nullable String secret) throws IOException {
    Site office = cast.places().backOffice();
    Request question =
        Request.get("/api/authz/auth-request")
            .with("Host", cast.places().signIn().authority())
            .with("X-Original-URL", office.origin() + "/")
            .with("X-Original-Method", "GET")
            .with("X-Forwarded-For", desk.getHostAddress())
            .with("Cookie", camille.browser().cookieHeader(office));
    if (secret != null) {
      question = question.with("Parano-Proxy", secret);
    }
    Reply answer = Wire.exchange(from, cast.places().door(), question);
    return Verdict.of(answer.status() == 200, answer.took());
  }

  /// What the application would believe if the proxy passed it on.
  private Step forgedUser() {
    return Step.of(
        "forged-identity",
        Reason.HEADER_FORGED,
        desk,
        () -> {
          Reply page =
              camille
                  .browser()
                  .stolenTo(desk)
                  .slipping("Remote-User", "odile.marchand")
                  .get(cast.places().backOffice(), "/");
          return Verdict.of(BackOfficePages.shown(page), page.took());
        },
        desk,
        () -> {
          Reply page = camille.browser().stolenTo(desk).get(cast.places().backOffice(), "/");
          return Verdict.of(BackOfficePages.shown(page), page.took());
        });
  }
}

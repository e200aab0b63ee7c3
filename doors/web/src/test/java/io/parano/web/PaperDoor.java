package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.web.TrustedProxy.Hops;
import io.parano.web.TrustedProxy.Proof;
import io.parano.web.WebConfig.Limits;
import io.parano.web.WebConfig.ProtectedHost;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// The door before a company on paper, to look at its pages in a browser: `http://auth.localhost`
/// at the port given. Alice, Bruno and Chloé work there.
final class PaperDoor {
  private PaperDoor() {}

  static WebConfig config(int port) {
    return new WebConfig(
        List.of(new Listener.Tcp("127.0.0.1", port, null)),
        null,
        Site.parse("http://auth.localhost:" + port),
        "auth.localhost",
        "Hosting Example",
        List.of(
            new ProtectedHost(Site.parse("http://backoffice.localhost:" + port), "Back office"),
            new ProtectedHost(Site.parse("http://wiki.localhost:" + port), "Wiki")),
        List.of(
            new TrustedProxy(
                "edge",
                List.of(IpPrefix.parse("127.0.0.1")),
                new Proof.SharedSecret(Secret.ofText(TestDoor.PROXY_SECRET)),
                Set.of("backoffice.localhost", "wiki.localhost"),
                Hops.ONE)),
        new Cookies.PerHost(),
        Limits.usual(),
        1);
  }

  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    SecureRandom random = new SecureRandom();
    PaperCore paper = new PaperCore(InstantSource.system(), random::nextBytes);
    IpAddress here = IpAddress.parse("127.0.0.1");
    String bearer = paper.signedIn("alice", here);
    paper.someActs(bearer, here);
    try (WebDoor door =
        WebDoor.open(
            config(port), paper.core(), new InFlight(), null, Readiness.Ready::new, () -> "")) {
      System.out.println("http://auth.localhost:" + port + "/ " + bearer + " " + door.bound());
      Thread.currentThread().join();
    }
  }
}

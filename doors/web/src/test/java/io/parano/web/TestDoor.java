package io.parano.web;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.web.TrustedProxy.Hops;
import io.parano.web.TrustedProxy.Proof;
import io.parano.web.WebConfig.Limits;
import io.parano.web.WebConfig.ProtectedHost;
import java.util.List;
import java.util.Set;

/// A door as tests open it: one proxy `edge` on 127.0.0.1 with a secret, two protected hosts.
final class TestDoor {
  static final String PROXY_SECRET = "0123456789abcdef0123456789abcdef0123456789a";

  private TestDoor() {}

  private static TrustedProxy asking(String name, String address, Dialect dialect) {
    return new TrustedProxy(
        name,
        List.of(IpPrefix.parse(address)),
        new Proof.SharedSecret(Secret.ofText(PROXY_SECRET)),
        Set.of("app.example.org", "other.example.org"),
        dialect,
        Hops.ONE);
  }

  static WebConfig config(Limits limits) {
    return new WebConfig(
        List.of(new Listener.Tcp("127.0.0.1", 0, null)),
        new Listener.Tcp("127.0.0.1", 0, null),
        Site.parse("https://auth.example.org"),
        "example.org",
        "Example",
        List.of(
            new ProtectedHost(Site.parse("https://app.example.org"), "Back office"),
            new ProtectedHost(Site.parse("https://other.example.org:8443"), "Other")),
        List.of(
            new TrustedProxy(
                "edge",
                List.of(IpPrefix.parse("127.0.0.1")),
                new Proof.SharedSecret(Secret.ofText(PROXY_SECRET)),
                Set.of("app.example.org", "auth.example.org"),
                Dialect.AUTH_REQUEST,
                Hops.ONE,
                true),
            new TrustedProxy(
                "appending",
                List.of(IpPrefix.parse("127.0.0.2")),
                new Proof.SharedSecret(Secret.ofText(PROXY_SECRET)),
                Set.of("app.example.org"),
                Hops.LAST),
            asking("caddy", "127.0.0.3", Dialect.FORWARD_AUTH),
            asking("envoy", "127.0.0.4", Dialect.EXT_AUTHZ)),
        new Cookies.PerHost(),
        limits,
        1);
  }
}

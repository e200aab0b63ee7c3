package io.parano.web;

import io.parano.web.Listener.Tcp;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that the door is told at start.
///
/// @param listeners where proxies and people come in
/// @param admin where health and metrics are asked; null for nowhere
/// @param signIn the origin of the sign-in pages
/// @param relyingParty the WebAuthn RP ID: the sign-in host or a suffix of it
/// @param name what pages call the company or the installation
/// @param hosts the protected applications
/// @param eventLoops how many threads move bytes
public record WebConfig(
    List<Listener> listeners,
    @Nullable Tcp admin,
    Site signIn,
    String relyingParty,
    String name,
    List<ProtectedHost> hosts,
    List<TrustedProxy> proxies,
    Cookies cookies,
    Limits limits,
    int eventLoops) {
  public WebConfig {
    listeners = List.copyOf(listeners);
    hosts = List.copyOf(hosts);
    proxies = List.copyOf(proxies);
    if (!signIn.host().equals(relyingParty) && !signIn.host().endsWith("." + relyingParty)) {
      throw new IllegalArgumentException(
          "the RP ID must be the sign-in host "
              + signIn.host()
              + " or a suffix of it, found \""
              + relyingParty
              + "\"");
    }
    Set<String> names = new HashSet<>();
    for (ProtectedHost host : hosts) {
      if (!names.add(host.site().host())) {
        throw new IllegalArgumentException(
            "the protected host " + host.site().host() + " is listed twice");
      }
    }
    if (names.contains(signIn.host())) {
      throw new IllegalArgumentException(
          "the sign-in host " + signIn.host() + " can't be a protected host too");
    }
    for (TrustedProxy proxy : proxies) {
      for (String host : proxy.hosts()) {
        if (!names.contains(host) && !host.equals(signIn.host())) {
          throw new IllegalArgumentException(
              "the proxy " + proxy.name() + " speaks for " + host + ", which is no protected host");
        }
      }
    }
  }

  /// @param title what the portal page calls it
  public record ProtectedHost(Site site, String title) {}

  /// @param body the most bytes that a request's body may have
  /// @param head the most bytes that a request's header may have
  /// @param connections the most connections at once
  /// @param connectionsPerSource the most connections at once from one IPv4 address or IPv6 /64;
  ///   listed proxies are not counted
  /// @param workers the most requests at once that may wait for the core
  /// @param workersPerSource of these, the most from one IPv4 address or IPv6 /64; first uses of a
  ///   session wait for their turn
  /// @param request how long a request may take to arrive
  /// @param idle how long a connection may stay without a request; longer than proxies keep theirs
  ///   (nginx: 60 s), so that the proxy and not we decide when it ends
  public record Limits(
      int body,
      int head,
      int connections,
      int connectionsPerSource,
      int workers,
      int workersPerSource,
      Duration request,
      Duration idle) {
    public static Limits usual() {
      return new Limits(
          64 * 1024,
          16 * 1024,
          16_384,
          128,
          256,
          32,
          Duration.ofSeconds(10),
          Duration.ofSeconds(75));
    }
  }
}

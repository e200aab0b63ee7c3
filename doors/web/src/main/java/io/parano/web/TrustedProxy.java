package io.parano.web;

import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A proxy whose word about a request's source we take, once it has proved itself, and only for its
/// own hosts.
///
/// @param name as the log calls it
/// @param addresses from where it speaks; ignored for a Unix socket
/// @param hosts the hosts that it speaks for
/// @param dialect how it asks
/// @param ownTraceparent whether the `traceparent` that it sends is its own word; otherwise it may
///   be what a client sent, and is not read
public record TrustedProxy(
    String name,
    List<IpPrefix> addresses,
    Proof proof,
    Set<String> hosts,
    Dialect dialect,
    Hops hops,
    boolean ownTraceparent) {
  public TrustedProxy {
    addresses = List.copyOf(addresses);
    hosts = Set.copyOf(hosts);
  }

  /// One that passes on any `traceparent`.
  public TrustedProxy(
      String name,
      List<IpPrefix> addresses,
      Proof proof,
      Set<String> hosts,
      Dialect dialect,
      Hops hops) {
    this(name, addresses, proof, hosts, dialect, hops, false);
  }

  /// One that asks as nginx does.
  public TrustedProxy(
      String name, List<IpPrefix> addresses, Proof proof, Set<String> hosts, Hops hops) {
    this(name, addresses, proof, hosts, Dialect.AUTH_REQUEST, hops);
  }

  /// What shows, besides its address, that it is the proxy.
  public sealed interface Proof {
    /// The header `Parano-Proxy`, compared in constant time.
    record SharedSecret(Secret secret) implements Proof {}

    /// A TLS client certificate, named by the SHA-256 of its DER form.
    record Certificate(Digest sha256) implements Proof {}

    /// Looked at by a door in another process; here nobody is believed for it.
    record Elsewhere() implements Proof {}

    /// The Unix socket of one [Listener.Socket].
    record Socket(Path path) implements Proof {}
  }

  /// How its `X-Forwarded-For` is read.
  public enum Hops {
    /// It replaces what the client sent, so one address is expected and a list is a forgery.
    ONE,
    /// It appends to what the client sent, so the right-most address is its own word.
    LAST
  }
}

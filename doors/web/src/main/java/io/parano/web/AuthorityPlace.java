package io.parano.web;

import java.nio.file.Path;

/// Where door and authority meet, and how each knows the other.
public sealed interface AuthorityPlace {
  /// On one host.
  ///
  /// @param path a Unix socket, made by the authority
  /// @param peer the user of the host as which the other one runs; the kernel says who it is
  record Socket(Path path, String peer) implements AuthorityPlace {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /// Between hosts, by TLS 1.3 in which both show a certificate.
  ///
  /// @param host a name or address
  /// @param peer the DNS name in the other one's certificate, exactly
  record Network(String host, int port, Papers papers, String peer) implements AuthorityPlace {
    @Override
    public String text() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /// What one end shows, and who vouches for the other: PEM files.
  ///
  /// @param certificate the chain, leaf first
  /// @param key PKCS#8
  /// @param authority the one certificate authority that counts; best one that does nothing else
  record Papers(Path certificate, Path key, Path authority) {}

  String peer();

  /// As an operator writes it.
  String text();
}

package io.parano.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where everything of one run listens: fourteen ports in a row on 127.0.0.1. The names end in
/// `.localhost`, which browsers take to this machine without asking anybody (RFC 6761 section 6.3)
/// and trust without TLS.
///
/// @param front the port that browsers and the intruder see
record Places(int front) {
  private static final int PORTS = 14;

  /// Under which people know the jump host.
  static final String JUMP_NAME = "jump.parano.localhost";

  static final String RELYING_PARTY = "auth.parano.localhost";

  Site signIn() {
    return new Site(RELYING_PARTY, front);
  }

  Site backOffice() {
    return new Site("backoffice.parano.localhost", front);
  }

  Site wages() {
    return new Site("wages.parano.localhost", front);
  }

  /// The proxy.
  InetSocketAddress proxy() {
    return on(front);
  }

  /// Parano itself, which only the proxy should speak to.
  InetSocketAddress door() {
    return on(front + 1);
  }

  InetSocketAddress admin() {
    return on(front + 2);
  }

  InetSocketAddress application() {
    return on(front + 3);
  }

  InetSocketAddress keys() {
    return on(front + 4);
  }

  InetSocketAddress radius() {
    return on(front + 5);
  }

  InetSocketAddress accounting() {
    return on(front + 6);
  }

  /// Where the VPN server is told to end tunnels.
  InetSocketAddress disconnect() {
    return on(front + 7);
  }

  InetSocketAddress jump() {
    return on(front + 8);
  }

  /// What is behind the jump host.
  InetSocketAddress host() {
    return on(front + 9);
  }

  /// Where mail programs open mailboxes.
  InetSocketAddress imap() {
    return on(front + 10);
  }

  /// Where Parano is asked about them.
  InetSocketAddress mail() {
    return on(front + 11);
  }

  /// The mailboxes themselves.
  InetSocketAddress store() {
    return on(front + 12);
  }

  /// Where the mail server is told to close some.
  InetSocketAddress doveadm() {
    return on(front + 13);
  }

  /// Fourteen free ports from `base` on; empty when one of them is taken.
  static Optional<Places> at(int base) {
    return IntStream.range(base, base + PORTS).allMatch(Places::free)
        ? Optional.of(new Places(base))
        : Optional.empty();
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(on(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetSocketAddress on(int port) {
    return new InetSocketAddress(Networks.HERE, port);
  }
}

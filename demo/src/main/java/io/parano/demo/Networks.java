package io.parano.demo;

import java.net.InetAddress;

/// Where everybody is. Loopback has sixteen million addresses, so each place is a real source
/// address of real sockets, and nothing is pretended.
final class Networks {
  /// Where every server of the demo listens, and where the newcomer's own browser comes from.
  static final InetAddress HERE = at("127.0.0.1");

  static final String OFFICE_GROUND = "127.0.10.0/24";
  static final String OFFICE_UPSTAIRS = "127.0.11.0/24";
  static final String VPN = "127.0.20.0/24";
  static final String NEWCOMER = "127.0.0.1/32";

  /// The intruder, on the internet.
  static final InetAddress OUTSIDE = at("127.0.66.10");

  /// The intruder on somebody else's VPN line: 2013's own step.
  static final InetAddress VPN_LINE = at("127.0.20.9");

  /// The intruder inside the building: a socket in a meeting room, on the ground floor and
  /// upstairs.
  static final InetAddress MEETING_ROOM = at("127.0.10.66");

  static final InetAddress MEETING_ROOM_UPSTAIRS = at("127.0.11.66");

  /// Machines that ask about one-time passwords: one in the office, one rented elsewhere.
  static final InetAddress GATEWAY = at("127.0.10.7");

  static final InetAddress GATEWAY_OUTSIDE = at("127.0.66.7");

  /// Where people's own lines are, as the VPN server sees them come.
  static final String HOMES = "127.0.30.0/24";

  static final InetAddress HOME = at("127.0.30.7");

  /// Inside the VPN, where the tunnels of two people's own devices end.
  static final InetAddress MEIS_TUNNEL = at("127.0.20.10");

  static final InetAddress HUGOS_TUNNEL = at("127.0.20.11");

  /// From where the VPN server asks.
  static final InetAddress VPN_SERVER = at("127.0.10.9");

  private Networks() {}

  static InetAddress desk(int number) {
    return at("127.0.10." + number);
  }

  static InetAddress at(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("expected an address, found " + literal, e);
    }
  }
}

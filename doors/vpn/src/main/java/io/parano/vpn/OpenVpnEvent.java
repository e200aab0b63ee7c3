package io.parano.vpn;

import java.util.Map;

/// What an OpenVPN server says over its management interface (`management-notes.txt`).
sealed interface OpenVpnEvent {
  /// It waits to be let go.
  record Hold() implements OpenVpnEvent {}

  /// A client wants in, or in again.
  ///
  /// @param kind `CONNECT` or `REAUTH`
  record Asks(String kind, long client, long key, Map<String, String> environment)
      implements OpenVpnEvent {
    public Asks {
      environment = Map.copyOf(environment);
    }

    /// Its password is among what it says.
    @Override
    public String toString() {
      return kind + " " + client;
    }
  }

  /// A client answered what it was asked, in base64.
  record Answers(long client, long key, String text) implements OpenVpnEvent {
    @Override
    public String toString() {
      return "CR_RESPONSE " + client;
    }
  }

  record Established(long client, Map<String, String> environment) implements OpenVpnEvent {
    public Established {
      environment = Map.copyOf(environment);
    }
  }

  record Disconnected(long client, Map<String, String> environment) implements OpenVpnEvent {
    public Disconnected {
      environment = Map.copyOf(environment);
    }
  }

  /// Our last command was taken, or not.
  record Replied(boolean taken) implements OpenVpnEvent {}

  /// Nothing that concerns us.
  record Other() implements OpenVpnEvent {}
}

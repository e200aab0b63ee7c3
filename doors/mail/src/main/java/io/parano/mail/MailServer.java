package io.parano.mail;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.util.List;
import java.util.Map;

/// A mail server that may ask.
///
/// @param addresses from where it speaks
/// @param secret what it shows with every question
public record MailServer(String name, List<IpPrefix> addresses, Secret secret, Kind kind) {
  public MailServer {
    addresses = List.copyOf(addresses);
  }

  /// In whose words it asks, and only in those.
  public sealed interface Kind {
    /// @param password what opens any mailbox behind it, in place of what the program showed
    record Nginx(Map<Protocol, Backend> backends, Secret password) implements Kind {
      public Nginx {
        backends = Map.copyOf(backends);
      }
    }

    record Dovecot() implements Kind {}
  }

  /// @param address as nginx needs it, never a name
  public record Backend(String address, int port) {}
}

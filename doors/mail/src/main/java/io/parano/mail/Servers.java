package io.parano.mail;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may ask: the address says which one it would be, the secret that it is.
final class Servers {
  /// By what a server shows its secret: nginx by `auth_http_header`, Dovecot by
  /// `auth_policy_server_api_header`.
  static final String HEADER = "X-Parano-Secret";

  private record At(IpPrefix network, MailServer server) {}

  private final List<At> narrowestFirst;

  Servers(List<MailServer> servers) {
    this.narrowestFirst =
        servers.stream()
            .flatMap(server -> server.addresses().stream().map(network -> new At(network, server)))
            .sorted(Comparator.comparingInt((At at) -> at.network().bits()).reversed())
            .toList();
  }

  /// From the most refusing to the most allowing.
  sealed interface Belief {
    record Disbelieved() implements Belief {}

    record Believed(MailServer server) implements Belief {}
  }

  boolean lists(IpAddress peer) {
    return narrowestFirst.stream().anyMatch(at -> at.network().contains(peer));
  }

  /// Several servers may stand at one address; the secret tells them apart.
  Belief believe(IpAddress peer, @Nullable String shown) {
    if (shown == null || !lists(peer)) {
      return new Belief.Disbelieved();
    }
    try (Secret secret = Secret.ofText(shown)) {
      MailServer found = null;
      for (At at : narrowestFirst) {
        boolean here = at.network().contains(peer);
        if (here && at.server().secret().matches(secret) && found == null) {
          found = at.server();
        }
      }
      return found == null ? new Belief.Disbelieved() : new Belief.Believed(found);
    }
  }
}

package io.parano.demo;

import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;

/// Brume's mail server: it speaks IMAP, asks Parano about each login in the words of nginx's mail
/// proxy, and closes mailboxes when it is told to, in those of `doveadm`'s HTTP API.
interface MailServer extends AutoCloseable {
  String NAME = "mail-1";

  /// What it is, for the reader.
  String name();

  /// Whether it is the demo's own.
  boolean own();

  @Override
  void close();

  /// @param asks what it shows with every question
  /// @param technical what opens any mailbox behind it
  /// @param closes what Parano shows when it has mailboxes closed
  record Secrets(Secret asks, Secret technical, Secret closes) {
    static Secrets random(Randomness randomness) {
      return new Secrets(text(randomness), text(randomness), text(randomness));
    }

    private static Secret text(Randomness randomness) {
      return Secret.ofText(Secret.random(16, randomness).digest().hex());
    }
  }

  /// nginx with Dovecot behind it, where `choice` and the machine allow it.
  static MailServer open(FrontProxy.Choice choice, Places places, Secrets secrets)
      throws IOException {
    return switch (choice) {
      case OWN -> OwnMailServer.open(places, secrets);
      case NGINX_IF_INSTALLED ->
          NginxAndDovecot.installed()
              ? NginxAndDovecot.open(places, secrets)
              : OwnMailServer.open(places, secrets);
    };
  }
}

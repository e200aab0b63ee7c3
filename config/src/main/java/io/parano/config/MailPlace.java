package io.parano.config;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.web.Listener;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a configuration says of mail.
///
/// @param listen where mail servers ask
/// @param deviceDays how many days a device's password lives
/// @param mailbox what mail servers call a mailbox
/// @param domains whose addresses are the company's
/// @param doveadm where mailboxes are closed on our word
public record MailPlace(
    List<Listener.Tcp> listen,
    int deviceDays,
    Mailbox mailbox,
    List<String> domains,
    List<Server> servers,
    List<Doveadm> doveadm) {
  public MailPlace {
    listen = List.copyOf(listen);
    domains = List.copyOf(domains);
    servers = List.copyOf(servers);
    doveadm = List.copyOf(doveadm);
  }

  public enum Mailbox {
    NAME,
    ADDRESS
  }

  /// A mail server that may ask.
  ///
  /// @param addresses from where it speaks
  /// @param secret what it shows, sealed for this name, as `parano mail secret` prints it
  /// @param behind null for Dovecot, which keeps the mail itself
  public record Server(
      String name, List<IpPrefix> addresses, Bytes secret, @Nullable Behind behind) {
    public Server {
      addresses = List.copyOf(addresses);
    }
  }

  /// What nginx leads to; null for a protocol that it does not serve.
  ///
  /// @param password what opens any mailbox there, sealed
  public record Behind(
      Bytes password,
      RadiusPlace.@Nullable At imap,
      RadiusPlace.@Nullable At pop3,
      RadiusPlace.@Nullable At submission) {}

  /// @param key sealed
  public record Doveadm(String name, URI url, Bytes key) {}
}

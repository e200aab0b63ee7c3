package io.parano.config;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.web.Listener;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
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

  /// What a secret is for, so that one opens nothing in another's place.
  public enum Use {
    SERVER,
    BACKEND,
    DOVEADM;

    public String context(String name) {
      return switch (this) {
        case SERVER -> "mail-server/" + name;
        case BACKEND -> "mail-backend/" + name;
        case DOVEADM -> "mail-doveadm/" + name;
      };
    }

    private Configuration.Sealed sealed(String name, Bytes under) {
      return new Configuration.Sealed("mail " + name, context(name), under);
    }
  }

  Stream<Configuration.Sealed> sealed() {
    return Stream.concat(
        servers.stream()
            .flatMap(server ->
                Stream.concat(
                    Stream.of(Use.SERVER.sealed(server.name(), server.secret())),
                    Stream.ofNullable(server.behind())
                        .map(behind -> Use.BACKEND.sealed(server.name(), behind.password())))),
        doveadm.stream().map(one -> Use.DOVEADM.sealed(one.name(), one.key())));
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

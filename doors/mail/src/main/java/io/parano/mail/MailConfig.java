package io.parano.mail;

import io.parano.kernel.Language;
import java.util.List;

/// @param doveadm where mailboxes are closed on our word; without any, a cut names this door
/// @param language what a mail program's user is told in
public record MailConfig(
    List<MailListener> listeners,
    List<MailServer> servers,
    List<Doveadm> doveadm,
    Language language) {
  public MailConfig {
    listeners = List.copyOf(listeners);
    servers = List.copyOf(servers);
    doveadm = List.copyOf(doveadm);
  }
}

package io.parano.app;

import io.parano.access.Books;
import io.parano.access.DeviceKeeping;
import io.parano.access.Door;
import io.parano.access.Journal;
import io.parano.access.MailAdmitting;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailDesk;
import io.parano.access.MailSettings;
import io.parano.authn.Assertions;
import io.parano.config.Configuration;
import io.parano.config.MailPlace;
import io.parano.config.RadiusPlace;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import io.parano.kernel.Tracing;
import io.parano.keys.Keyset;
import io.parano.mail.Doveadm;
import io.parano.mail.Kicks;
import io.parano.mail.MailConfig;
import io.parano.mail.MailDoor;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.web.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with mail.
final class MailStart implements AutoCloseable {
  private final @Nullable MailPlan plan;
  private final @Nullable MailDesk desk;
  private final Kicks kicks = new Kicks();
  private volatile @Nullable MailDoor door;

  private MailStart(@Nullable MailPlan plan, @Nullable MailDesk desk) {
    this.plan = plan;
    this.desk = desk;
  }

  static MailStart of(
      ServerPlan server,
      Books books,
      Journal journal,
      Assertions assertions,
      Randomness randomness,
      InstantSource clock) {
    MailPlan plan = server.mail();
    return new MailStart(
        plan,
        plan == null
            ? null
            : MailDesk.of(books, journal, assertions, plan.settings(), randomness, clock));
  }

  /// Null when the configuration says nothing of mail.
  static @Nullable MailPlan plan(Configuration configuration, Keyset keyset) throws IOException {
    MailPlace place = configuration.mail();
    if (place == null) {
      return null;
    }
    Sealer sealer = keyset.sealer(new SystemRandomness());
    List<MailServer> servers = new ArrayList<>();
    for (MailPlace.Server server : place.servers()) {
      servers.add(
          new MailServer(
              server.name(),
              server.addresses(),
              opened(server.secret(), MailPlace.Use.SERVER, server.name(), sealer),
              kind(server, sealer)));
    }
    List<Doveadm> doveadms = new ArrayList<>();
    for (MailPlace.Doveadm doveadm : place.doveadm()) {
      doveadms.add(
          new Doveadm(
              doveadm.name(),
              doveadm.url(),
              opened(doveadm.key(), MailPlace.Use.DOVEADM, doveadm.name(), sealer)));
    }
    return new MailPlan(
        new MailConfig(
            place.listen().stream().map(MailStart::listener).toList(),
            servers,
            doveadms,
            configuration.language()),
        new MailSettings(
            Duration.ofDays(place.deviceDays()),
            switch (place.mailbox()) {
              case NAME -> MailSettings.Mailbox.NAME;
              case ADDRESS -> MailSettings.Mailbox.ADDRESS;
            }));
  }

  private static MailServer.Kind kind(MailPlace.Server server, Sealer sealer) throws IOException {
    MailPlace.Behind behind = server.behind();
    if (behind == null) {
      return new MailServer.Kind.Dovecot();
    }
    Map<Protocol, MailServer.Backend> backends = new EnumMap<>(Protocol.class);
    backend(backends, Protocol.IMAP, behind.imap());
    backend(backends, Protocol.POP3, behind.pop3());
    backend(backends, Protocol.SUBMISSION, behind.submission());
    return new MailServer.Kind.Nginx(
        backends, opened(behind.password(), MailPlace.Use.BACKEND, server.name(), sealer));
  }

  private static void backend(
      Map<Protocol, MailServer.Backend> backends, Protocol protocol, RadiusPlace.@Nullable At at) {
    if (at != null) {
      backends.put(protocol, new MailServer.Backend(at.host(), at.port()));
    }
  }

  private static MailListener listener(Listener.Tcp listener) {
    Listener.Tls tls = listener.tls();
    return new MailListener(
        listener.host(),
        listener.port(),
        tls == null ? null : new MailListener.Tls(tls.certificate(), tls.key()));
  }

  private static Secret opened(Bytes sealed, MailPlace.Use use, String name, Sealer sealer)
      throws IOException {
    try {
      return sealer.open(sealed.copy(), use.context(name));
    } catch (Sealer.SealBroken e) {
      throw new IOException(Texts.say("mail.sealed-otherwise", name), e);
    }
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(List<Door> others) {
    if (plan == null) {
      return others;
    }
    List<Door> all = new ArrayList<>(others);
    all.add(kicks);
    return List.copyOf(all);
  }

  /// Null where no mail server asks.
  @Nullable DeviceKeeping devices() {
    return desk == null ? null : desk.keeping();
  }

  /// Throws [UncheckedIOException] with a sentence for the operator.
  ///
  /// @param tracing told of what mail servers ask
  void open(Tracing tracing) {
    if (plan == null || desk == null) {
      return;
    }
    try {
      door =
          MailDoor.open(
              plan.config(),
              Traced.request(MailAdmitting.class, desk.admitting(), tracing, "mail"),
              kicks);
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          new IOException(Texts.say("start.no-mail", Refusal.why(e)), e));
    }
  }

  /// Where it listens, in the order of the configuration; empty when it does not.
  List<Integer> ports() {
    MailDoor open = door;
    return open == null ? List.of() : open.ports();
  }

  String gauges() {
    MailDoor open = door;
    return open == null ? "" : open.gauges();
  }

  @Override
  public void close() {
    MailDoor open = door;
    if (open != null) {
      open.close();
    }
  }
}

package io.parano.config;

import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.web.Listener;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads which mail servers may ask, and which close mailboxes.
final class MailReader {
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final String DOMAIN = "[a-z0-9.-]+";
  private static final String DOVEADM =
      "https?://(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(?::[1-9][0-9]{0,4})?/[A-Za-z0-9_./-]+";
  private static final List<String> PROTOCOLS = List.of("imap", "pop3", "submission");
  private static final Map<String, MailPlace.Mailbox> MAILBOXES =
      Map.of("name", MailPlace.Mailbox.NAME, "address", MailPlace.Mailbox.ADDRESS);

  private enum Kind {
    NGINX,
    DOVECOT
  }

  private static final Map<String, Kind> KINDS =
      Map.of("nginx", Kind.NGINX, "dovecot", Kind.DOVECOT);

  /// A quarter (ADR 0130).
  private static final int DAYS = 90;

  private static final int MOST_DAYS = 366;

  /// What the sealer adds, and a secret of one character.
  private static final int LEAST_SEALED = 16;

  private final Scalars scalars;
  private final Mistakes mistakes;
  private final Set<String> names = new HashSet<>();
  private final Set<String> doveadms = new HashSet<>();

  MailReader(Scalars scalars) {
    this.scalars = scalars;
    this.mistakes = scalars.mistakes();
  }

  Optional<MailPlace> read(Node node) {
    Fields fields = Fields.of(node, Keys.MAIL, mistakes);
    ListenerReader listeners = new ListenerReader(scalars);
    List<Listener.Tcp> listen =
        fields.need("listen").map(list -> each(list, listeners::mail)).orElse(List.of());
    int days =
        fields
            .get("device-passwords")
            .flatMap(number -> scalars.values().number(number, 1, MOST_DAYS))
            .orElse(DAYS);
    MailPlace.Mailbox mailbox =
        fields
            .get("mailbox")
            .flatMap(word -> scalars.word(word, MAILBOXES))
            .orElse(MailPlace.Mailbox.NAME);
    List<String> domains =
        fields
            .get("domains")
            .map(list ->
                each(
                    list,
                    item ->
                        scalars
                            .values()
                            .text(item)
                            .flatMap(text ->
                                scalars
                                    .values()
                                    .matching(
                                        text, DOMAIN, 253, ConfigurationMistake.NAME_MALFORMED))))
            .orElse(List.of());
    List<MailPlace.Server> servers =
        fields.need("servers").map(list -> each(list, this::server)).orElse(List.of());
    List<MailPlace.Doveadm> doveadm =
        fields.get("doveadm").map(list -> each(list, this::doveadm)).orElse(List.of());
    return Optional.of(new MailPlace(listen, days, mailbox, domains, servers, doveadm));
  }

  private interface One<T> {
    Optional<T> read(Node item);
  }

  private <T> List<T> each(Node list, One<T> one) {
    return scalars.items(list).stream().flatMap(item -> one.read(item).stream()).toList();
  }

  private Optional<MailPlace.Server> server(Node node) {
    Fields fields = Fields.of(node, Keys.MAIL_SERVERS, mistakes);
    Optional<String> name = name(fields, names);
    Optional<Kind> kind = fields.need("kind").flatMap(word -> scalars.word(word, KINDS));
    List<IpPrefix> addresses =
        fields
            .need("addresses")
            .map(list -> scalars.values().list(list, scalars::network))
            .orElse(List.of());
    Optional<Bytes> secret = sealed(fields, "secret");
    return name.flatMap(known ->
        secret.flatMap(shown ->
            kind.flatMap(one ->
                switch (one) {
                  case DOVECOT -> {
                    fields.refuseBeside(
                        "kind: dovecot",
                        Stream.concat(Stream.of("password"), PROTOCOLS.stream()).toList());
                    yield Optional.of(new MailPlace.Server(known, addresses, shown, null));
                  }
                  case NGINX ->
                      behind(node, fields)
                          .map(behind -> new MailPlace.Server(known, addresses, shown, behind));
                })));
  }

  private Optional<MailPlace.Behind> behind(Node node, Fields fields) {
    if (PROTOCOLS.stream().allMatch(protocol -> fields.get(protocol).isEmpty())) {
      mistakes.add(node, ConfigurationMistake.MAIL_LEADS_NOWHERE, String.join(", ", PROTOCOLS));
    }
    return sealed(fields, "password")
        .map(password ->
            new MailPlace.Behind(
                password,
                at(fields, "imap").orElse(null),
                at(fields, "pop3").orElse(null),
                at(fields, "submission").orElse(null)));
  }

  private Optional<RadiusPlace.At> at(Fields fields, String key) {
    return fields
        .get(key)
        .flatMap(scalars::endpoint)
        .map(found -> new RadiusPlace.At(found.host(), found.port()));
  }

  private Optional<MailPlace.Doveadm> doveadm(Node node) {
    Fields fields = Fields.of(node, Keys.MAIL_DOVEADM, mistakes);
    Optional<String> name = name(fields, doveadms);
    Optional<String> url =
        fields
            .need("url")
            .flatMap(scalars.values()::text)
            .flatMap(text ->
                scalars
                    .values()
                    .matching(text, DOVEADM, 255, ConfigurationMistake.MAIL_URL_MALFORMED));
    Optional<Bytes> key = sealed(fields, "key");
    return name.flatMap(known ->
        url.flatMap(at -> key.map(sealed -> new MailPlace.Doveadm(known, URI.create(at), sealed))));
  }

  private Optional<String> name(Fields fields, Set<String> seen) {
    Optional<Node.Scalar> name = fields.need("name").flatMap(scalars.values()::text);
    name.filter(scalar -> !seen.add(scalar.text()))
        .ifPresent(
            scalar -> mistakes.add(scalar, ConfigurationMistake.MAIL_SERVER_TWICE, scalar.text()));
    return name.flatMap(
        scalar -> scalars.values().matching(scalar, NAME, 64, ConfigurationMistake.NAME_MALFORMED));
  }

  private Optional<Bytes> sealed(Fields fields, String key) {
    return fields.need(key).flatMap(scalars.values()::text).flatMap(this::sealed);
  }

  private Optional<Bytes> sealed(Node.Scalar scalar) {
    try {
      Bytes sealed = Bytes.fromBase64Url(scalar.text());
      if (sealed.length() > LEAST_SEALED) {
        return Optional.of(sealed);
      }
    } catch (IllegalArgumentException e) {
      // Told below, and never shown: it may be the secret itself.
    }
    mistakes.add(scalar, ConfigurationMistake.MAIL_SECRET_UNSEALED);
    return Optional.empty();
  }
}

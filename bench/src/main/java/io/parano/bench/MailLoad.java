package io.parano.bench;

import io.parano.access.Books;
import io.parano.access.Change;
import io.parano.access.DevicePassword;
import io.parano.access.DevicePasswordText;
import io.parano.access.Journal;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailDesk;
import io.parano.access.MailSettings;
import io.parano.access.State;
import io.parano.audit.Tally;
import io.parano.authn.Assertions;
import io.parano.authn.RelyingParty;
import io.parano.identity.Person;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.Kicks;
import io.parano.mail.MailConfig;
import io.parano.mail.MailDoor;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.session.Session;
import io.parano.store.SqlLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The mail door over the core as it is: people who are signed in at the address from which mail
/// programs come, each with the password of a device. The first login of each is recorded and
/// durable; the others are counted, as in the product.
final class MailLoad {
  static final String SECRET = "what-nginx-shows-0123456789abcdef";
  static final String TECHNICAL = "technical";

  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.0.0/24]
      rules: []
      """;

  private MailLoad() {}

  /// @param arguments port, port of the store behind nginx, folder of the log, file for the people
  ///   and how many; ends with its standard input
  public static void main(String[] arguments) throws IOException {
    SecureRandom random = new SecureRandom();
    Author author = new Author(Path.of(arguments[2]), random::nextBytes);
    try (SqlLedger ledger = author.open()) {
      Author.Portals portals = author.portals(Integer.parseInt(arguments[4]));
      List<Change> changes = new ArrayList<>();
      changes.add(policy());
      StringBuilder people = new StringBuilder();
      for (Change change : portals.changes()) {
        if (change instanceof Change.PutSession(Session session)) {
          changes.add(new Change.PutSession(here(session)));
          continue;
        }
        changes.add(change);
        if (change instanceof Change.PutPerson(Person person)) {
          Secret password = DevicePasswordText.random(random::nextBytes);
          changes.add(device(person, password, random));
          people.append("%s %s\n".formatted(person.name(), text(password)));
        }
      }
      Files.writeString(Path.of(arguments[3]), people);
      for (int from = 0; from < changes.size(); from += Installation.AT_ONCE) {
        author.commit(
            ledger, changes.subList(from, Math.min(from + Installation.AT_ONCE, changes.size())));
      }
      serve(
          Integer.parseInt(arguments[0]),
          Integer.parseInt(arguments[1]),
          new Books(ledger, new State(changes, Map.of())),
          random);
    }
  }

  private static void serve(int port, int store, Books books, SecureRandom random)
      throws IOException {
    MailDesk desk =
        MailDesk.of(
            books,
            new Journal(books, new Tally()),
            new Assertions(new RelyingParty("bench.example", Set.of("https://bench.example"))),
            new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME),
            random::nextBytes,
            InstantSource.system());
    MailConfig config =
        new MailConfig(
            List.of(new MailListener("127.0.0.1", port, null)),
            List.of(
                new MailServer(
                    "nginx-1",
                    List.of(IpPrefix.parse("127.0.0.1")),
                    Secret.ofText(SECRET),
                    new MailServer.Kind.Nginx(
                        Map.of(Protocol.IMAP, new MailServer.Backend("127.0.0.1", store)),
                        Secret.ofText(TECHNICAL)))),
            List.of(),
            Language.EN);
    try (MailDoor door = MailDoor.open(config, desk.admitting(), new Kicks())) {
      System.out.println("ready " + door.ports().size());
      while (System.in.read() >= 0) {}
    }
  }

  private static Change policy() throws IOException {
    return switch (Policy.read(POLICY)) {
      case PolicyReading.Read(var policy, var weaknesses) ->
          new Change.PutPolicy(1, policy.digest(), policy.document(), Instant.now());
      case PolicyReading.Mistaken mistaken -> throw new IOException(mistaken.toString());
    };
  }

  private static Change device(Person person, Secret password, SecureRandom random) {
    Instant now = Instant.now();
    return new Change.PutDevicePassword(
        new DevicePassword(
            DeviceId.next(now, random::nextBytes),
            person.id(),
            "phone",
            Objects.requireNonNull(DevicePasswordText.digest(password)),
            person.generation(),
            0,
            now,
            now.plus(MailSettings.LIFE)));
  }

  /// The same session, at the address from which the load comes.
  private static Session here(Session session) {
    return new Session(
        session.id(),
        session.token(),
        session.kind(),
        session.host(),
        session.person(),
        session.authenticator(),
        IpPrefix.parse("127.0.0.1/32"),
        session.generation(),
        session.epoch(),
        session.startedAt(),
        session.touchedAt(),
        session.endsAt(),
        session.parent());
  }

  private static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }
}

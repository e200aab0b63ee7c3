package io.parano.bench;

import io.parano.access.Change;
import io.parano.access.DevicePassword;
import io.parano.access.DevicePasswordText;
import io.parano.access.MailSettings;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.NoteSigner;
import io.parano.audit.Outcome;
import io.parano.authn.OtpRecord;
import io.parano.authn.OtpRecords;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.ValidationClient;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFile;
import io.parano.keys.KeysetOpening;
import io.parano.keys.LogSigner;
import io.parano.keys.SshSigner;
import io.parano.session.Session;
import io.parano.store.CheckpointFolder;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes what signing in would have written.
final class Author {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final int MOST_STAFF = 5_000;
  private final Path folder;
  private final Randomness randomness;
  private final Keyset keyset;
  private final Instant now = Instant.now();

  Author(Path folder, Randomness randomness) {
    this.folder = folder;
    this.randomness = randomness;
    this.keyset = keyset();
  }

  private Keyset keyset() {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1);
        Secret passphrase = Secret.ofText("for measuring only")) {
      KeysetFile file = new KeysetFile(folder.resolve("keyset"), argon2, randomness);
      return switch (file.open(passphrase)) {
        case KeysetOpening.Opened(var known) -> known;
        case KeysetOpening.Shut shut -> {
          Keyset fresh = Keyset.fresh(now, randomness);
          var _ = file.create(fresh, passphrase, KeysetFile.DEFAULT_COST);
          yield fresh;
        }
      };
    }
  }

  SqlLedger open() throws IOException {
    CheckpointFolder outside = CheckpointFolder.at(folder.resolve("checkpoints"));
    SqliteLog log =
        new SqliteLog(
            folder.resolve("data"),
            outside,
            new Signer(keyset.logSigner()),
            keyset.rowTagger(),
            randomness,
            notice -> System.err.println(notice));
    return switch (log.open(now)) {
      case Opening.NewLog(var ledger, _, _) -> ledger;
      case Opening.Opened(var ledger, _, _) -> ledger;
      case Opening other -> throw new IllegalStateException("the log does not open: " + other);
    };
  }

  void commit(SqlLedger ledger, List<Change> changes) {
    ledger.commit(
        Event.at(now, EventType.BOOTSTRAP, Outcome.DONE)
            .with("changes", Integer.toString(changes.size())),
        changes);
  }

  /// `count` portal sessions of as many people as there can be, and a host session from each.
  List<Installation.Visit> signIn(SqlLedger ledger, int count) {
    List<Change> changes = new ArrayList<>();
    List<Authenticator> tokens = new ArrayList<>();
    for (int i = 0; i < Math.min(count, MOST_STAFF); i++) {
      Person person = person(i);
      Authenticator token = token(person.id());
      tokens.add(token);
      changes.add(new Change.PutPerson(person));
      changes.add(new Change.PutAuthenticator(token));
    }
    List<Installation.Visit> visits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Authenticator token = tokens.get(i % tokens.size());
      String source = source(i % tokens.size());
      Session portal =
          session(token, Session.Kind.PORTAL, Installation.SIGN_IN, source, bearer(), null);
      String bearer = bearer();
      visits.add(new Installation.Visit(bearer, source));
      changes.add(new Change.PutSession(portal));
      changes.add(
          new Change.PutSession(
              session(token, Session.Kind.HOST, Installation.HOST, source, bearer, portal.id())));
    }
    for (int from = 0; from < changes.size(); from += Installation.AT_ONCE) {
      commit(ledger, changes.subList(from, Math.min(from + Installation.AT_ONCE, changes.size())));
    }
    return visits;
  }

  /// @param visits one a portal session
  record Portals(List<Change> changes, List<Installation.Visit> visits) {}

  /// `count` people, each signed in at the portal.
  Portals portals(int count) {
    List<Change> changes = new ArrayList<>();
    List<Installation.Visit> visits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Person person = person(i);
      Authenticator token = token(person.id());
      String bearer = bearer();
      changes.add(new Change.PutPerson(person));
      changes.add(new Change.PutAuthenticator(token));
      changes.add(
          new Change.PutSession(
              session(token, Session.Kind.PORTAL, Installation.SIGN_IN, source(i), bearer, null)));
      visits.add(new Installation.Visit(bearer, source(i)));
    }
    return new Portals(changes, visits);
  }

  /// One person with a token, and sessions of theirs.
  final class Somebody {
    private final Person person;
    private final Authenticator token;

    private Somebody(int number) {
      this.person = person(number);
      this.token = token(person.id());
    }

    List<Change> changes() {
      return List.of(new Change.PutPerson(person), new Change.PutAuthenticator(token));
    }

    /// What opens the mailbox from one device.
    Change devicePassword(Secret password) {
      return new Change.PutDevicePassword(
          new DevicePassword(
              DeviceId.next(now, randomness),
              person.id(),
              "phone",
              Objects.requireNonNull(DevicePasswordText.digest(password)),
              person.generation(),
              0,
              now,
              now.plus(MailSettings.LIFE)));
    }

    String bearer() {
      return Author.this.bearer();
    }

    Session session(Session.Kind kind, String host, String source, @Nullable SessionId parent) {
      return session(kind, host, source, bearer(), parent);
    }

    Session session(
        Session.Kind kind, String host, String source, String bearer, @Nullable SessionId parent) {
      return Author.this.session(token, kind, host, source, bearer, parent);
    }
  }

  Somebody somebody(int number) {
    return new Somebody(number);
  }

  /// @param tokens as they would be in people's hands
  /// @param key of the machine that may ask, as it has it
  record OtpTokens(List<Change> changes, List<OtpKey> tokens, Secret key) {}

  /// `count` people with a token each that types one-time passwords, and a machine that may ask.
  OtpTokens otpTokens(int count) {
    List<Change> changes = new ArrayList<>();
    List<OtpKey> tokens = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Person person = person(i);
      OtpKey token = OtpKey.make(randomness);
      tokens.add(token);
      changes.add(new Change.PutPerson(person));
      changes.add(new Change.PutOtpToken(otpToken(person, token)));
    }
    byte[] key = randomness.bytes(20);
    changes.add(
        new Change.PutClient(
            new ValidationClient(
                OtpVerifyLoad.CLIENT,
                "bench",
                Bytes.of(sealer().seal(key, "validation-client/" + OtpVerifyLoad.CLIENT)),
                List.of(IpPrefix.parse(OtpVerifyLoad.MACHINE + "/32")),
                now)));
    return new OtpTokens(changes, tokens, Secret.of(key));
  }

  /// @param people each with a name, and a token as it would be in their hands
  record Logins(List<Change> changes, List<Login> people) {}

  record Login(String name, OtpKey token) {}

  /// `count` people with a token each that types one-time passwords, and the password of which
  /// `hash` is kept.
  Logins logins(int count, String hash) {
    List<Change> changes = new ArrayList<>();
    List<Login> people = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Person person = person(i);
      OtpKey token = OtpKey.make(randomness);
      people.add(new Login(person.name(), token));
      changes.add(new Change.PutPerson(person));
      changes.add(new Change.PutOtpToken(otpToken(person, token)));
      byte[] kept = sealer().seal(hash.getBytes(StandardCharsets.UTF_8), "password/" + person.id());
      changes.add(new Change.PutPassword(person.id(), Bytes.of(kept), List.of(), now));
    }
    return new Logins(changes, people);
  }

  private OtpToken otpToken(Person person, OtpKey token) {
    return switch (OtpRecords.read(token.logLine())) {
      case OtpRecords.Reading.Mistaken mistaken ->
          throw new IllegalStateException(mistaken.toString());
      case OtpRecords.Reading.Read(var records) -> {
        try (OtpRecord written = records.getFirst()) {
          yield new OtpToken(
              AuthenticatorId.next(now, randomness),
              person.id(),
              "key",
              written.publicId(),
              Bytes.of(sealer().seal(written.seed().bytes().copy(), "otp/" + written.publicId())),
              AuthenticatorState.ACTIVE,
              now);
        }
      }
    };
  }

  Sealer sealer() {
    return keyset.sealer(randomness);
  }

  SshSigner sshUsers() {
    return keyset.sshUsers();
  }

  SshSigner sshHosts() {
    return keyset.sshHosts();
  }

  private Person person(int number) {
    return new Person(
        PersonId.next(now, randomness),
        "person" + number,
        "Person Number " + number,
        "person" + number + "@bench.example",
        new TreeSet<>(Set.of("staff", "team" + number % 50, "on-call")),
        PersonState.ACTIVE,
        number < 2,
        1,
        Language.EN,
        Bytes.of(randomness.bytes(32)));
  }

  private Authenticator token(PersonId person) {
    return new Authenticator(
        AuthenticatorId.next(now, randomness),
        person,
        "key",
        Bytes.of(randomness.bytes(32)),
        Bytes.of(randomness.bytes(77)),
        UUID.fromString("149a2021-8ef6-4133-96b8-81f8d5b7f1f5"),
        0,
        AuthenticatorState.ACTIVE,
        now,
        null,
        Bytes.of(randomness.bytes(900)),
        Bytes.of(randomness.bytes(150)));
  }

  private Session session(
      Authenticator token,
      Session.Kind kind,
      String host,
      String source,
      String bearer,
      @Nullable SessionId parent) {
    return new Session(
        SessionId.next(now, randomness),
        Digest.of(bearer.getBytes(StandardCharsets.US_ASCII)),
        kind,
        host,
        token.person(),
        token.id(),
        IpPrefix.parse(source + "/32"),
        1,
        0,
        now,
        now,
        now.plus(LIFE),
        parent);
  }

  /// Each person has a place of their own in the office.
  private static String source(int person) {
    return "10.20." + person / 250 + "." + (1 + person % 250);
  }

  private String bearer() {
    return Bytes.of(randomness.bytes(32)).base64Url();
  }

  /// The keyset's log key, under the log's name.
  private record Signer(LogSigner signer) implements NoteSigner {
    @Override
    public String name() {
      return Installation.SIGN_IN + "/log";
    }

    @Override
    public byte[] publicKey32() {
      return signer.publicKey32();
    }

    @Override
    public byte[] sign(byte[] message) {
      return signer.sign(message);
    }
  }
}

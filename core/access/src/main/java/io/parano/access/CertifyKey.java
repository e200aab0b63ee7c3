package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.policy.SshDecision;
import io.parano.policy.SshRule;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.session.Standing;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.KeyType;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives somebody who is signed in certificates over their own key: looked at, recorded, signed, in
/// this order.
final class CertifyKey {
  /// Clocks of hosts that run behind.
  private static final Duration EARLIER = Duration.ofSeconds(30);

  /// NIST SP 800-57 part 1, table 2: 112 bits of strength.
  private static final int LEAST_RSA = 2048;

  private static final int NONCE = 32;

  private final Books books;
  private final Portals portals;
  private final Journal journal;
  private final SshSettings settings;
  private final Randomness randomness;
  private final InstantSource clock;

  CertifyKey(
      Books books,
      Journal journal,
      SshSettings settings,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = new Portals(books);
    this.journal = journal;
    this.settings = settings;
    this.randomness = randomness;
    this.clock = clock;
  }

  Certifying.Certified certify(String bearer, String hosts, String line, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOperator(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> refused(null, hosts, reason, source, now);
      case Portals.Found.Holder(var live, var person) -> {
        Reason closed = closed(person);
        yield closed == null
            ? keyed(new Asking(basis(live), person, hosts, source, now), line)
            : refused(person, hosts, closed, source, now);
      }
    };
  }

  Certifying.Certified certify(ShownAtTerminal shown, String line) {
    Instant now = clock.instant();
    Person person = books.roster().person(shown.person());
    Reason closed = person == null ? Reason.PERSON_UNKNOWN : closed(person);
    return closed == null && person != null
        ? keyed(new Asking(basis(shown), person, shown.hosts(), shown.source(), now), line)
        : refused(
            person,
            shown.hosts(),
            closed == null ? Reason.PERSON_UNKNOWN : closed,
            shown.source(),
            now);
  }

  /// What the three levels were shown by, and when.
  ///
  /// @param session that asks, and must live; null where they were shown for this alone
  /// @param endsAt when it would be over by itself
  private record Basis(
      @Nullable SessionId session,
      AuthenticatorId token,
      long generation,
      long epoch,
      Instant shownAt,
      Instant endsAt) {}

  private static Basis basis(LiveSession live) {
    Session session = live.session();
    return new Basis(
        session.id(),
        session.authenticator(),
        session.generation(),
        session.epoch(),
        live.touchedAt(),
        session.endsAt());
  }

  private Basis basis(ShownAtTerminal shown) {
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    return new Basis(
        null,
        shown.token(),
        shown.generation(),
        shown.epoch(),
        shown.at(),
        shown.at().plus(absolute));
  }

  private record Asking(Basis basis, Person person, String hosts, IpAddress source, Instant now) {}

  /// While everybody is cut, officers come in for their acts, and for nothing else.
  private @Nullable Reason closed(Person person) {
    return books.closures().everybody() ? Reason.EVERYBODY_CUT : People.refusal(books, person);
  }

  private Certifying.Certified keyed(Asking asking, String line) {
    return switch (KeyReading.ofLine(line)) {
      case KeyReading.Malformed malformed -> refused(asking, Reason.SSH_KEY_MALFORMED);
      case KeyReading.Read(var key) ->
          switch (books
              .policy()
              .policy()
              .decideSsh(asking.hosts(), asking.person().groups(), asking.source(), leased(asking))
              .shownBy(books.roster().factor(asking.basis().token()))) {
            case SshDecision.Refused(var reason, var rule) -> refused(asking, reason);
            case SshDecision.Allowed(var rule) -> {
              Reason objection = objection(rule, key);
              yield objection == null ? granted(asking, rule, key) : refused(asking, objection);
            }
          };
    };
  }

  private boolean leased(Asking asking) {
    SessionId id = asking.basis().session();
    if (id == null) {
      return Sources.leased(books, asking.source(), asking.person().id(), asking.now());
    }
    LiveSession live = books.sessions().with(id);
    return live != null && Sources.leased(books, asking.source(), live, asking.now());
  }

  private @Nullable Reason objection(SshRule rule, SshKey key) {
    boolean strong = key.type() != KeyType.RSA || key.bits() >= LEAST_RSA;
    boolean right =
        switch (rule.keys()) {
          case VERIFIED, TOUCHED -> key.type().inSecurityKey();
          case ANY -> true;
        };
    if (!strong || !right) {
      return Reason.SSH_KEY_NOT_ALLOWED;
    }
    return !rule.reach().isEmpty() && settings.jumpAddresses().isEmpty()
        ? Reason.DESTINATION_NOT_ALLOWED
        : null;
  }

  private Certifying.Certified granted(Asking asking, SshRule rule, SshKey key) {
    Session session = session(asking, rule);
    List<Planned> planned = new ArrayList<>();
    if (!rule.reach().isEmpty()) {
      planned.add(planned(IssuedCertificate.Purpose.JUMP, asking, rule, key, session));
    }
    planned.add(planned(IssuedCertificate.Purpose.HOSTS, asking, rule, key, session));
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutSession(session));
    planned.forEach(one -> changes.add(new Change.PutCertificate(one.issued())));
    books.commit(event(asking, rule, key, session, planned), changes);
    Reason since = since(asking, session);
    if (since != null) {
      books.withdraw(
          Event.at(clock.instant(), EventType.SESSION_ENDED, Outcome.DONE)
              .about(session.person())
              .on("session:" + session.id())
              .because(since),
          List.of(new Change.EndSession(session.id())));
      return new Certifying.Certified.Refused(since);
    }
    return new Certifying.Certified.Granted(
        planned.stream()
            .map(one ->
                new Certifying.Made(
                    one.issued().purpose(),
                    SignedCertificate.by(
                        settings.users().of(one.certificate().authority()), one.certificate())))
            .toList(),
        planned.getFirst().issued().usableUntil(),
        session.endsAt());
  }

  /// The disk took its time: what held before must still hold.
  private @Nullable Reason since(Asking asking, Session session) {
    LiveSession fresh = books.sessions().with(session.id());
    SessionId parent = asking.basis().session();
    if (fresh == null || (parent != null && books.sessions().with(parent) == null)) {
      return Reason.SESSION_CUT;
    }
    return switch (Standing.of(
        fresh, asking.source(), books.circumstances(fresh, asking.source()), clock.instant())) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live live -> closed(asking.person());
    };
  }

  /// What the connections hang on: bound as the session that asked, and no longer than that one
  /// could have lived from its last touch on.
  private Session session(Asking asking, SshRule rule) {
    Basis basis = asking.basis();
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    Instant byRule = asking.now().plus(rule.connection());
    Instant byTouch = basis.shownAt().plus(absolute);
    return new Session(
        SessionId.next(asking.now(), randomness),
        Portals.digest(Portals.text(randomness.bytes(32))),
        Session.Kind.SSH,
        rule.hosts(),
        asking.person().id(),
        basis.token(),
        asking.source().binding(),
        basis.generation(),
        basis.epoch(),
        asking.now(),
        basis.shownAt(),
        byRule.isBefore(byTouch) ? byRule : byTouch,
        null);
  }

  private record Planned(IssuedCertificate issued, Certificate certificate) {}

  private Planned planned(
      IssuedCertificate.Purpose purpose, Asking asking, SshRule rule, SshKey key, Session session) {
    Instant byRule = asking.now().plus(rule.certificate());
    Instant bySession = earlier(asking.basis().endsAt(), session.endsAt());
    IssuedCertificate issued =
        new IssuedCertificate(
            books.certificates().freshSerial(asking.now(), randomness),
            session.id(),
            purpose,
            rule.hosts(),
            key.fingerprint(),
            asking.now(),
            earlier(byRule, bySession),
            session.endsAt());
    return new Planned(issued, certificate(issued, asking, rule, key));
  }

  private Certificate certificate(
      IssuedCertificate issued, Asking asking, SshRule rule, SshKey key) {
    boolean jump = issued.purpose() == IssuedCertificate.Purpose.JUMP;
    List<IpAddress> from =
        jump || rule.reach().isEmpty() ? List.of(asking.source()) : settings.jumpAddresses();
    SortedMap<String, Bytes> critical = new TreeMap<>();
    critical.put(
        Certificate.SOURCE_ADDRESS,
        Certificate.value(from.stream().map(CertifyKey::alone).collect(Collectors.joining(","))));
    if (rule.keys() == SshRule.Keys.VERIFIED) {
      critical.put(Certificate.VERIFY_REQUIRED, Bytes.EMPTY);
    }
    SortedMap<String, Bytes> extensions = new TreeMap<>();
    if (jump) {
      extensions.put(JumpDesk.FORWARDING, Bytes.EMPTY);
    } else {
      rule.permit().forEach(name -> extensions.put("permit-" + name, Bytes.EMPTY));
    }
    return new Certificate(
        key,
        Bytes.of(randomness.bytes(NONCE)),
        issued.serial(),
        Certificate.Kind.USER,
        asking.person().name() + " " + issued.session(),
        jump
            ? List.of(Jumping.PRINCIPAL)
            : rule.principals().stream().map(account -> account + "@" + rule.hosts()).toList(),
        asking.now().minus(EARLIER).getEpochSecond(),
        issued.usableUntil().getEpochSecond(),
        critical,
        extensions,
        settings.users().publicKey());
  }

  /// An address as a network of its own, as OpenSSH reads it.
  static String alone(IpAddress address) {
    return address + (address.isV4() ? "/32" : "/128");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Event event(
      Asking asking, SshRule rule, SshKey key, Session session, List<Planned> planned) {
    return Event.at(asking.now(), EventType.SSH_CERTIFICATE, Outcome.DONE)
        .by(asking.person().id())
        .from("ssh", asking.source())
        .on("ssh:" + rule.hosts())
        .with("rule", rule.name())
        .with("key", key.fingerprint())
        .with("principals", String.join(" ", rule.principals()))
        .with(
            "serials",
            planned.stream()
                .map(one -> Long.toString(one.issued().serial()))
                .collect(Collectors.joining(" ")))
        .with("session", session.id().toString())
        .with("usable-until", planned.getFirst().issued().usableUntil().toString());
  }

  private Certifying.Certified refused(Asking asking, Reason reason) {
    return refused(asking.person(), asking.hosts(), reason, asking.source(), asking.now());
  }

  private Certifying.Certified refused(
      @Nullable Person person, String hosts, Reason reason, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.SSH_CERTIFICATE, Outcome.REFUSED)
            .from("ssh", source)
            .on("ssh:" + hosts)
            .because(reason);
    journal.refused(person == null ? event : event.about(person.id()), source);
    return new Certifying.Certified.Refused(reason);
  }
}

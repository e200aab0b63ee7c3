package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.SshDecision;
import io.parano.policy.SshRule;
import io.parano.session.LiveSession;
import io.parano.session.Standing;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.KeyProof;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.Signing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// [Jumping]: a certificate opens the jump host when we signed it, recorded it for that, and its
/// session still holds where it came from.
final class JumpDesk implements Jumping {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

  /// What is looked at below. Another one would want something of us that we do not know of.
  private static final Set<String> UNDERSTOOD =
      Set.of(Certificate.SOURCE_ADDRESS, Certificate.VERIFY_REQUIRED);

  static final String FORWARDING = "permit-port-forwarding";

  private final Books books;
  private final Journal journal;
  private final SshSettings settings;
  private final InstantSource clock;

  JumpDesk(Books books, Journal journal, SshSettings settings, InstantSource clock) {
    this.books = books;
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Admission admit(Bytes blob, String account, IpAddress source) {
    Instant now = clock.instant();
    return switch (CertificateReading.of(blob.copy())) {
      case CertificateReading.Malformed malformed ->
          isPlainKey(blob)
              ? new Admission.Refused(Reason.CERTIFICATE_UNKNOWN)
              : refused(null, Reason.CERTIFICATE_MALFORMED, source, now);
      case CertificateReading.Read(var read) -> known(read, account, source, now);
    };
  }

  private Admission known(SignedCertificate read, String account, IpAddress source, Instant now) {
    Certificate certificate = read.certificate();
    if (read.signing() != Signing.HOLDS
        || !certificate.authority().equals(settings.users().publicKey())) {
      return refused(null, Reason.CERTIFICATE_FOREIGN, source, now);
    }
    if (!certificate.covers(now)) {
      // Housekeeping forgets it soon after: whether we still know it says nothing more.
      return refused(certificate, Reason.CERTIFICATE_EXPIRED, source, now);
    }
    IssuedCertificate issued = books.certificates().with(certificate.serial());
    if (issued == null || !issued.fingerprint().equals(certificate.key().fingerprint())) {
      return refused(certificate, Reason.CERTIFICATE_UNKNOWN, source, now);
    }
    LiveSession live = books.sessions().with(issued.session());
    if (live == null) {
      return refused(certificate, Reason.SESSION_CUT, source, now);
    }
    if (issued.purpose() != IssuedCertificate.Purpose.JUMP) {
      // As with plain keys: it is for the hosts behind.
      return new Admission.Refused(Reason.CERTIFICATE_UNKNOWN);
    }
    Person person = books.roster().person(live.person());
    Reason reason = reason(certificate, account, live, source, now);
    return reason != null || person == null
        ? refused(certificate, reason == null ? Reason.PERSON_UNKNOWN : reason, source, now)
        : new Admission.Granted(
            new AdmittedToJump(person.name(), certificate, issued, live, source));
  }

  /// A certificate's address is one alone, while its session is bound to the /64 for IPv6: the
  /// narrower of both holds.
  private @Nullable Reason reason(
      Certificate certificate, String account, LiveSession live, IpAddress source, Instant now) {
    if (certificate.kind() != Certificate.Kind.USER
        || !certificate.principals().contains(account)
        || !UNDERSTOOD.containsAll(certificate.critical().keySet())
        || !certificate.extensions().containsKey(FORWARDING)) {
      return Reason.CERTIFICATE_UNKNOWN;
    }
    boolean same =
        certificate
            .option(Certificate.SOURCE_ADDRESS)
            .filter(CertifyKey.alone(source)::equals)
            .isPresent();
    return same ? over(live, source, now) : Reason.SOURCE_CHANGED;
  }

  private @Nullable Reason over(LiveSession live, IpAddress source, Instant now) {
    if (books.closures().everybody()) {
      return Reason.EVERYBODY_CUT;
    }
    return switch (Standing.of(live, source, books.circumstances(live, source), now)) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live holds -> Sources.refusal(books, source, live, now);
    };
  }

  @Override
  public Entrance enter(Admitted admitted, String algorithm, Bytes signed, Bytes signature) {
    return switch (admitted) {
      case AdmittedToJump proof -> enter(proof, algorithm, signed, signature);
    };
  }

  private Entrance enter(AdmittedToJump admitted, String algorithm, Bytes signed, Bytes signature) {
    Instant now = clock.instant();
    Certificate certificate = admitted.certificate();
    Reason objection =
        switch (KeyProof.of(certificate.key(), algorithm, signed.copy(), signature.copy())) {
          case KeyProof.Broken broken -> Reason.SIGNATURE_INVALID;
          case KeyProof.Holds(boolean touched, boolean verified) ->
              presence(certificate, touched, verified);
        };
    EnteredByJump entered = new EnteredByJump(admitted);
    Reason reason = objection == null ? over(entered) : objection;
    if (reason != null) {
      refused(certificate, reason, admitted.source(), now);
      return new Entrance.Refused(reason);
    }
    LiveSession live = admitted.live();
    try {
      books.commit(
          Event.at(now, EventType.SSH_ADMISSION, Outcome.DONE)
              .by(live.person())
              .from("ssh-jump", admitted.source())
              .on("ssh:" + admitted.issued().hosts())
              .with("session", live.id().toString())
              .with("serial", Long.toString(admitted.issued().serial())));
    } catch (Ledger.Unavailable e) {
      return new Entrance.Unavailable();
    }
    // The disk took its time: what held before must still hold.
    Reason since = over(entered);
    if (since != null) {
      return new Entrance.Refused(since);
    }
    live.seen(now);
    return new Entrance.Granted(entered);
  }

  /// A security key that was not touched signs too; whether that counts is ours to say.
  private static @Nullable Reason presence(
      Certificate certificate, boolean touched, boolean verified) {
    if (certificate.key().type().inSecurityKey() && !touched) {
      return Reason.USER_ABSENT;
    }
    boolean wanted = certificate.critical().containsKey(Certificate.VERIFY_REQUIRED);
    return wanted && !verified ? Reason.USER_UNVERIFIED : null;
  }

  @Override
  public @Nullable Reason over(Entered entered) {
    return switch (entered) {
      case EnteredByJump(var admitted) ->
          switch (decided(admitted, clock.instant())) {
            case Decided.Not(var reason) -> reason;
            case Decided.By by -> null;
          };
    };
  }

  @Override
  public @Nullable Reason over(Entered entered, String host, int port) {
    return switch (entered) {
      case EnteredByJump(var admitted) -> unreached(admitted, host, port, clock.instant());
    };
  }

  /// What the policy in force says of somebody whose session holds.
  private sealed interface Decided {
    record Not(Reason reason) implements Decided {}

    record By(SshRule rule) implements Decided {}
  }

  private Decided decided(AdmittedToJump admitted, Instant now) {
    LiveSession live = admitted.live();
    Reason over =
        books.sessions().with(live.id()) == null
            ? Reason.SESSION_CUT
            : over(live, admitted.source(), now);
    Person person = books.roster().person(live.person());
    if (over != null || person == null) {
      return new Decided.Not(over == null ? Reason.PERSON_UNKNOWN : over);
    }
    boolean lease = Sources.leased(books, admitted.source(), live, now);
    return switch (books
        .policy()
        .policy()
        .decideSsh(admitted.issued().hosts(), person.groups(), admitted.source(), lease)
        .shownBy(books.roster().factor(live.authenticator()))) {
      case SshDecision.Refused(var reason, var rule) -> new Decided.Not(reason);
      case SshDecision.Allowed(var rule) -> new Decided.By(rule);
    };
  }

  private @Nullable Reason unreached(AdmittedToJump admitted, String host, int port, Instant now) {
    return switch (decided(admitted, now)) {
      case Decided.Not(var reason) -> reason;
      case Decided.By(var rule) ->
          reaches(rule, host, port) ? null : Reason.DESTINATION_NOT_ALLOWED;
    };
  }

  @Override
  public Forwarding forward(Entered entered, String host, int port) {
    return switch (entered) {
      case EnteredByJump(var admitted) -> forward(admitted, host, port);
    };
  }

  private Forwarding forward(AdmittedToJump admitted, String host, int port) {
    Instant now = clock.instant();
    if (!HOST.matcher(host).matches()) {
      return unreachable(admitted, "?", Reason.DESTINATION_NOT_ALLOWED, now);
    }
    Reason refusal = unreached(admitted, host, port, now);
    if (refusal != null) {
      return unreachable(admitted, host, refusal, now);
    }
    LiveSession live = admitted.live();
    String use = host + ":" + port;
    if (!live.used(use)) {
      try {
        books.commit(
            Event.at(now, EventType.SSH_FORWARD, Outcome.DONE)
                .by(live.person())
                .from("ssh-jump", admitted.source())
                .on("ssh://" + use)
                .with("session", live.id().toString())
                .with("serial", Long.toString(admitted.issued().serial())));
      } catch (Ledger.Unavailable e) {
        return new Forwarding.Unavailable();
      }
      live.recordUse(use);
    }
    // The disk took its time: what held before must still hold.
    Reason since = unreached(admitted, host, port, clock.instant());
    if (since != null) {
      return new Forwarding.Refused(since);
    }
    live.seen(now);
    live.passed();
    return new Forwarding.Granted();
  }

  private static boolean reaches(SshRule rule, String host, int port) {
    if (port != rule.port()) {
      return false;
    }
    return rule.reach().stream()
        .anyMatch(destination ->
            switch (destination) {
              case SshRule.Destination.Name(var name) -> name.equals(host);
              case SshRule.Destination.Network(var network) -> {
                IpAddress address = address(host);
                yield address != null && network.contains(address);
              }
            });
  }

  private static @Nullable IpAddress address(String host) {
    try {
      return IpAddress.parse(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Agents offer a certificate's own key as well, and others they hold: no attack, not listed.
  private static boolean isPlainKey(Bytes blob) {
    return switch (KeyReading.of(blob.copy())) {
      case KeyReading.Read _ -> true;
      case KeyReading.Malformed _ -> false;
    };
  }

  /// @param signed null for what our authority did not sign
  private Admission refused(
      @Nullable Certificate signed, Reason reason, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.SSH_ADMISSION, Outcome.REFUSED)
            .from("ssh-jump", source)
            .because(reason);
    journal.refused(
        signed == null ? event : event.with("serial", Long.toString(signed.serial())), source);
    return new Admission.Refused(reason);
  }

  private Forwarding unreachable(AdmittedToJump admitted, String host, Reason reason, Instant now) {
    journal.refused(
        Event.at(now, EventType.SSH_FORWARD, Outcome.REFUSED)
            .about(admitted.live().session().person())
            .from("ssh-jump", admitted.source())
            .on("ssh://" + host)
            .because(reason),
        admitted.source());
    return new Forwarding.Refused(reason);
  }
}

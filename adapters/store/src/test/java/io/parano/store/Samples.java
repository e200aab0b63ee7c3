package io.parano.store;

import io.parano.access.Change;
import io.parano.access.DevicePassword;
import io.parano.access.IssuedCertificate;
import io.parano.access.Recalls;
import io.parano.access.Taken;
import io.parano.access.Untold;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.Enrolment;
import io.parano.identity.Newcomer;
import io.parano.identity.OtpCounters;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.identity.ValidationClient;
import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Lease;
import io.parano.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Values for tests: every field has one of its own, so that a swapped column shows.
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123456Z");

  private Samples() {}

  static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7001L, 0x8000_0000_0000_0000L + number);
  }

  static PersonId personId(int number) {
    return new PersonId(id(number));
  }

  static Person person(int number) {
    return new Person(
        personId(number),
        "person" + number,
        "Zoë \"Z\" " + number,
        "zoe" + number + "@example.com",
        new TreeSet<>(List.of("admins", "back \\ office")),
        PersonState.ACTIVE,
        true,
        number + 7L,
        Language.FR,
        bytes(number, 32));
  }

  static Authenticator authenticator(int number) {
    return new Authenticator(
        new AuthenticatorId(id(100 + number)),
        personId(number),
        "key on the ring",
        bytes(number + 1, 48),
        bytes(number + 2, 77),
        id(900),
        42,
        AuthenticatorState.SUSPENDED,
        NOW.plusSeconds(1),
        NOW.plusSeconds(2),
        bytes(number + 3, 200),
        bytes(number + 4, 130));
  }

  static OtpToken otpToken(int number) {
    return new OtpToken(
        new AuthenticatorId(id(150 + number)),
        personId(number),
        "types é",
        "vvbrclkjhgf" + "cbdefghijk".charAt(number),
        bytes(number + 5, 50),
        AuthenticatorState.SUSPENDED,
        NOW.plusSeconds(3));
  }

  static OtpCounters otpCounters(int usage, int session) {
    return new OtpCounters(usage, session, 0xffffff, NOW.plusSeconds(4), "nonce" + session);
  }

  static ValidationClient client(int number) {
    return new ValidationClient(
        number,
        "mail é",
        bytes(number + 6, 49),
        List.of(IpPrefix.parse("127.0.10.0/24"), IpPrefix.parse("2001:db8::1/128")),
        NOW.plusSeconds(16));
  }

  static Device device(int number) {
    return new Device(
        new DeviceId(id(500 + number)),
        personId(number),
        "laptop é",
        Device.Kind.OPENVPN,
        bytes(number + 7, 32),
        IpAddress.parse("10.8.0." + number),
        Device.State.CUT,
        NOW.plusSeconds(20));
  }

  static Recalls recalls() {
    SortedMap<UUID, String> models = new TreeMap<>();
    models.put(id(901), "REVOKED");
    models.put(id(902), "USER_KEY_REMOTE_COMPROMISE");
    return new Recalls(57, LocalDate.parse("2026-12-24"), models);
  }

  static DevicePassword devicePassword(int number) {
    return new DevicePassword(
        new DeviceId(id(960 + number)),
        personId(number),
        "phone é",
        digest("device " + number),
        3,
        4,
        NOW.plusSeconds(17),
        NOW.plus(Duration.ofDays(90)));
  }

  static Session portal(int number) {
    return new Session(
        new SessionId(id(10_000 + number)),
        digest("token " + number),
        Session.Kind.PORTAL,
        "login.example",
        personId(1),
        new AuthenticatorId(id(101)),
        IpPrefix.parse("127.0.10.7/32"),
        3,
        4,
        NOW.plusSeconds(5),
        NOW.plusSeconds(6),
        NOW.plus(Duration.ofHours(12)),
        null);
  }

  static Set<IpPrefix> networks() {
    return Set.of(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("2001:db8:1::/48"));
  }

  static Untold untold(long number) {
    Session portal = portal(1);
    return new Untold(
        number,
        NOW,
        List.of(
            new Taken.Ended(
                portal.id(), Session.Kind.VPN, "office-vpn", portal.person(), portal.source()),
            new Taken.Ended(
                portal.id(), Session.Kind.PORTAL, "", portal.person(), portal.source())));
  }

  static Session host(int number, Session parent) {
    return new Session(
        new SessionId(id(20_000 + number)),
        digest("host token " + number),
        Session.Kind.HOST,
        "intranet.example",
        parent.person(),
        parent.authenticator(),
        IpPrefix.parse("2001:db8:1:2::/64"),
        parent.generation(),
        parent.epoch(),
        NOW.plusSeconds(7),
        NOW.plusSeconds(8),
        parent.endsAt(),
        parent.id());
  }

  static Lease lease(int number, Session tunnel) {
    return new Lease(
        tunnel.id(),
        IpAddress.parse("10.8.0." + number),
        new DeviceId(id(500 + number)),
        NOW.plusSeconds(19),
        NOW.plus(Duration.ofHours(11)));
  }

  static IssuedCertificate certificate(int number, Session session) {
    return new IssuedCertificate(
        Long.MAX_VALUE - number,
        session.id(),
        IssuedCertificate.Purpose.JUMP,
        "web",
        "SHA256:abc/+",
        NOW.plusSeconds(17),
        NOW.plusSeconds(18),
        NOW.plus(Duration.ofHours(13)));
  }

  static List<Act> acts() {
    PersonId person = personId(1);
    return List.of(
        new Act.AdmitStaff(
            List.of(
                new Newcomer(
                    "ann", "Ann\u00a0O'Hara", "ann@example.com", new TreeSet<>(), Language.EN),
                new Newcomer(
                    "ben",
                    "Ben \\ \"B\"",
                    "ben@example.com",
                    new TreeSet<>(List.of("a", "b")),
                    Language.FR))),
        new Act.AdmitStaff(
            List.of(new Newcomer("cy", "Cy", "cy@example.com", new TreeSet<>(), Language.EN)),
            digest("passwords")),
        new Act.EnrolToken(person, null),
        new Act.ReplaceToken(person, Instant.parse("2026-12-24T00:00:00.000000001Z")),
        new Act.ResetPassword(person),
        new Act.ChangeGroups(person, new TreeSet<>(List.of("é", "z"))),
        new Act.AppointOfficer(person),
        new Act.DismissOfficer(person),
        new Act.DismissStaff(person),
        new Act.EraseStaff(person),
        new Act.ApplyPolicy(digest("old"), "# policy\nzones: {}\n"),
        new Act.SealCode(person),
        new Act.NoteGlass(person, personId(2), Instant.parse("2026-12-24T00:00:00.000001Z")),
        new Act.ReopenPerson(person),
        new Act.ReopenToken(new AuthenticatorId(id(101)), person),
        new Act.ReopenNetwork(IpPrefix.parse("10.0.0.0/8")),
        new Act.ReopenZone("office"),
        new Act.ReopenEverybody(),
        new Act.EnrolOtp(person, "YubiKey 5", "vvbrclkjhgfd", digest("seed")),
        new Act.AdmitClient(
            7, "ssh \"gate\"", List.of(IpPrefix.parse("127.0.10.7/32"), IpPrefix.parse("::1"))),
        new Act.DismissClient(8),
        new Act.EnrolDevice(
            person,
            "laptop \"é\"",
            Device.Kind.WIREGUARD,
            bytes(12, 32),
            IpAddress.parse("10.8.0.7")),
        new Act.EnrolDevice(
            person, "phone", Device.Kind.OPENVPN, bytes(13, 32), IpAddress.parse("10.8.0.8")));
  }

  static Proposal proposal(int number, Act act) {
    return new Proposal(
        new ActId(id(300 + number)),
        act,
        bytes(number, 32),
        personId(2),
        NOW.plusSeconds(11),
        NOW.plusSeconds(12),
        Proposal.State.OPEN);
  }

  static Approval approval(int number, int officer) {
    return new Approval(
        new ActId(id(300 + number)),
        personId(officer),
        new AuthenticatorId(id(100 + officer)),
        bytes(1, 37),
        bytes(2, 120),
        bytes(3, 71),
        NOW.plusSeconds(13));
  }

  static Enrolment enrolment(int number) {
    return new Enrolment(
        new ActId(id(300 + number)),
        personId(3),
        digest("code"),
        true,
        false,
        NOW.plusSeconds(14),
        NOW.plusSeconds(15));
  }

  static Change.PutPassword password(int number) {
    return new Change.PutPassword(
        personId(number), bytes(9, 100), List.of(bytes(10, 99), bytes(11, 98)), NOW.plusSeconds(9));
  }

  static Event event(int number) {
    return Event.at(NOW.plusMillis(number), EventType.SIGN_IN, Outcome.DONE)
        .by(personId(1 + number % 3))
        .from("web", IpAddress.parse("127.0.10." + (1 + number % 200)))
        .on("https://intranet.example/wages/" + number)
        .with("number", Integer.toString(number));
  }

  static Event cut(int number) {
    return Event.at(NOW, EventType.CUT, Outcome.DONE)
        .about(personId(number))
        .through("command")
        .with("because", "lost laptop");
  }

  static Bytes bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (seed * 31 + i);
    }
    return Bytes.of(bytes);
  }

  static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

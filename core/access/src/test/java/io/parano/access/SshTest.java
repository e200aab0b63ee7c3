package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.audit.EventType;
import io.parano.audit.Tally;
import io.parano.identity.Act;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.session.Session;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.RevocationReading;
import io.parano.sshcert.Signing;
import io.parano.sshcert.SshSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Certificates for people and hosts, and what is revoked.
class SshTest {
  private static final String RULES =
      """
      ssh:
        - name: web
          hosts: web
          groups: [accounting]
          zones: [office]
          principals: [deploy, www]
        - name: lab
          hosts: lab
          groups: [accounting]
          zones: [office]
          principals: [root]
          keys: any
          permit: [pty, port-forwarding]
        - name: core
          hosts: core
          groups: [accounting]
          zones: [office]
          principals: [deploy]
          keys: touched
          reach: [10.1.0.0/24, db.example.test]
          port: 2222
      """;
  private static final IpAddress JUMP = IpAddress.parse("10.1.0.1");

  /// OpenSSH's fixtures ed25519_sk1, ed25519_1 and rsa_1, whose modulus has 1,024 bits.
  private static final String SK_KEY =
      "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAICFo/k5LU8863u66YC9e"
          + "UO2170QduohPURkQnbLa/dczAAAABHNzaDo= marie";

  private static final String FILE_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOG6kY7Rf4UtCFvPwKgo/BztXck2xC4a2WyA34XtIwZ marie";
  private static final String WEAK_KEY =
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDLV5lUTt7FrADseB/CGhEZzpoojjEW5y8+ePvLppmK3MmMI18ud6v"
          + "xzpK3bwZLYkVSyfJYI0HmIuGhdu7yMrW6wb84gbq8C31Xoe9EORcIUuGSvDKdNSM1SjlhDquRblDFB8kToqXyx1l"
          + "qrXecXylxIUOL0jE+u0rU1967pDJx+w==";

  private final Company company = new Company();
  private final TestSigner users = new TestSigner();
  private final TestSigner hosts = new TestSigner();
  private final Lever.By operator = new Lever.By(null, "control", "uid 0");
  private SshDesk desk;

  SshTest() {
    String document = Company.POLICY + RULES;
    company.act(
        new Act.ApplyPolicy(company.books.policy().policy().digest(), document), "olga", "otto");
    desk = desk();
  }

  private SshDesk desk() {
    return new SshDesk(
        company.books,
        new Journal(company.books, new Tally()),
        new SshSettings(users, hosts, List.of(JUMP)),
        company.randomness,
        company.clock);
  }

  private Certifying.Certified ask(String name, String hosts, String key, IpAddress source) {
    return desk.certify(company.signIn(name, source), hosts, key, source);
  }

  private Certifying.Certified.Granted granted(String name, String hosts) {
    return granted(ask(name, hosts, SK_KEY, OFFICE));
  }

  private static Certifying.Certified.Granted granted(Certifying.Certified certified) {
    if (certified instanceof Certifying.Certified.Granted granted) {
      return granted;
    }
    throw new AssertionError("not certified: " + certified);
  }

  private static Certificate only(Certifying.Certified.Granted granted) {
    assertThat(granted.certificates()).hasSize(1);
    return granted.certificates().getFirst().certificate().certificate();
  }

  private void assertRefused(Certifying.Certified certified, Reason reason) {
    assertThat(certified).isEqualTo(new Certifying.Certified.Refused(reason));
    assertThat(company.reasons()).endsWith(reason);
    assertThat(users.signed()).isZero();
  }

  @Test
  void certify_ownSecurityKeyOnThreeLevels_saysWhatThePolicySays() {
    Certifying.Certified.Granted granted = granted("alice", "web");
    Certificate certificate = only(granted);

    assertThat(certificate.principals()).containsExactly("deploy@web", "www@web");
    assertThat(certificate.option(Certificate.SOURCE_ADDRESS)).contains(OFFICE + "/32");
    assertThat(certificate.critical()).containsKey(Certificate.VERIFY_REQUIRED).hasSize(2);
    assertThat(certificate.extensions().keySet()).containsExactly("permit-pty");
    assertThat(certificate.keyId()).startsWith("alice ");
    assertThat(certificate.covers(company.clock.instant())).isTrue();
    assertThat(certificate.covers(company.clock.instant().plus(Duration.ofMinutes(10)))).isFalse();
    assertThat(granted.usableUntil())
        .isEqualTo(company.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(granted.certificates().getFirst().certificate().signing()).isEqualTo(Signing.HOLDS);
  }

  @Test
  void certify_recordsTheSerialBeforeItSigns() {
    long serial = only(granted("alice", "web")).serial();
    assertThat(company.books.certificates().with(serial)).isNotNull();
    assertThat(company.ledger.events().getLast())
        .satisfies(event -> {
          assertThat(event.type()).isEqualTo(EventType.SSH_CERTIFICATE);
          assertThat(event.facts()).containsEntry("serials", Long.toString(serial));
        });
  }

  /// Rows that come in the order of their key lie together in the store.
  @Test
  void certify_manyWithinAMillisecond_serialsRiseAndNoneComesTwice() {
    long before = only(granted("alice", "web")).serial();
    for (int i = 0; i < 5; i++) {
      long serial = only(granted("alice", "web")).serial();
      assertThat(serial).isGreaterThan(before);
      before = serial;
    }
    company.clock.pass(Duration.ofMillis(1));
    assertThat(only(granted("alice", "web")).serial()).isGreaterThan(before);
  }

  @Test
  void certify_logFull_signsNothing() {
    String bearer = company.signIn("alice", OFFICE);
    company.ledger.fill();
    assertThatThrownBy(() -> desk.certify(bearer, "web", SK_KEY, OFFICE))
        .isInstanceOf(Ledger.Unavailable.class);
    assertThat(users.signed()).isZero();

    company.ledger.makeRoom();
    granted(desk.certify(bearer, "web", SK_KEY, OFFICE));
  }

  @Test
  void certify_ofAnotherGroup_isRefused() {
    assertRefused(ask("bob", "web", SK_KEY, OFFICE), Reason.GROUP_MISSING);
    granted("alice", "web");
  }

  @Test
  void certify_hostsThatNoRuleNames_isRefused() {
    assertRefused(ask("alice", "db", SK_KEY, OFFICE), Reason.NO_RULE);
    granted("alice", "web");
  }

  @Test
  void certify_keyInAFile_isRefusedUnlessTheRuleTakesAny() {
    assertRefused(ask("alice", "web", FILE_KEY, OFFICE), Reason.SSH_KEY_NOT_ALLOWED);
    assertRefused(ask("alice", "core", FILE_KEY, OFFICE), Reason.SSH_KEY_NOT_ALLOWED);
    Certificate certificate = only(granted(ask("alice", "lab", FILE_KEY, OFFICE)));
    assertThat(certificate.critical()).containsOnlyKeys(Certificate.SOURCE_ADDRESS);
    assertThat(certificate.extensions().keySet())
        .containsExactly("permit-port-forwarding", "permit-pty");
  }

  @Test
  void certify_weakOrUnreadableKey_isRefused() {
    assertRefused(ask("alice", "lab", WEAK_KEY, OFFICE), Reason.SSH_KEY_NOT_ALLOWED);
    assertRefused(ask("alice", "lab", "ssh-ed25519 AAAA", OFFICE), Reason.SSH_KEY_MALFORMED);
    granted(ask("alice", "lab", FILE_KEY, OFFICE));
  }

  @Test
  void certify_sessionFromAnotherAddress_isRefused() {
    String bearer = company.signIn("alice", OFFICE);
    assertRefused(desk.certify(bearer, "web", SK_KEY, OTHER_DESK), Reason.SOURCE_CHANGED);
    assertRefused(desk.certify(bearer, "web", SK_KEY, OUTSIDE), Reason.SOURCE_CHANGED);
    granted(desk.certify(bearer, "web", SK_KEY, OFFICE));
  }

  @Test
  void certify_bearerOfAProtectedHost_isRefused() {
    String portal = company.signIn("alice", OFFICE);
    String host = company.hostSession(portal, Company.HOST, OFFICE);
    assertRefused(desk.certify(host, "web", SK_KEY, OFFICE), Reason.SESSION_OF_OTHER_HOST);
    granted(desk.certify(portal, "web", SK_KEY, OFFICE));
  }

  @Test
  void certify_cutWhileTheDiskWrites_signsNothing() {
    String bearer = company.signIn("alice", OFFICE);
    company.ledger.stall(() -> cut(new Lever.Target.OnePerson(company.person("alice").id())));
    assertThat(desk.certify(bearer, "web", SK_KEY, OFFICE))
        .isInstanceOf(Certifying.Certified.Refused.class);
    assertThat(users.signed()).isZero();
  }

  @Test
  void certify_whileEverybodyIsCut_refusesOfficersToo() {
    cut(new Lever.Target.Everybody());
    assertRefused(ask("olga", "web", SK_KEY, OFFICE), Reason.EVERYBODY_CUT);
  }

  @Test
  void certify_lateInTheSession_neverOutlivesIt() {
    String bearer = company.signIn("alice", OFFICE);
    for (int i = 0; i < 71; i++) {
      company.clock.pass(Duration.ofMinutes(10));
      company.gate.signingIn().who(bearer, OFFICE);
    }
    company.clock.pass(Duration.ofMinutes(5));
    Certifying.Certified.Granted granted = granted(desk.certify(bearer, "web", SK_KEY, OFFICE));
    assertThat(granted.usableUntil())
        .isBeforeOrEqualTo(company.clock.instant().plus(Duration.ofMinutes(5)));
    assertThat(granted.endsAt()).isBeforeOrEqualTo(granted.usableUntil().plusSeconds(1));
  }

  record Cutting(String what, Function<Company, Lever.Target> target) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Cutting> cuttings() {
    return Stream.of(
        new Cutting("person", c -> new Lever.Target.OnePerson(c.person("alice").id())),
        new Cutting(
            "token",
            c ->
                new Lever.Target.OneToken(
                    c.books.roster().tokensOf(c.person("alice").id()).getFirst().id())),
        new Cutting(
            "session",
            c ->
                new Lever.Target.OneSession(
                    c.books
                        .sessions()
                        .where(one -> one.kind() == Session.Kind.SSH)
                        .getFirst()
                        .session()
                        .id())),
        new Cutting("network", c -> new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.0/24"))),
        new Cutting("everybody", c -> new Lever.Target.Everybody()));
  }

  @ParameterizedTest
  @MethodSource("cuttings")
  void revocations_afterACut_listTheCertificateAtOnceAndAfterARestart(Cutting cutting) {
    long serial = only(granted("alice", "web")).serial();
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.NOT_LISTED);

    cut(cutting.target().apply(company));
    assertThat(desk.door().closed(Taken.NOTHING)).isZero();
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.REVOKED);

    company.restart();
    desk = desk();
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.REVOKED);
  }

  @Test
  void revocations_afterARestart_leaveWhatStillHolds() {
    long serial = only(granted("alice", "web")).serial();
    company.restart();
    desk = desk();
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.NOT_LISTED);
  }

  @Test
  void revocations_anotherPersonCut_leaveIt() {
    long serial = only(granted("alice", "web")).serial();
    cut(new Lever.Target.OnePerson(company.person("bob").id()));
    assertThat(desk.door().closed(Taken.NOTHING)).isZero();
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.NOT_LISTED);
  }

  @Test
  void revocations_connectionThatLastedItsTime_isListedAndLaterForgotten() {
    long serial = only(granted("alice", "web")).serial();
    company.clock.pass(Duration.ofHours(11));
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.NOT_LISTED);
    company.clock.pass(Duration.ofHours(1));
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.REVOKED);
    company.clock.pass(Certificates.KEPT);
    assertThat(listing(serial)).isEqualTo(RevocationList.Listing.NOT_LISTED);
    assertThat(company.books.certificates().size()).isZero();
  }

  @Test
  void revocations_eachIsSignedAndHasAHigherVersion() {
    long first = list().version();
    company.clock.pass(Duration.ofMillis(500));
    long second = list().version();
    company.clock.pass(Duration.ofMinutes(-5));
    long third = list().version();
    assertThat(second - first).isEqualTo(Duration.ofMillis(500).toNanos() / 1000);
    assertThat(third).isEqualTo(second + 1);
    assertThat(first)
        .isGreaterThan(
            ChronoUnit.MICROS.between(Instant.EPOCH, company.clock.instant().minusSeconds(3600)));
  }

  private RevocationList list() {
    Certifying.Published published = desk.revocations();
    assertThat(
            SshSignature.check(
                users.publicKey(),
                Certifying.REVOCATIONS,
                published.list().copy(),
                published.signature()))
        .isEqualTo(Signing.HOLDS);
    return switch (RevocationReading.of(published.list().copy())) {
      case RevocationReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case RevocationReading.Read(var list) -> list;
    };
  }

  private RevocationList.Listing listing(long serial) {
    return list().of(users.publicKey(), serial);
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", operator);
  }

  @Test
  void certifyHost_recordsAndSignsByTheOtherAuthority() {
    Certificate certificate =
        desk.certifyHost(
                FILE_KEY, List.of("web1.example.test"), Duration.ofDays(30), "control", "root")
            .certificate();
    assertThat(certificate.kind()).isEqualTo(Certificate.Kind.HOST);
    assertThat(certificate.authority()).isEqualTo(hosts.publicKey());
    assertThat(certificate.principals()).containsExactly("web1.example.test");
    assertThat(company.ledger.events().getLast().type()).isEqualTo(EventType.SSH_HOST_CERTIFICATE);
  }

  @Test
  void certifyHost_wildcardNoNameOrForever_isRefused() {
    for (List<String> names : List.of(List.<String>of(), List.of("*"), List.of("a b"))) {
      assertThatThrownBy(
              () -> desk.certifyHost(FILE_KEY, names, Duration.ofDays(30), "control", "root"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> desk.certifyHost(FILE_KEY, List.of("a"), Duration.ofDays(401), "control", "root"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(hosts.signed()).isZero();
  }

  private Certifying.Made made(Certifying.Certified.Granted granted, boolean jump) {
    return granted.certificates().stream()
        .filter(one -> (one.purpose() == IssuedCertificate.Purpose.JUMP) == jump)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void certify_behindTheJumpHost_givesOneForEachWithItsOwnAddress() {
    Certifying.Certified.Granted granted = granted("alice", "core");
    Certificate jump = made(granted, true).certificate().certificate();
    Certificate hosts = made(granted, false).certificate().certificate();
    assertThat(jump.principals()).containsExactly(Jumping.PRINCIPAL);
    assertThat(jump.option(Certificate.SOURCE_ADDRESS)).contains(OFFICE + "/32");
    assertThat(jump.extensions().keySet()).containsExactly("permit-port-forwarding");
    assertThat(hosts.principals()).containsExactly("deploy@core");
    assertThat(hosts.option(Certificate.SOURCE_ADDRESS)).contains(JUMP + "/32");
    assertThat(hosts.critical()).doesNotContainKey(Certificate.VERIFY_REQUIRED);
  }
}

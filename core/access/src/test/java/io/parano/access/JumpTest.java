package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Tally;
import io.parano.identity.Act;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the jump host asks, from the certificate to the host behind.
class JumpTest {
  private static final String RULES =
      """
      ssh:
        - name: core
          hosts: core
          groups: [accounting]
          zones: [office]
          principals: [deploy]
          reach: [10.1.0.0/24, db.example.test]
          port: 2222
      """;
  private static final IpAddress JUMP = IpAddress.parse("10.1.0.1");
  private static final Bytes MESSAGE = Bytes.of("the session's".getBytes(StandardCharsets.UTF_8));
  private static final int HELD = 5;

  private final Company company = new Company();
  private final TestSigner users = new TestSigner();
  private final TestSigner hosts = new TestSigner();
  private final SoftSshKey key = new SoftSshKey();
  private final Jumping jumping;
  private final SshDesk desk;

  JumpTest() {
    apply(Company.POLICY + RULES);
    desk =
        new SshDesk(
            company.books,
            new Journal(company.books, new Tally()),
            new SshSettings(users, hosts, List.of(JUMP)),
            company.randomness,
            company.clock);
    jumping = desk.jumping();
  }

  private void apply(String document) {
    company.act(
        new Act.ApplyPolicy(company.books.policy().policy().digest(), document), "olga", "otto");
  }

  private SignedCertificate certificate(boolean jump) {
    Certifying.Certified certified =
        desk.certify(company.signIn("alice", OFFICE), "core", key.line(), OFFICE);
    if (certified instanceof Certifying.Certified.Granted granted) {
      return granted.certificates().stream()
          .filter(one -> (one.purpose() == IssuedCertificate.Purpose.JUMP) == jump)
          .findFirst()
          .orElseThrow()
          .certificate();
    }
    throw new AssertionError("not certified: " + certified);
  }

  private Jumping.Admission admit(Bytes blob) {
    return jumping.admit(blob, Jumping.PRINCIPAL, OFFICE);
  }

  private Jumping.Admitted admitted() {
    return admitted(admit(certificate(true).blob()));
  }

  private static Jumping.Admitted admitted(Jumping.Admission admission) {
    if (admission instanceof Jumping.Admission.Granted(var admitted)) {
      return admitted;
    }
    throw new AssertionError("not admitted: " + admission);
  }

  private Jumping.Entrance enter(Jumping.Admitted admitted, int flags) {
    return jumping.enter(admitted, SoftSshKey.ALGORITHM, MESSAGE, key.sign(MESSAGE, flags));
  }

  private Jumping.Entered entered() {
    Jumping.Entrance entrance = enter(admitted(), HELD);
    if (entrance instanceof Jumping.Entrance.Granted(var entered)) {
      return entered;
    }
    throw new AssertionError("not let in: " + entrance);
  }

  private static Jumping.Admission.Refused refused(Reason reason) {
    return new Jumping.Admission.Refused(reason);
  }

  @Test
  void admit_anythingElse_isRefused() {
    SignedCertificate jump = certificate(true);
    assertThat(jumping.admit(jump.blob(), Jumping.PRINCIPAL, OTHER_DESK))
        .isEqualTo(refused(Reason.SOURCE_CHANGED));
    assertThat(jumping.admit(jump.blob(), "root", OFFICE))
        .isEqualTo(refused(Reason.CERTIFICATE_UNKNOWN));
    assertThat(admit(certificate(false).blob())).isEqualTo(refused(Reason.CERTIFICATE_UNKNOWN));
    byte[] altered = jump.blob().copy();
    altered[altered.length - 1] ^= 1;
    assertThat(admit(Bytes.of(altered))).isEqualTo(refused(Reason.CERTIFICATE_FOREIGN));
    assertThat(admit(Bytes.of(new byte[9]))).isEqualTo(refused(Reason.CERTIFICATE_MALFORMED));
    assertThat(admitted(admit(jump.blob())).name()).isEqualTo("alice");
    company.clock.pass(Duration.ofMinutes(10));
    assertThat(admit(jump.blob())).isEqualTo(refused(Reason.CERTIFICATE_EXPIRED));
    new Housekeeping(company.books, company.clock).round();
    assertThat(admit(jump.blob()))
        .as("once it is forgotten")
        .isEqualTo(refused(Reason.CERTIFICATE_EXPIRED));
  }

  @Test
  void admit_plainKey_isRefusedAndNotListedAsGarbageIs() {
    Bytes plain = Bytes.of(Base64.getDecoder().decode(key.line().split(" ", 2)[1]));
    int listed = company.ledger.events().size();
    assertThat(admit(plain)).isEqualTo(refused(Reason.CERTIFICATE_UNKNOWN));
    assertThat(company.ledger.events()).hasSize(listed);
    assertThat(admit(Bytes.of(new byte[9]))).isEqualTo(refused(Reason.CERTIFICATE_MALFORMED));
    assertThat(company.ledger.events()).hasSize(listed + 1);
  }

  /// A certificate that our own authority signed and that says something else than we ever say.
  record Odd(String what, UnaryOperator<Certificate> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Odd> odds() {
    return Stream.of(
        new Odd("force-command", c -> with(c, c.kind(), Certificate.value("true"))),
        new Odd("of a host", c -> with(c, Certificate.Kind.HOST, null)));
  }

  private static Certificate with(
      Certificate certificate, Certificate.Kind kind, @Nullable Bytes command) {
    SortedMap<String, Bytes> critical = new TreeMap<>(certificate.critical());
    if (command != null) {
      critical.put(Certificate.FORCE_COMMAND, command);
    }
    return new Certificate(
        certificate.key(),
        certificate.nonce(),
        certificate.serial(),
        kind,
        certificate.keyId(),
        certificate.principals(),
        certificate.validAfter(),
        certificate.validBefore(),
        critical,
        certificate.extensions(),
        certificate.authority());
  }

  @ParameterizedTest
  @MethodSource("odds")
  void admit_ofOurOwnHandButOdd_isRefused(Odd odd) {
    Certificate honest = certificate(true).certificate();
    admitted(admit(SignedCertificate.by(users, with(honest, honest.kind(), null)).blob()));
    assertThat(admit(SignedCertificate.by(users, odd.change().apply(honest)).blob()))
        .isEqualTo(refused(Reason.CERTIFICATE_UNKNOWN));
  }

  @Test
  void admit_ofAnotherAuthority_isRefused() {
    Certificate honest = certificate(true).certificate();
    Signer stranger = new TestSigner();
    Certificate foreign =
        new Certificate(
            honest.key(),
            honest.nonce(),
            honest.serial(),
            honest.kind(),
            honest.keyId(),
            honest.principals(),
            honest.validAfter(),
            honest.validBefore(),
            honest.critical(),
            honest.extensions(),
            stranger.publicKey());
    assertThat(admit(SignedCertificate.by(stranger, foreign).blob()))
        .isEqualTo(refused(Reason.CERTIFICATE_FOREIGN));
  }

  @Test
  void enter_withItsKey_isRecordedBeforeTheAnswer() {
    entered();
    assertThat(company.ledger.events().getLast())
        .satisfies(event -> {
          assertThat(event.type()).isEqualTo(EventType.SSH_ADMISSION);
          assertThat(event.outcome()).isEqualTo(Outcome.DONE);
        });
  }

  @Test
  void enter_withoutKeyTouchOrHolder_isRefused() {
    Jumping.Admitted admitted = admitted();
    assertThat(enter(admitted, 0)).isEqualTo(new Jumping.Entrance.Refused(Reason.USER_ABSENT));
    assertThat(enter(admitted, 1)).isEqualTo(new Jumping.Entrance.Refused(Reason.USER_UNVERIFIED));
    Jumping.Entrance.Refused broken = new Jumping.Entrance.Refused(Reason.SIGNATURE_INVALID);
    Bytes signature = key.sign(MESSAGE, HELD);
    assertThat(jumping.enter(admitted, SoftSshKey.ALGORITHM, Bytes.of(new byte[9]), signature))
        .isEqualTo(broken);
    assertThat(jumping.enter(admitted, "ssh-ed25519-cert-v01@openssh.com", MESSAGE, signature))
        .isEqualTo(broken);
    assertThat(
            jumping.enter(
                admitted, SoftSshKey.ALGORITHM, MESSAGE, new SoftSshKey().sign(MESSAGE, HELD)))
        .isEqualTo(broken);
    assertThat(enter(admitted, HELD)).isInstanceOf(Jumping.Entrance.Granted.class);
  }

  @Test
  void enter_logFull_isNotDone() {
    Jumping.Admitted admitted = admitted();
    company.ledger.fill();
    assertThat(enter(admitted, HELD)).isEqualTo(new Jumping.Entrance.Unavailable());
    company.ledger.makeRoom();
    assertThat(enter(admitted, HELD)).isInstanceOf(Jumping.Entrance.Granted.class);
  }

  @Test
  void enter_cutWhileTheDiskWrites_isRefused() {
    Jumping.Admitted admitted = admitted();
    company.ledger.stall(() ->
        company
            .gate
            .lever()
            .cut(
                new Lever.Target.OnePerson(company.person("alice").id()),
                "drill",
                new Lever.By(null, "control", "uid 0")));
    assertThat(enter(admitted, HELD)).isInstanceOf(Jumping.Entrance.Refused.class);
  }

  @Test
  void forward_withinReach_isGrantedAndRecordedOnce() {
    Jumping.Entered entered = entered();
    int before = company.ledger.events().size();
    for (int i = 0; i < 3; i++) {
      assertThat(jumping.forward(entered, "10.1.0.77", 2222))
          .isEqualTo(new Jumping.Forwarding.Granted());
    }
    assertThat(jumping.forward(entered, "db.example.test", 2222))
        .isEqualTo(new Jumping.Forwarding.Granted());
    assertThat(company.ledger.events()).hasSize(before + 2);
  }

  @Test
  void forward_elsewhere_isRefused() {
    Jumping.Entered entered = entered();
    Jumping.Forwarding refused = new Jumping.Forwarding.Refused(Reason.DESTINATION_NOT_ALLOWED);
    for (String host : List.of("10.1.1.1", "127.0.0.1", "db.example.test.evil", "a\nb", "")) {
      assertThat(jumping.forward(entered, host, 2222)).as(host).isEqualTo(refused);
    }
    assertThat(jumping.forward(entered, "10.1.0.77", 22)).isEqualTo(refused);
  }

  @Test
  void forward_logFull_isNotDone() {
    Jumping.Entered entered = entered();
    company.ledger.fill();
    assertThat(jumping.forward(entered, "10.1.0.77", 2222))
        .isEqualTo(new Jumping.Forwarding.Unavailable());
  }

  static Stream<SshTest.Cutting> cuttings() {
    return SshTest.cuttings();
  }

  @ParameterizedTest
  @MethodSource("cuttings")
  void over_afterACut_saysSoAndNothingIsForwarded(SshTest.Cutting cutting) {
    Jumping.Entered entered = entered();
    assertThat(jumping.over(entered)).isNull();
    company
        .gate
        .lever()
        .cut(cutting.target().apply(company), "drill", new Lever.By(null, "control", "uid 0"));
    assertThat(jumping.over(entered)).isNotNull();
    assertThat(jumping.over(entered, "10.1.0.77", 2222)).isNotNull();
    assertThat(jumping.forward(entered, "10.1.0.77", 2222))
        .isInstanceOf(Jumping.Forwarding.Refused.class);
  }

  @Test
  void over_groupTakenAway_saysSo() {
    Jumping.Entered entered = entered();
    company.act(
        new Act.ChangeGroups(company.person("alice").id(), new TreeSet<>()), "olga", "otto");
    assertThat(jumping.over(entered)).isNotNull();
  }

  @Test
  void over_reachNarrowed_saysSoOfWhatIsOutsideNow() {
    Jumping.Entered entered = entered();
    assertThat(jumping.over(entered, "10.1.0.77", 2222)).isNull();
    apply(Company.POLICY + RULES.replace("10.1.0.0/24, ", ""));
    assertThat(jumping.over(entered)).isNull();
    assertThat(jumping.over(entered, "10.1.0.77", 2222)).isEqualTo(Reason.DESTINATION_NOT_ALLOWED);
    assertThat(jumping.over(entered, "db.example.test", 2222)).isNull();
  }
}

package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Tally;
import io.parano.identity.Act;
import io.parano.identity.OtpToken;
import io.parano.kernel.ActId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.Session;
import io.parano.sshcert.Certificate;
import io.parano.testkit.OtpKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The three levels at a terminal, for an SSH certificate. Every refusal has a twin that is granted
/// and differs in the attacked condition alone.
class TerminalTest {
  private static final String RULES =
      """
      ssh:
        - name: lab
          hosts: lab
          groups: [accounting]
          zones: [office]
          principals: [root]
          keys: any
          token: otp-allowed
        - name: web
          hosts: web
          groups: [accounting]
          zones: [office]
          principals: [deploy]
          keys: any
      """;

  /// OpenSSH's fixture ed25519_1.
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOG6kY7Rf4UtCFvPwKgo/BztXck2xC4a2WyA34XtIwZ marie";

  private final Company company = new Company();
  private final SshDesk desk;
  private final OtpKey key = OtpKey.make(company.randomness);
  private final OtpKey bobs = OtpKey.make(company.randomness);
  private final OtpToken token;

  TerminalTest() {
    apply(Company.POLICY + RULES);
    desk =
        new SshDesk(
            company.books,
            new Journal(company.books, new Tally()),
            new SshSettings(new TestSigner(), new TestSigner(), List.of()),
            company.randomness,
            company.clock);
    token = enrolled("alice", key);
    enrolled("bob", bobs);
  }

  @Test
  void certify_threeLevelsAtTheTerminal_isAsFromTheBrowser() {
    Certifying.Certified.Granted granted = granted(show("lab", key.press(), OFFICE));
    Certificate certificate = granted.certificates().getFirst().certificate().certificate();

    assertThat(certificate.principals()).containsExactly("root@lab");
    assertThat(certificate.option(Certificate.SOURCE_ADDRESS)).contains(OFFICE + "/32");
    assertThat(granted.usableUntil())
        .isEqualTo(company.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(granted.endsAt()).isEqualTo(company.clock.instant().plus(Duration.ofHours(12)));
    Session session = session();
    assertThat(session.person()).isEqualTo(company.person("alice").id());
    assertThat(session.authenticator()).isEqualTo(token.id());
    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.SSH_CERTIFICATE);
    assertThat(event.actor()).isEqualTo(company.person("alice").id());
  }

  @Test
  void show_ruleThatWantsATouch_refusesAndTheOtpIsUsedUp() {
    String otp = key.press();

    assertRefused(show("web", otp, OFFICE), Reason.OTP_NOT_ALLOWED);
    assertRefused(show("lab", otp, OFFICE), Reason.OTP_REPLAYED);
    granted(show("lab", key.press(), OFFICE));
    assertThat(desk.certify(company.signIn("alice", OFFICE), "web", KEY, OFFICE))
        .as("by touch, in the browser")
        .isInstanceOf(Certifying.Certified.Granted.class);
  }

  @Test
  void show_oneLevelMissing_refusesForIt() {
    assertRefused(show("lab", key.press(), OUTSIDE), Reason.SOURCE_UNLISTED);
    assertRefused(show("lab", key.press(), Company.TUNNEL), Reason.LEASE_MISSING);
    assertRefused(
        show("alice", "lab", bobs.press(), "alice", OFFICE), Reason.TOKEN_OF_OTHER_PERSON);
    assertRefused(show("bob", "lab", bobs.press(), "bob", OFFICE), Reason.GROUP_MISSING);
    assertRefused(show("alice", "lab", key.press(), "bob", OFFICE), Reason.PASSWORD_WRONG);
    assertRefused(show("alice", "db", key.press(), "alice", OFFICE), Reason.NO_RULE);
    granted(show("lab", key.press(), OFFICE));
  }

  @Test
  void show_passwordMadeVoidWhileItIsHashed_refusesAndWithAnotherOneVoidGrants() {
    voidWhileHashing("bob");
    granted(show("lab", key.press(), OFFICE));
    voidWhileHashing("alice");
    assertRefused(show("lab", key.press(), OFFICE), Reason.CREDENTIALS_CHANGED);
  }

  private void voidWhileHashing(String name) {
    Act reset = new Act.ResetPassword(company.person(name).id());
    company.whileHashing(() -> company.act(reset, "olga", "otto"));
  }

  @Test
  void show_otpOfAnotherDoor_countsOnce() {
    String otp = key.press();
    granted(show("lab", otp, OFFICE));

    assertRefused(show("lab", otp, OFFICE), Reason.OTP_REPLAYED);
    assertThat(
            company
                .gate
                .admitting()
                .admit(
                    new Admitting.Asked("vpn-1", OFFICE, "alice", OFFICE),
                    Secret.ofText(Company.text(company.password("alice")) + otp)))
        .isEqualTo(new Admitting.Answer.Refused(Reason.OTP_REPLAYED));
  }

  @Test
  void show_tooManyWrongPasswords_shutsThisDoorAndTheOthersThere() {
    for (int i = 0; i < 10; i++) {
      assertRefused(show("alice", "lab", key.press(), "bob", OFFICE), Reason.PASSWORD_WRONG);
    }
    assertThat(show("lab", key.press(), OFFICE))
        .isInstanceOfSatisfying(
            Showing.Shown.Refused.class,
            refused -> assertThat(refused.reason()).isNotEqualTo(Reason.PASSWORD_WRONG));
    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Refused.class);
    assertThat(company.signIn("bob", OFFICE)).as("somebody else there").isNotEmpty();
  }

  @Test
  void certify_cutMeanwhile_refuses() {
    Showing.Proof proof = proof(show("lab", key.press(), OFFICE));
    assertThat(desk.certify(proof, KEY)).isInstanceOf(Certifying.Certified.Granted.class);
    Showing.Proof late = proof(show("lab", key.press(), OFFICE));
    cut(new Lever.Target.OneToken(token.id()));

    assertThat(desk.certify(late, KEY))
        .isEqualTo(new Certifying.Certified.Refused(Reason.TOKEN_CUT));
    assertThat(company.books.sessions().where(one -> one.kind() == Session.Kind.SSH)).isEmpty();
  }

  @Test
  void certify_policyTakesNoOtpAnyMore_refuses() {
    Showing.Proof proof = proof(show("lab", key.press(), OFFICE));
    apply(Company.POLICY + RULES.replace("    token: otp-allowed\n", ""));

    assertThat(desk.certify(proof, KEY))
        .isEqualTo(new Certifying.Certified.Refused(Reason.OTP_NOT_ALLOWED));
    apply(Company.POLICY + RULES);
    assertThat(desk.certify(proof(show("lab", key.press(), OFFICE)), KEY))
        .isInstanceOf(Certifying.Certified.Granted.class);
  }

  @Test
  void show_everybodyCut_refusesOfficersToo() {
    cut(new Lever.Target.Everybody());

    assertRefused(show("lab", key.press(), OTHER_DESK), Reason.EVERYBODY_CUT);
  }

  private Session session() {
    return company
        .books
        .sessions()
        .where(one -> one.kind() == Session.Kind.SSH)
        .getFirst()
        .session();
  }

  private Showing.Shown show(String hosts, String otp, IpAddress source) {
    return show("alice", hosts, otp, "alice", source);
  }

  private Showing.Shown show(
      String name, String hosts, String otp, String passwordOf, IpAddress source) {
    return company.gate.showing().show(name, otp, company.password(passwordOf), hosts, source);
  }

  private static Showing.Proof proof(Showing.Shown shown) {
    if (shown instanceof Showing.Shown.Three(var proof)) {
      return proof;
    }
    throw new AssertionError("not shown: " + shown);
  }

  private Certifying.Certified.Granted granted(Showing.Shown shown) {
    if (desk.certify(proof(shown), KEY) instanceof Certifying.Certified.Granted granted) {
      return granted;
    }
    throw new AssertionError("not certified");
  }

  private void assertRefused(Showing.Shown shown, Reason reason) {
    assertThat(shown).isEqualTo(new Showing.Shown.Refused(reason));
    assertThat(company.reasons()).endsWith(reason);
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }

  private void apply(String document) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), document),
            "olga",
            "otto"));
  }

  private OtpToken enrolled(String name, OtpKey otpKey) {
    String bearer = company.signIn("olga", OFFICE);
    ActId act =
        switch (company
            .gate
            .importing()
            .otpTokens(bearer, name, "YubiKey 5", Secret.ofText(otpKey.logLine()), OFFICE)) {
          case Importing.Imported.Proposed(var proposals) -> proposals.getFirst().id();
          case Importing.Imported other -> throw new AssertionError("not proposed: " + other);
        };
    company.sign(act, "olga");
    Company.executed(company.sign(act, "otto"));
    return Objects.requireNonNull(
        company.books.roster().otpTokenWith(otpKey.publicId()).orElse(null));
  }
}

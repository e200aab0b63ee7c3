package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.Act;
import io.parano.identity.OtpToken;
import io.parano.kernel.ActId;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import org.junit.jupiter.api.Test;

/// Signing in by one-time password where a rule takes one: what it opens, and that it is still good
/// only once. Every refusal stands beside a grant that differs in the attacked condition alone.
class OtpSignInTest {
  private static final String TAKES = Company.OTHER_HOST;
  private static final String WANTS_A_TOUCH = Company.HOST;

  private final Company company = new Company();
  private final OtpKey key = OtpKey.make(company.randomness);
  private final OtpToken token = enrolled("alice", key);

  OtpSignInTest() {
    apply(
        Company.POLICY.replace(
            "hosts: [tickets.example.test]",
            "hosts: [tickets.example.test]\n    token: otp-allowed"));
  }

  @Test
  void signIn_byOtp_opensWhatTakesItAndNothingElse() {
    String portal = signedIn("alice", key.press());

    assertThat(passes(portal, TAKES)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(passes(portal, WANTS_A_TOUCH))
        .isEqualTo(new Passing.Answer.Refused(Reason.TOUCH_MISSING));

    String touched = company.signIn("alice", OFFICE);
    assertThat(passes(touched, TAKES)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(passes(touched, WANTS_A_TOUCH)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void signIn_byOtp_isStillThatAfterARestart() {
    String portal = signedIn("alice", key.press());
    company.restart();

    assertThat(who(portal).factor()).isEqualTo(Factor.OTP);
    assertThat(passes(portal, TAKES)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(passes(portal, WANTS_A_TOUCH))
        .isEqualTo(new Passing.Answer.Refused(Reason.TOUCH_MISSING));
  }

  @Test
  void atTheSignInSite_sessionByOtp_doesNothingElse() {
    Act appointed = new Act.AppointOfficer(company.person("alice").id());
    Company.executed(company.act(appointed, "olga", "otto"));
    String portal = signedIn("alice", key.press());
    String touched = company.signIn("alice", OFFICE);

    assertThat(company.gate.approving().open(portal, OFFICE))
        .isEqualTo(new Approving.Listed.Refused(Reason.TOUCH_MISSING));
    assertThat(company.gate.approving().open(touched, OFFICE))
        .isInstanceOf(Approving.Listed.Acts.class);
    assertThat(company.gate.signingIn().beginStepUp(portal, OFFICE))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.TOUCH_MISSING));
    assertThat(company.gate.signingIn().beginStepUp(touched, OFFICE))
        .isInstanceOf(SigningIn.Begun.Options.class);
    assertThat(company.gate.operating().sessions(portal, OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.TOUCH_MISSING));
    assertThat(company.gate.operating().sessions(touched, OFFICE)).isInstanceOf(Reply.Done.class);
  }

  @Test
  void otp_usedAtAnyDoor_isRefusedHere() {
    String otp = key.press();
    String fresh = key.press();

    assertThat(type("alice", otp, OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
    assertThat(type("alice", otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(type("alice", fresh, OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
  }

  @Test
  void otp_fromOutside_isRefusedAndUsedUp() {
    String otp = key.press();

    assertThat(type("alice", otp, OUTSIDE)).isEqualTo(refused(Reason.SOURCE_UNLISTED));
    assertThat(type("alice", otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(type("alice", key.press(), TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
    company.tunnel("bob", TUNNEL);
    assertThat(type("alice", key.press(), TUNNEL)).isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));
    assertThat(type("alice", key.press(), OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
  }

  @Test
  void otp_ofSomebodyElse_isRefused() {
    assertThat(type("bob", key.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_OF_OTHER_PERSON));
    assertThat(type("alice", key.press(), OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
  }

  @Test
  void otp_inACeremonyThatIsNone_isRefusedAndUsedUp() {
    String otp = key.press();

    assertThat(company.gate.signingIn().otp("nothing", otp, OFFICE))
        .isEqualTo(refused(Reason.CEREMONY_UNKNOWN));
    assertThat(type("alice", otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(type("alice", key.press(), OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
  }

  @Test
  void otp_whereNoRuleTakesOne_isRefused() {
    assertThat(type("alice", key.press(), OFFICE)).isInstanceOf(SigningIn.Touched.Accepted.class);
    assertThat(company.gate.signingIn().otpOffer(TAKES, "/", OFFICE))
        .isEqualTo(SigningIn.OtpOffer.OFFERED);
    assertThat(company.gate.signingIn().otpOffer(WANTS_A_TOUCH, "/", OFFICE))
        .isEqualTo(SigningIn.OtpOffer.NONE);
    apply(Company.POLICY);

    assertThat(type("alice", key.press(), OFFICE)).isEqualTo(refused(Reason.OTP_NOT_ALLOWED));
    assertThat(company.gate.signingIn().otpOffer(TAKES, "/", OFFICE))
        .isEqualTo(SigningIn.OtpOffer.NONE);
  }

  @Test
  void sessionByOtp_ruleNoLongerTakesOne_isRefusedAtOnce() {
    String host = company.hostSession(signedIn("alice", key.press()), TAKES, OFFICE);
    assertThat(company.pass(host, TAKES, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    apply(Company.POLICY);

    assertThat(company.pass(host, TAKES, "/", OFFICE))
        .isEqualTo(new Passing.Answer.Refused(Reason.TOUCH_MISSING));
  }

  @Test
  void sessionByOtp_tokenCut_isOver() {
    String host = company.hostSession(signedIn("alice", key.press()), TAKES, OFFICE);
    String other = company.hostSession(company.signIn("alice", OFFICE), TAKES, OFFICE);
    company.gate.lever().cut(new Lever.Target.OneToken(token.id()), "drill", by());

    assertThat(company.pass(host, TAKES, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_CUT));
    assertThat(company.pass(other, TAKES, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(type("alice", key.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_CUT));
  }

  @Test
  void password_wrongAfterOtp_refuses() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", OFFICE));
    assertThat(company.gate.signingIn().otp(ceremony, key.press(), OFFICE))
        .isInstanceOf(SigningIn.Touched.Accepted.class);

    assertThat(company.gate.signingIn().password(ceremony, Secret.ofText("no"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG));
    assertThat(company.gate.signingIn().password(ceremony, company.password("alice"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  private Passing.Answer passes(String portal, String host) {
    return company.pass(company.hostSession(portal, host, OFFICE), host, "/", OFFICE);
  }

  private SigningIn.Who.Somebody who(String bearer) {
    if (company.gate.signingIn().who(bearer, OFFICE) instanceof SigningIn.Who.Somebody somebody) {
      return somebody;
    }
    throw new AssertionError("nobody");
  }

  private SigningIn.Touched type(String name, String otp, IpAddress source) {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin(name, source));
    return company.gate.signingIn().otp(ceremony, otp, source);
  }

  private String signedIn(String name, String otp) {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin(name, OFFICE));
    assertThat(company.gate.signingIn().otp(ceremony, otp, OFFICE))
        .isInstanceOf(SigningIn.Touched.Accepted.class);
    return switch (company.gate.signingIn().password(ceremony, company.password(name), OFFICE)) {
      case SigningIn.SignedIn.Accepted(var bearer, var endsAt) -> Company.text(bearer);
      case SigningIn.SignedIn refused -> throw new AssertionError("not signed in: " + refused);
    };
  }

  private void apply(String document) {
    Act act = new Act.ApplyPolicy(company.books.policy().policy().digest(), document);
    Company.executed(company.act(act, "olga", "otto"));
  }

  private OtpToken enrolled(String name, OtpKey otpKey) {
    String bearer = company.signIn("olga", OFFICE);
    Importing.Imported imported =
        company
            .gate
            .importing()
            .otpTokens(bearer, name, "YubiKey 5", Secret.ofText(otpKey.logLine()), OFFICE);
    if (!(imported instanceof Importing.Imported.Proposed(var proposals))) {
      throw new AssertionError("not proposed: " + imported);
    }
    ActId act = proposals.getFirst().id();
    company.sign(act, "olga");
    Company.executed(company.sign(act, "otto"));
    return company.books.roster().otpTokenWith(otpKey.publicId()).orElseThrow();
  }

  private static SigningIn.Touched refused(Reason reason) {
    return new SigningIn.Touched.Refused(reason);
  }

  private static Lever.By by() {
    return new Lever.By(null, "control", "uid 0");
  }
}

package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.Act;
import io.parano.kernel.Secret;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What was granted when a backup was made, after it was restored.
class RestoringTest {
  private final Company company = new Company();

  private void restore() {
    Restoring.voidGrants(company.books, "old/log", "new/log", company.clock.instant());
    company.restart();
  }

  @Test
  void voidGrants_sessionAtAHost_isRefusedFromThenOn() {
    String portal = company.signIn("alice", OFFICE);
    String host = company.hostSession(portal, HOST, OFFICE);
    assertThat(company.pass(host, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    restore();
    assertThat(company.pass(host, HOST, "/", OFFICE)).isNotInstanceOf(Passing.Answer.Allowed.class);
    assertThat(company.gate.signingIn().hostCode(portal, HOST, OFFICE))
        .isInstanceOf(SigningIn.HostCode.Refused.class);
  }

  @Test
  void voidGrants_enrolmentCode_isWorthNothing() {
    company.admit(Company.newcomer("carol"), Company.newcomer("dave"));
    Secret code =
        Objects.requireNonNull(
            Company.executed(
                    company.act(new Act.EnrolToken(company.person("carol").id(), null), "olga"))
                .code());
    company.enrolBy("olga", "dave");
    restore();
    assertThat(
            company.tryEnrol("carol", code, company.freshKey(), company.password("carol"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Refused.class);
  }

  /// One of two officers had signed.
  @Test
  void voidGrants_actHalfSigned_canNotBeSignedAnyMore() {
    String olga = company.signIn("olga", OFFICE);
    Act act = new Act.DismissStaff(company.person("bob").id());
    Approving.Proposed proposed = company.gate.approving().propose(olga, act, OFFICE);
    var id = ((Approving.Proposed.Accepted) proposed).proposal().id();
    assertThat(company.sign(id, "olga")).isInstanceOf(Approving.Approved.Waiting.class);
    restore();
    assertThat(company.sign(id, "otto")).isInstanceOf(Approving.Approved.Refused.class);
    assertThat(company.act(act, "olga", "otto")).isInstanceOf(Approving.Approved.Executed.class);
  }

  /// Who was cut since the backup is open in it: so nobody is, until officers have looked.
  @Test
  void voidGrants_everybody_isCutUntilTwoOfficersReopen() {
    assertThat(signIn("alice")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    restore();
    assertThat(signIn("alice")).isInstanceOf(SigningIn.SignedIn.Refused.class);
    assertThat(signIn("olga")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    Company.executed(company.act(new Act.ReopenEverybody(), "olga", "otto"));
    assertThat(signIn("alice")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  private SigningIn.SignedIn signIn(String name) {
    return company.trySignIn(name, company.key(name), company.password(name), OFFICE);
  }
}

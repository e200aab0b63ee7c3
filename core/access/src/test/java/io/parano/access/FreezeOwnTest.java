package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.PersonState;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// "I lost my token": what it takes, what it ends, and that nobody can do it to somebody else.
class FreezeOwnTest {
  private final Company company = new Company();

  @Test
  void freeze_ownNameAndPassword_endsEverythingAndIsRecorded() {
    String portal = company.signIn("alice", OFFICE);
    String host = company.hostSession(portal, Company.HOST, OFFICE);
    assertThat(company.pass(host, Company.HOST, "/", OFFICE))
        .isInstanceOf(Passing.Answer.Allowed.class);

    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());

    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
    assertThat(company.pass(host, Company.HOST, "/", OFFICE))
        .isInstanceOf(Passing.Answer.SignIn.class);
    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.PERSON_FROZEN));
    Event cut =
        company.ledger.events().stream()
            .filter(event -> event.type() == EventType.CUT)
            .findFirst()
            .orElseThrow();
    assertThat(cut.actor()).isEqualTo(company.person("alice").id());
    assertThat(cut.resource()).isEqualTo("person:" + company.person("alice").id());
    assertThat(company.books.roster().frozen()).isEqualTo(1);
  }

  @Test
  void freeze_again_changesNothing() {
    freeze("alice", company.password("alice"), OFFICE);
    int entries = company.ledger.events().size();

    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());
    assertThat(company.ledger.events()).hasSize(entries);
  }

  @Test
  void freeze_undoneByAnOfficer_letsThemInAgain() {
    freeze("alice", company.password("alice"), OFFICE);
    Act reopening = new Act.ReopenPerson(company.person("alice").id());
    Company.executed(company.act(reopening, "olga"));

    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
  }

  @Test
  void freeze_withoutThePassword_isRefused() {
    assertThat(freeze("alice", Secret.ofText("guess"), OFFICE))
        .isEqualTo(refused(Reason.PASSWORD_WRONG));
    assertThat(freeze("alice", company.password("bob"), OFFICE))
        .isEqualTo(refused(Reason.PASSWORD_WRONG));
    assertThat(freeze("nobody", company.password("alice"), OFFICE))
        .isEqualTo(refused(Reason.PASSWORD_WRONG));
    assertThat(company.person("alice").state()).isEqualTo(PersonState.ACTIVE);

    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());
  }

  @Test
  void freeze_fromAnUnlistedSource_isRefused() {
    assertThat(freeze("alice", company.password("alice"), OUTSIDE))
        .isEqualTo(refused(Reason.SOURCE_UNLISTED));
    assertThat(freeze("alice", company.password("alice"), TUNNEL))
        .isEqualTo(refused(Reason.LEASE_MISSING));
    assertThat(company.person("alice").state()).isEqualTo(PersonState.ACTIVE);

    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());
  }

  @Test
  void freeze_guessedOften_isHeldBackAndNobodyIsShutOut() {
    for (int i = 0; i < 5; i++) {
      assertThat(freeze("alice", Secret.ofText("guess " + i), OFFICE))
          .isEqualTo(refused(Reason.PASSWORD_WRONG));
    }
    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(refused(Reason.RATE_LIMITED));

    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
    assertThat(freeze("bob", company.password("bob"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());
  }

  @Test
  void freeze_nobodysNameGuessedOften_isHeldBackAlike() {
    for (int i = 0; i < 5; i++) {
      assertThat(freeze("nobody", Secret.ofText("guess " + i), OFFICE))
          .isEqualTo(refused(Reason.PASSWORD_WRONG));
    }
    assertThat(freeze("nobody", Secret.ofText("guess"), OFFICE))
        .isEqualTo(refused(Reason.RATE_LIMITED));
  }

  @Test
  void freeze_whileEverybodyIsCut_holdsWhenTheyAreReopened() {
    company
        .gate
        .lever()
        .cut(new Lever.Target.Everybody(), "drill", new Lever.By(null, "control", "uid 0"));
    assertThat(freeze("alice", company.password("alice"), OFFICE))
        .isEqualTo(new Freezing.Frozen.Done());
    company.clock.pass(Duration.ofMinutes(1));
    Company.executed(company.act(new Act.ReopenEverybody(), "olga", "otto"));

    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.PERSON_FROZEN));
    assertThat(company.signIn("bob", OFFICE)).isNotEmpty();
  }

  private Freezing.Frozen freeze(String name, Secret password, IpAddress source) {
    return company.gate.freezing().freeze(name, password, source);
  }

  private static Freezing.Frozen refused(Reason reason) {
    return new Freezing.Frozen.Refused(reason);
  }
}

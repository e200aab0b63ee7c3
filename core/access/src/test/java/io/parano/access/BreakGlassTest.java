package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.BreakingGlass.Broken;
import io.parano.access.BreakingGlass.Holder;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Two sealed codes and two passwords from a listed source: what they open, and that nothing less
/// does. Every refusal stands beside a grant that differs in the attacked condition alone.
class BreakGlassTest {
  private final Company company = new Company();
  private final String olga = sealed("olga");
  private final String otto = sealed("otto");

  @Test
  void glass_broken_opensATokenForEachHolderAndNothingElse() {
    Broken.Opened opened = opened(glass("olga", olga, "otto", otto, OFFICE));

    company.lose("olga");
    assertThat(
            company.tryEnrol(
                "olga", opened.first(), company.key("olga"), company.password("olga"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    company.lose("otto");
    assertThat(
            company.tryEnrol(
                "otto", opened.second(), company.key("otto"), company.password("otto"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    Act act = new Act.ReplaceToken(company.person("alice").id(), null);
    assertThat(company.act(act, "olga", "otto")).isInstanceOf(Approving.Approved.Executed.class);
  }

  @Test
  void glass_broken_isRecordedBeforeItIsShownAndLiesBeforeEveryOfficer() {
    opened(glass("olga", olga, "otto", otto, OFFICE));

    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.GLASS_BROKEN);
    assertThat(event.outcome()).isEqualTo(Outcome.DONE);
    assertThat(event.actor()).isEqualTo(company.person("olga").id());
    for (String officer : new String[] {"olga", "otto"}) {
      String bearer = company.signIn(officer, OFFICE);
      assertThat(company.gate.approving().open(bearer, OFFICE))
          .isInstanceOfSatisfying(
              Approving.Listed.Acts.class,
              acts ->
                  assertThat(acts.pending())
                      .anyMatch(one -> one.proposal().act() instanceof Act.NoteGlass));
    }
  }

  @Test
  void glass_officersTokensCut_stillBreaks() {
    for (String officer : new String[] {"olga", "otto"}) {
      company
          .books
          .roster()
          .tokensOf(company.person(officer).id())
          .forEach(token ->
              company
                  .gate
                  .lever()
                  .cut(
                      new Lever.Target.OneToken(token.id()),
                      "drill",
                      new Lever.By(null, "control", "uid 0")));
    }
    assertThat(company.trySignIn("olga", company.key("olga"), company.password("olga"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Refused.class);

    Broken.Opened opened = opened(glass("olga", olga, "otto", otto, OFFICE));
    company.lose("olga");
    assertThat(
            company.tryEnrol(
                "olga", opened.first(), company.key("olga"), company.password("olga"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    assertThat(company.signIn("olga", OFFICE)).isNotEmpty();
  }

  @Test
  void glass_afterARestart_stillBreaks() {
    company.restart();

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isInstanceOf(Broken.Opened.class);
  }

  @Test
  void glass_anyPartWrong_isRefusedAndUsesNothingUp() {
    assertThat(glass("olga", olga, "otto", "wrong", OFFICE)).isEqualTo(refused());
    assertThat(glass("olga", olga, "alice", otto, OFFICE)).isEqualTo(refused());
    assertThat(glass("olga", otto, "otto", olga, OFFICE)).isEqualTo(refused());
    assertThat(
            company
                .gate
                .breakingGlass()
                .breakGlass(holder("olga", olga), wrong("otto", otto), OFFICE))
        .isEqualTo(new Broken.Refused(Reason.PASSWORD_WRONG));

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isInstanceOf(Broken.Opened.class);
  }

  @Test
  void glass_oneHolderTwice_isRefused() {
    assertThat(glass("olga", olga, "olga", olga, OFFICE)).isEqualTo(refused());

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isInstanceOf(Broken.Opened.class);
  }

  @Test
  void glass_fromAnUnlistedSource_isRefused() {
    assertThat(glass("olga", olga, "otto", otto, OUTSIDE))
        .isEqualTo(new Broken.Refused(Reason.SOURCE_UNLISTED));

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isInstanceOf(Broken.Opened.class);
  }

  @Test
  void glass_again_isRefused() {
    opened(glass("olga", olga, "otto", otto, OFFICE));

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isEqualTo(refused());
  }

  @Test
  void glass_codeThatLayTooLong_isRefused() {
    company.clock.pass(Duration.ofDays(366));

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isEqualTo(refused());
  }

  @Test
  void glass_codeSealedAnew_takesThePlaceOfTheFirst() {
    String later = sealed("otto");

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isEqualTo(refused());
    assertThat(glass("olga", olga, "otto", later, OFFICE)).isInstanceOf(Broken.Opened.class);
  }

  @Test
  void glass_holderFrozen_isRefused() {
    company
        .gate
        .lever()
        .cut(
            new Lever.Target.OnePerson(company.person("otto").id()),
            "drill",
            new Lever.By(null, "control", "uid 0"));

    assertThat(glass("olga", olga, "otto", otto, OFFICE)).isEqualTo(refused());
  }

  @Test
  void glass_halfAnHourLater_isShutAgain() {
    Broken.Opened opened = opened(glass("olga", olga, "otto", otto, OFFICE));
    company.clock.pass(Duration.ofMinutes(29));
    company.lose("olga");
    assertThat(
            company.tryEnrol(
                "olga", opened.first(), company.key("olga"), company.password("olga"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    company.clock.pass(Duration.ofMinutes(1));

    assertThat(
            company.tryEnrol(
                "otto", opened.second(), company.freshKey(), company.password("otto"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_EXPIRED));
  }

  @Test
  void sealedCode_isNoWayToEnrolAnything() {
    assertThat(
            company.tryEnrol(
                "olga", Secret.ofText(olga), company.freshKey(), company.password("olga"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_UNKNOWN));

    Broken.Opened opened = opened(glass("olga", olga, "otto", otto, OFFICE));
    assertThat(
            company.tryEnrol(
                "olga", opened.first(), company.freshKey(), company.password("olga"), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
  }

  @Test
  void sealedCode_isKeptAsADigest() {
    Digest digest = Secret.ofText(olga).digest();

    assertThat(company.books.docket().enrolmentWith(digest)).isPresent();
    assertThat(company.ledger.events().toString()).doesNotContain(olga);
  }

  @Test
  void glass_passwordsGuessedOften_isHeldBack() {
    for (int i = 0; i < 5; i++) {
      assertThat(
              company
                  .gate
                  .breakingGlass()
                  .breakGlass(holder("olga", olga), wrong("otto", otto), OFFICE))
          .isEqualTo(new Broken.Refused(Reason.PASSWORD_WRONG));
    }
    assertThat(glass("olga", "wrong", "otto", otto, OFFICE)).isEqualTo(refused());

    assertThat(glass("olga", olga, "otto", otto, OFFICE))
        .isEqualTo(new Broken.Refused(Reason.RATE_LIMITED));
  }

  private Broken glass(
      String first, String code, String second, String otherCode, IpAddress source) {
    return company
        .gate
        .breakingGlass()
        .breakGlass(holder(first, code), holder(second, otherCode), source);
  }

  private Holder holder(String name, String code) {
    return new Holder(name, Secret.ofText(code), company.password(name));
  }

  private static Holder wrong(String name, String code) {
    return new Holder(name, Secret.ofText(code), Secret.ofText("guess"));
  }

  private String sealed(String name) {
    Act act = new Act.SealCode(company.person(name).id());
    Secret code = Company.executed(company.act(act, "olga", "otto")).code();
    return Company.text(Objects.requireNonNull(code));
  }

  private static Broken.Opened opened(Broken broken) {
    if (broken instanceof Broken.Opened opened) {
      return opened;
    }
    throw new AssertionError("not opened: " + broken);
  }

  private static Broken refused() {
    return new Broken.Refused(Reason.CODE_UNKNOWN);
  }
}

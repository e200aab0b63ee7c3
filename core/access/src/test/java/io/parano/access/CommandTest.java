package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.Act;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A command line is signed in by a person who confirms it in their browser; whatever ends that
 * person's session ends this too.
 */
class CommandTest {
  private final Company company = new Company();
  private final Lever.By operator = new Lever.By(null, "control", "uid 0");

  @Test
  void collect_confirmed_grants() {
    assertThat(collect(confirmed(company.signIn("olga", OFFICE)), OTHER_DESK))
        .isInstanceOf(Commanding.Collected.Session.class);
  }

  @Test
  void collect_fromAnotherAddress_refuses() {
    assertThat(collect(confirmed(company.signIn("olga", OFFICE)), OFFICE))
        .isEqualTo(new Commanding.Collected.Refused(Reason.SOURCE_CHANGED));
  }

  @Test
  void collect_notConfirmed_waits() {
    var begun = begin(OTHER_DESK);

    assertThat(collect(Company.text(begun.ticket()), OTHER_DESK))
        .isEqualTo(new Commanding.Collected.NotYet());
  }

  @Test
  void begin_fromOutside_isToldNothingAndGetsNothing() {
    var begun = begin(OUTSIDE);
    String olga = company.signIn("olga", OFFICE);
    assertThat(collect(Company.text(begun.ticket()), OUTSIDE))
        .isEqualTo(collect(Company.text(begin(OTHER_DESK).ticket()), OTHER_DESK))
        .isEqualTo(new Commanding.Collected.NotYet());

    assertThat(company.gate.commanding().confirm(olga, begun.code(), OFFICE))
        .isEqualTo(new Reply.Done<>(true));
    assertThat(collect(Company.text(begun.ticket()), OUTSIDE))
        .isEqualTo(new Commanding.Collected.Refused(Reason.SOURCE_UNLISTED));
  }

  @Test
  void begin_floodFromAllOverTheWorld_leavesTheOfficeIn() {
    String ticket = Company.text(begin(OTHER_DESK).ticket());
    for (int i = 0; i < 2_500; i++) {
      begin(io.parano.kernel.IpAddress.parse("2001:db8:%x::1".formatted(i)));
    }

    assertThat(collect(ticket, OTHER_DESK)).isEqualTo(new Commanding.Collected.NotYet());
    assertThat(company.gate.commanding().begin(OFFICE))
        .isInstanceOf(Commanding.Begun.Waiting.class);
  }

  @Test
  void begin_floodFromOneDesk_leavesOthersIn() {
    for (int i = 0; i < 20; i++) {
      begin(OTHER_DESK);
    }

    assertThat(company.gate.commanding().begin(OTHER_DESK))
        .isEqualTo(new Commanding.Begun.Refused(Reason.RATE_LIMITED));
    assertThat(company.gate.commanding().begin(OFFICE))
        .isInstanceOf(Commanding.Begun.Waiting.class);
  }

  @Test
  void collect_everybodyCutAndReopenedMeanwhile_refuses() {
    String olga = company.signIn("olga", OFFICE);
    String ticket = confirmed(olga);
    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", operator);

    assertThat(collect(ticket, OTHER_DESK)).isInstanceOf(Commanding.Collected.Refused.class);
    assertThat(collect(confirmed(company.signIn("olga", OFFICE)), OTHER_DESK))
        .isInstanceOf(Commanding.Collected.Session.class);
  }

  @Test
  void collect_networkOfTheDeskCutMeanwhile_refuses() {
    String ticket = confirmed(company.signIn("olga", OFFICE));
    company
        .gate
        .lever()
        .cut(new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.11/32")), "drill", operator);

    assertThat(collect(ticket, OTHER_DESK))
        .isEqualTo(new Commanding.Collected.Refused(Reason.SOURCE_CUT));
  }

  @Test
  void collect_browserIdleMeanwhile_refuses() {
    company.act(
        new Act.ApplyPolicy(
            company.books.policy().policy().digest(),
            Company.POLICY + "sessions: { idle: 2m, absolute: 12h }\n"),
        "olga",
        "otto");
    String ticket = confirmed(company.signIn("olga", OFFICE));
    company.clock.pass(Duration.ofMinutes(2));

    assertThat(collect(ticket, OTHER_DESK))
        .isEqualTo(new Commanding.Collected.Refused(Reason.SESSION_IDLE));
  }

  @Test
  void confirm_staleTouch_refuses() {
    String olga = company.signIn("olga", OFFICE);
    company.clock.pass(Duration.ofSeconds(61));

    assertThat(company.gate.commanding().confirm(olga, begin(OTHER_DESK).code(), OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.TOUCH_STALE));
  }

  @Test
  void command_begetsNoFurtherSession() {
    String command = command(company.signIn("olga", OFFICE));

    assertThat(company.gate.operating().staff(command, OTHER_DESK)).isInstanceOf(Reply.Done.class);
    assertThat(company.gate.signingIn().hostCode(command, HOST, OTHER_DESK))
        .isEqualTo(new SigningIn.HostCode.Refused(Reason.SESSION_OF_OTHER_HOST));
    assertThat(company.gate.signingIn().beginStepUp(command, OTHER_DESK))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SESSION_OF_OTHER_HOST));
    assertThat(company.gate.commanding().confirm(command, begin(OFFICE).code(), OTHER_DESK))
        .isEqualTo(new Reply.Refused<>(Reason.SESSION_OF_OTHER_HOST));
  }

  @Test
  void command_livesNoLongerThanTheSessionThatConfirmedIt() {
    String olga = company.signIn("olga", OFFICE);
    for (int i = 0; i < 71; i++) {
      company.clock.pass(Duration.ofMinutes(10));
      assertThat(company.gate.operating().staff(olga, OFFICE)).isInstanceOf(Reply.Done.class);
    }
    stepUp(olga);
    String command = command(olga);
    assertThat(company.gate.operating().staff(command, OTHER_DESK)).isInstanceOf(Reply.Done.class);
    company.clock.pass(Duration.ofMinutes(10));

    assertThat(company.gate.operating().staff(command, OTHER_DESK))
        .isEqualTo(new Reply.Refused<>(Reason.SESSION_EXPIRED));
  }

  @Test
  void portal_sourceNoLongerListed_opensNothing() {
    String olga = company.signIn("olga", OFFICE);
    String alice = company.signIn("alice", OFFICE);
    var code = (SigningIn.HostCode.Issued) company.gate.signingIn().hostCode(alice, HOST, OFFICE);
    assertThat(company.gate.approving().open(olga, OFFICE))
        .isInstanceOf(Approving.Listed.Acts.class);
    company.act(
        new Act.ApplyPolicy(
            company.books.policy().policy().digest(),
            Company.POLICY.replace("192.0.2.0/24", "192.0.2.128/25")),
        "olga",
        "otto");

    assertThat(company.gate.approving().open(olga, OFFICE))
        .isEqualTo(new Approving.Listed.Refused(Reason.SOURCE_UNLISTED));
    assertThat(company.gate.signingIn().who(alice, OFFICE))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.SOURCE_UNLISTED));
    assertThat(company.gate.signingIn().redeem(Company.text(code.code()), HOST, OFFICE))
        .isEqualTo(new SigningIn.Granted.Refused(Reason.SOURCE_UNLISTED));
  }

  @Test
  void cut_person_closesTheEnrolmentsOpenedForThem() {
    Secret code =
        Objects.requireNonNull(
            Company.executed(
                    company.act(new Act.EnrolToken(company.person("alice").id(), null), "olga"))
                .code());
    company
        .gate
        .lever()
        .cut(new Lever.Target.OnePerson(company.person("alice").id()), "drill", operator);
    company.act(new Act.ReopenPerson(company.person("alice").id()), "olga");

    assertThat(company.gate.enrolling().begin("alice", code, OFFICE))
        .isEqualTo(new Enrolling.Begun.Refused(Reason.CODE_UNKNOWN));
  }

  @Test
  void housekeeping_logFull_leavesTheReserveAlone() {
    company.signIn("alice", OFFICE);
    company.clock.pass(Duration.ofMinutes(15));
    int before = company.ledger.events().size();
    Housekeeping housekeeping = new Housekeeping(company.books, company.clock);
    company.ledger.fill();
    housekeeping.round();
    assertThat(company.ledger.events()).hasSize(before);

    company.ledger.makeRoom();
    housekeeping.round();
    assertThat(company.books.sessions().size()).isZero();
    assertThat(company.ledger.events()).hasSizeGreaterThan(before);
  }

  private void stepUp(String bearer) {
    SigningIn signingIn = company.gate.signingIn();
    String ceremony = company.ceremonyOf(signingIn.beginStepUp(bearer, OFFICE));
    var touch = Company.sign(company.key("olga"), company.challenge(), company.allowed());
    assertThat(signingIn.stepUp(bearer, ceremony, touch, OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());
  }

  private String command(String portal) {
    var collected = (Commanding.Collected.Session) collect(confirmed(portal), OTHER_DESK);
    return Company.text(collected.bearer());
  }

  /** The ticket of a command line at the other desk, confirmed by the bearer of `portal`. */
  private String confirmed(String portal) {
    var begun = begin(OTHER_DESK);
    assertThat(company.gate.commanding().confirm(portal, begun.code(), OFFICE))
        .isEqualTo(new Reply.Done<>(true));
    return Company.text(begun.ticket());
  }

  private Commanding.Begun.Waiting begin(io.parano.kernel.IpAddress source) {
    return (Commanding.Begun.Waiting) company.gate.commanding().begin(source);
  }

  private Commanding.Collected collect(String ticket, io.parano.kernel.IpAddress source) {
    return company.gate.commanding().collect(ticket, source);
  }
}

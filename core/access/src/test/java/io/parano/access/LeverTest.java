package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Assertions;
import io.parano.authn.RelyingParty;
import io.parano.identity.Act;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What the lever does: to a zone as a whole, towards its doors, and when it is interrupted. Each
/// cut has a twin that differs in what was cut alone.
class LeverTest {
  private static final IpAddress BRANCH = IpAddress.parse("198.18.0.7");
  private static final IpAddress ANNEX = IpAddress.parse("198.18.1.7");
  private static final Lever.By OPERATOR = new Lever.By(null, "control", "uid 0");
  private static final String WITH_BRANCH =
      Company.POLICY
          .replace("  vpn:", "  branch: [198.18.0.0/24]\n  vpn:")
          .replace("    zones: [office]\n", "    zones: [office, branch]\n");
  private static final String WIDER = WITH_BRANCH.replace("198.18.0.0/24", "198.18.0.0/23");

  private final Company company = new Company();

  LeverTest() {
    apply(WITH_BRANCH);
  }

  @Test
  void cut_zone_endsWhatCameFromItsNetworksAndNothingElse() {
    String there = company.hostSession(company.signIn("bob", BRANCH), OTHER_HOST, BRANCH);
    String here = company.hostSession(company.signIn("bob", OFFICE), OTHER_HOST, OFFICE);
    assertThat(company.pass(there, OTHER_HOST, "/", BRANCH))
        .isInstanceOf(Passing.Answer.Allowed.class);

    assertThat(cut("zone:branch").sessionsEnded()).isEqualTo(2);

    assertThat(company.pass(there, OTHER_HOST, "/", BRANCH))
        .isEqualTo(new Passing.Answer.Refused(Reason.SOURCE_CUT));
    assertThat(company.pass(here, OTHER_HOST, "/", OFFICE))
        .isInstanceOf(Passing.Answer.Allowed.class);
    assertRefused("bob", BRANCH, Reason.SOURCE_CUT);
    assertThat(company.signIn("bob", OFFICE)).isNotEmpty();
    company.restart();
    assertRefused("bob", BRANCH, Reason.SOURCE_CUT);
    assertThat(company.signIn("bob", OFFICE)).isNotEmpty();
  }

  @Test
  void reopenZone_countsAgainWithTwoOfficersAndNothingComesBack() {
    String there = company.hostSession(company.signIn("bob", BRANCH), OTHER_HOST, BRANCH);
    cut("zone:branch");

    assertThat(company.act(new Act.ReopenZone("branch"), "olga"))
        .isEqualTo(new Approving.Approved.Waiting(1));
    assertRefused("bob", BRANCH, Reason.SOURCE_CUT);
    Company.executed(company.act(new Act.ReopenZone("branch"), "olga", "otto"));

    assertThat(company.pass(there, OTHER_HOST, "/", BRANCH))
        .isInstanceOf(Passing.Answer.SignIn.class);
    assertThat(company.signIn("bob", BRANCH)).isNotEmpty();
    assertThatThrownBy(() -> company.act(new Act.ReopenZone("branch"), "olga", "otto"))
        .as("what is open already")
        .hasMessageContaining("ACT_NO_LONGER_APPLIES");
  }

  @Test
  void cut_zone_coversWhatALaterPolicyGivesItAndKeepsWhatItTakes() {
    cut("zone:branch");
    apply(WIDER);
    assertRefused("bob", ANNEX, Reason.SOURCE_CUT);
    apply(WITH_BRANCH.replace("198.18.0.0/24", "198.18.7.0/24"));
    assertThat(covered(BRANCH, ANNEX, IpAddress.parse("198.18.7.1"))).containsOnly(true);
    apply(WITH_BRANCH.replace("branch", "filiale"));
    assertRefused("bob", BRANCH, Reason.SOURCE_CUT);
    company.restart();
    assertThat(covered(BRANCH, ANNEX, IpAddress.parse("198.18.7.1"))).containsOnly(true);

    Company.executed(company.act(new Act.ReopenZone("branch"), "olga", "otto"));
    assertThat(covered(BRANCH, ANNEX, IpAddress.parse("198.18.7.1"))).containsOnly(false);
    assertThat(company.signIn("bob", BRANCH)).isNotEmpty();
  }

  @Test
  void cut_network_coversNothingThatALaterPolicyGivesTheZone() {
    cut("network:198.18.0.0/24");
    apply(WIDER);

    assertRefused("bob", BRANCH, Reason.SOURCE_CUT);
    assertThat(company.signIn("bob", ANNEX)).isNotEmpty();
  }

  @Test
  void cut_zoneWhileAPolicyThatWidensItIsWritten_coversAllOfIt() {
    Act act = new Act.ApplyPolicy(company.books.policy().policy().digest(), WIDER);
    String olga = company.signIn("olga", OFFICE);
    var proposed =
        (Approving.Proposed.Accepted) company.gate.approving().propose(olga, act, OFFICE);
    company.sign(proposed.proposal().id(), "olga");
    String otto = company.signIn("otto", OFFICE);
    var options =
        (Approving.Begun.Options)
            company.gate.approving().begin(otto, proposed.proposal().id(), OFFICE);
    var signature = Company.sign(company.key("otto"), options.challenge(), options.allowed());
    // The signature is one commit, what it brings about the next.
    company.ledger.stall(() ->
        company.ledger.stall(() -> {
          Thread cutting = Thread.startVirtualThread(() -> cut("zone:branch"));
          try {
            cutting.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }));
    company.gate.approving().approve(otto, proposed.proposal().id(), signature, OFFICE);

    assertThat(company.books.policy().policy().document()).isEqualTo(WIDER);
    assertThat(covered(BRANCH, ANNEX)).containsOnly(true);
  }

  @Test
  void parse_zoneThatNobodyNames_saysWhichThereAre() {
    assertThatThrownBy(() -> Targets.parse("zone:brunch", company.books))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("branch, office, vpn");
    assertThat(Targets.parse("zone:branch", company.books))
        .isEqualTo(new Lever.Target.OneZone("branch"));
    cut("zone:branch");
    apply(Company.POLICY);
    assertThat(Targets.parse("zone:branch", company.books))
        .as("cut already, and gone from the policy")
        .isEqualTo(new Lever.Target.OneZone("branch"));
  }

  @Test
  void cut_oneDoorSilentOneBroken_theOthersAnswerAtOnceEachForItself() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    Lever lever =
        lever(
            new Told(
                "hanging",
                () -> {
                  never.await();
                  return 0;
                }),
            new Told(
                "web",
                () -> {
                  both.countDown();
                  both.await();
                  return 3;
                }),
            new Told(
                "broken",
                () -> {
                  throw new Door.Silent("no word");
                }),
            new Told(
                "ssh",
                () -> {
                  both.countDown();
                  both.await();
                  return 5;
                }));

    long before = System.nanoTime();
    Lever.Report report = lever.cut(alice(), "drill", OPERATOR);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(report.silent()).containsExactly("hanging", "broken");
    assertThat(report.doors()).extracting(Lever.Acknowledged::door).containsExactly("web", "ssh");
    assertThat(report.doors()).extracting(Lever.Acknowledged::ended).containsExactly(3, 5);
    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
    assertThat(last().type()).isEqualTo(EventType.CUT_ACKNOWLEDGED);
    assertThat(last().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(last().facts()).containsEntry("silent", "hanging; broken");
    never.countDown();
  }

  @Test
  void cut_everyDoorAnswers_isRecordedWithWhatTheySaid() {
    lever(new Told("web", () -> 2)).cut(alice(), "drill", OPERATOR);

    assertThat(last().outcome()).isEqualTo(Outcome.DONE);
    assertThat(last().facts().get("doors")).matches("web \\d+ us, 2 ended");
    assertThat(company.books.untold()).isEmpty();
  }

  @Test
  void tellAgain_afterARestartBetweenRecordAndAcknowledgement_namesWhatIsOpenOutside() {
    Session tunnel = tunnel("alice");
    Session bobs = tunnel("bob");
    lever(
            new Told(
                "radius",
                () -> {
                  throw new Door.Silent("the VPN server does not answer");
                }))
        .cut(alice(), "drill", OPERATOR);
    company.restart();

    assertThat(company.gate.admitting().tunnels())
        .extracting(Admitting.Tunnel::session)
        .as("the one that was cut is told of, so that its server hears")
        .containsExactlyInAnyOrder(tunnel.id(), bobs.id());
    assertThat(company.gate.admitting().over(tunnel.id())).isEqualTo(Reason.SESSION_CUT);
    assertThat(company.gate.admitting().over(bobs.id())).isNull();
    Told radius = new Told("radius", () -> 1);
    Lever lever = lever(radius);
    lever.tellAgain();
    assertThat(radius.taken).containsExactly(new Taken(List.of(Taken.Ended.of(tunnel))));
    assertThat(last().type()).isEqualTo(EventType.CUT_ACKNOWLEDGED);
    assertThat(last().outcome()).isEqualTo(Outcome.DONE);

    lever.tellAgain();
    company.restart();
    assertThat(radius.taken).hasSize(1);
    assertThat(company.gate.admitting().tunnels())
        .extracting(Admitting.Tunnel::session)
        .containsExactly(bobs.id());
  }

  @Test
  void tellAgain_stillSilent_isTriedAgainWithoutAWordInTheLog() {
    Told radius =
        new Told(
            "radius",
            () -> {
              throw new Door.Silent("the VPN server does not answer");
            });
    Lever lever = lever(radius);
    lever.cut(alice(), "drill", OPERATOR);
    int events = company.ledger.events().size();
    lever.tellAgain();
    lever.tellAgain();

    assertThat(radius.taken).hasSize(3);
    assertThat(company.ledger.events()).hasSize(events);
  }

  @Test
  void cut_diskFull_isToldNowAndAgainOnceThereIsRoom() {
    Session tunnel = tunnel("alice");
    company.ledger.fill();
    Told radius = new Told("radius", () -> 1);
    Lever lever = lever(radius);

    Lever.Report report = lever.cut(alice(), "drill", OPERATOR);
    assertThat(report.silent()).isEmpty();
    assertThat(company.books.sessions().with(tunnel.id())).isNull();
    assertThat(company.books.untold()).hasSize(1);
    company.ledger.makeRoom();
    lever.tellAgain();
    assertThat(company.books.untold()).isEmpty();
    assertThat(radius.taken).hasSize(2);
  }

  private static final class Told implements Door {
    private final String name;
    private final Waiting closing;
    private final List<Taken> taken = new ArrayList<>();

    private interface Waiting {
      int close() throws InterruptedException;
    }

    Told(String name, Waiting closing) {
      this.name = name;
      this.closing = closing;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int closed(Taken taken) {
      this.taken.add(taken);
      try {
        return closing.close();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private Lever lever(Door... doors) {
    return new CutAccess(
        company.books,
        new Officers(company.books, new Assertions(new RelyingParty("x", Set.of()))),
        List.of(doors),
        new TestThreads(),
        company.clock);
  }

  private Lever.Report cut(String order) {
    return company.gate.lever().cut(Targets.parse(order, company.books), "drill", OPERATOR);
  }

  private Lever.Target alice() {
    return new Lever.Target.OnePerson(company.person("alice").id());
  }

  private void apply(String document) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), document),
            "olga",
            "otto"));
  }

  private List<Boolean> covered(IpAddress... addresses) {
    return java.util.Arrays.stream(addresses)
        .map(address -> company.books.closures().covers(address))
        .toList();
  }

  private void assertRefused(String name, IpAddress source, Reason reason) {
    assertThat(company.trySignIn(name, company.key(name), company.password(name), source))
        .isEqualTo(new SigningIn.SignedIn.Refused(reason));
  }

  private Event last() {
    return company.ledger.events().getLast();
  }

  /// As the RADIUS door would have opened it.
  private Session tunnel(String name) {
    var person = company.person(name);
    var now = company.clock.instant();
    AuthenticatorId token = company.books.roster().tokensOf(person.id()).getFirst().id();
    Session session =
        new Session(
            SessionId.next(now, company.randomness),
            Digest.of(name.getBytes(StandardCharsets.UTF_8)),
            Session.Kind.VPN,
            "vpn-1",
            person.id(),
            token,
            IpPrefix.parse("192.0.2.10/32"),
            person.generation(),
            company.books.closures().epoch(),
            now,
            now,
            now.plus(Duration.ofHours(1)),
            null);
    company.books.commit(
        Event.at(now, EventType.VPN_ADMISSION, Outcome.DONE), new Change.PutSession(session));
    return session;
  }
}

package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Tally;
import io.parano.authn.GuessLimits;
import io.parano.identity.Act;
import io.parano.identity.OtpToken;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// One-time passwords: how a token comes in, what each password is worth, and once only. Every
/// refusal has a twin that is granted and differs in the attacked condition alone.
class OtpTest {
  private final Company company = new Company();
  private final OtpKey key = OtpKey.make(company.randomness);
  private final OtpToken token = enrolled("alice", key);
  private VerifyOtp verifyOtp = verifying();

  @Test
  void verify_fromTheOffice_isAcceptedAndRecordedBeforeTheAnswer() {
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);

    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.OTP_USED);
    assertThat(event.outcome()).isEqualTo(Outcome.DONE);
    assertThat(event.actor()).isEqualTo(company.person("alice").id());
    assertThat(event.resource()).isEqualTo("token:" + token.id());
  }

  @Test
  void verify_sameOtpAgain_refuses() {
    String otp = key.press();

    assertThat(verify(otp, OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_sameOtpThroughAnotherDoor_refuses() {
    String otp = key.press();

    assertThat(verify(otp, OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
    assertThat(verifyOtp.verify(otp, new VerifyOtp.Asking("radius", "nas", "", OFFICE)))
        .isEqualTo(refused(Reason.OTP_REPLAYED));
  }

  @Test
  void verify_sameOtpAfterARestart_refuses() {
    String otp = key.press();
    verify(otp, OFFICE);
    company.restart();
    verifyOtp = verifying();

    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_sameOtpManyTimesAtOnce_countsOnce() throws InterruptedException {
    String otp = key.press();
    List<VerifyOtp.Verified> answers = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                answers.add(verify(otp, OFFICE));
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(8);
    assertThat(answers).filteredOn(VerifyOtp.Verified.Accepted.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(refused(Reason.OTP_REPLAYED)::equals).hasSize(7);
  }

  @Test
  void verify_fromOutside_refusesAndUsesItUp() {
    String otp = key.press();

    assertThat(verify(otp, OUTSIDE)).isEqualTo(refused(Reason.SOURCE_UNLISTED));
    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_fromALeasedZone_countsForTheLeasesHolderAlone() {
    assertThat(verify(key.press(), TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));

    company.tunnel("bob", TUNNEL);
    assertThat(verify(key.press(), TUNNEL)).isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));

    company.tunnel("alice", TUNNEL);
    assertThat(verify(key.press(), TUNNEL)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_fromACutNetwork_refuses() {
    company
        .gate
        .lever()
        .cut(new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.0/28")), "drill", by());

    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.SOURCE_CUT));
    assertThat(verify(key.press(), IpAddress.parse("192.0.2.40")))
        .isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_personFrozen_refusesAndUsesItUp() {
    PersonId alice = company.person("alice").id();
    company.gate.lever().cut(new Lever.Target.OnePerson(alice), "drill", by());
    String otp = key.press();

    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.PERSON_FROZEN));
    Company.executed(company.act(new Act.ReopenPerson(alice), "olga"));
    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_personGone_refuses() {
    company.books.commit(
        Event.at(company.clock.instant(), EventType.STAFF_DEPARTED, Outcome.DONE),
        new Change.PutPerson(company.person("alice").as(PersonState.GONE).renewed()));

    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.PERSON_GONE));
  }

  @Test
  void verify_tokenCut_refusesUntilTwoOfficersReopenIt() {
    company
        .gate
        .lever()
        .cut(Targets.parse("token:" + token.id(), company.books.roster()), "lost", by());
    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_CUT));

    Act reopening = new Act.ReopenToken(token.id(), company.person("alice").id());
    assertThat(company.act(reopening, "olga")).isEqualTo(new Approving.Approved.Waiting(1));
    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_CUT));
    Company.executed(company.act(reopening, "olga", "otto"));
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_everybodyCut_refusesOfficersToo() {
    OtpKey olgas = OtpKey.make(company.randomness);
    enrolledBy("olga", olgas, "otto", "alice");
    assertThat(verify(olgas.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", by());

    assertThat(verify(olgas.press(), OFFICE)).isEqualTo(refused(Reason.EVERYBODY_CUT));
    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.EVERYBODY_CUT));
  }

  @Test
  void verify_heldBack_refusesAndUsesItUp() {
    verify(key.press(), OFFICE);
    String otp = key.press();
    company.clock.pass(Duration.ofSeconds(90));

    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_DELAYED));
    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
    key.wait(90);
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_logFull_grantsNothingAndTheOtpStaysGood() {
    String otp = key.press();
    company.ledger.fill();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> verify(otp, OFFICE))
        .isInstanceOf(Ledger.Unavailable.class);
    company.ledger.makeRoom();

    assertThat(verify(otp, OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void verify_logFullAndPersonFrozen_usesItUpAllTheSame() {
    PersonId alice = company.person("alice").id();
    company.gate.lever().cut(new Lever.Target.OnePerson(alice), "drill", by());
    String otp = key.press();
    company.ledger.fill();
    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.PERSON_FROZEN));
    company.ledger.makeRoom();
    company.restart();
    verifyOtp = verifying();
    Company.executed(company.act(new Act.ReopenPerson(alice), "olga"));

    assertThat(verify(otp, OFFICE)).isEqualTo(refused(Reason.OTP_REPLAYED));
  }

  @Test
  void verify_unknownTokenOrNoOtp_refuses() {
    assertThat(verify(OtpKey.make(company.randomness).press(), OFFICE))
        .isEqualTo(refused(Reason.TOKEN_UNKNOWN));
    assertThat(verify("hunter2", OFFICE)).isEqualTo(refused(Reason.OTP_MALFORMED));
    assertThat(verify("c".repeat(32), OFFICE)).isEqualTo(refused(Reason.TOKEN_UNKNOWN));
  }

  @Test
  void verify_elevenGuesses_areLimitedWhereTheyComeFromAlone() {
    for (int i = 0; i < 10; i++) {
      assertThat(verify(key.over(new byte[16]), OFFICE))
          .isEqualTo(refused(Reason.OTP_UNDECIPHERABLE));
    }

    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.TOUCH_LIMITED));
    company.clock.pass(Duration.ofMinutes(30));
    key.replug();
    assertThat(verify(key.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
    // The password has limits of its own.
    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
  }

  @Test
  void verify_elevenGuessesAtAnUnknownToken_areLimitedLikewise() {
    OtpKey unknown = OtpKey.make(company.randomness);
    for (int i = 0; i < 10; i++) {
      assertThat(verify(unknown.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_UNKNOWN));
    }

    assertThat(verify(unknown.press(), OFFICE)).isEqualTo(refused(Reason.TOUCH_LIMITED));
  }

  @Test
  void import_oneOfficer_changesNothing() {
    OtpKey bobs = OtpKey.make(company.randomness);
    ActId act = proposed("bob", bobs.logLine(), "olga");

    assertThat(company.sign(act, "olga")).isEqualTo(new Approving.Approved.Waiting(1));
    assertThat(verify(bobs.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_UNKNOWN));
    Company.executed(company.sign(act, "otto"));
    assertThat(verify(bobs.press(), OFFICE)).isInstanceOf(VerifyOtp.Verified.Accepted.class);
  }

  @Test
  void import_forOneself_isSignedByOthers() {
    ActId act = proposed("olga", OtpKey.make(company.randomness).logLine(), "olga");

    assertThat(company.sign(act, "olga")).isEqualTo(new Approving.Approved.Refused(Reason.OWN_ACT));
  }

  @Test
  void import_showsNoSecretInActLogOrBooks() {
    OtpKey bobs = OtpKey.make(company.randomness);
    String[] columns = bobs.logLine().split(",", -1);
    ActId act = proposed("bob", bobs.logLine(), "olga");
    Proposal proposal = java.util.Objects.requireNonNull(company.books.docket().proposal(act));

    String everything = proposal + proposal.act().canonical().text() + company.ledger.events();
    assertThat(everything).contains(bobs.publicId()).doesNotContain(columns[2], columns[3]);
  }

  @Test
  void import_ofATokenThatIsKnown_refusesEvenWhenItWasCut() {
    assertThat(imported("bob", key.logLine(), "olga"))
        .isEqualTo(new Importing.Imported.Refused(Reason.TOKEN_ALREADY_ENROLLED));
    company.gate.lever().cut(new Lever.Target.OneToken(token.id()), "lost", by());
    assertThat(imported("alice", key.logLine(), "olga"))
        .isEqualTo(new Importing.Imported.Refused(Reason.TOKEN_ALREADY_ENROLLED));
  }

  @Test
  void import_byWhoIsNoOfficerOrForNobody_refuses() {
    String line = OtpKey.make(company.randomness).logLine();

    assertThat(imported("bob", line, "alice"))
        .isEqualTo(new Importing.Imported.Refused(Reason.NOT_AN_OFFICER));
    assertThat(imported("nobody", line, "olga"))
        .isEqualTo(new Importing.Imported.Refused(Reason.PERSON_UNKNOWN));
    assertThat(imported("bob", "1,2", "olga")).isInstanceOf(Importing.Imported.Mistaken.class);
  }

  @Test
  void import_anotherSealedSeedPutBesideTheAct_isNotExecuted() {
    OtpKey bobs = OtpKey.make(company.randomness);
    ActId act = proposed("bob", bobs.logLine(), "olga");
    ActId other = proposed("bob", OtpKey.make(company.randomness).logLine(), "olga");
    var foreign = java.util.Objects.requireNonNull(company.books.docket().enclosure(other));
    company.books.commit(
        Event.at(company.clock.instant(), EventType.ACT_PROPOSED, Outcome.DONE),
        new Change.PutEnclosure(act, foreign));
    company.sign(act, "olga");

    assertThat(company.sign(act, "otto"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ACT_NO_LONGER_APPLIES));
  }

  @Test
  void import_rejectedOrExpired_leavesNoSecretBehind() {
    ActId rejected = proposed("bob", OtpKey.make(company.randomness).logLine(), "olga");
    company.gate.approving().reject(company.signIn("otto", OFFICE), rejected, OFFICE);
    assertThat(company.books.docket().enclosure(rejected)).isNull();

    ActId forgotten = proposed("bob", OtpKey.make(company.randomness).logLine(), "olga");
    company.clock.pass(Duration.ofHours(25));
    new Housekeeping(company.books, company.clock).round();
    assertThat(company.books.docket().enclosure(forgotten)).isNull();
  }

  @Test
  void import_endsWhatWasGrantedBefore() {
    String bob = company.signIn("bob", OFFICE);
    enrolled("bob", OtpKey.make(company.randomness));

    assertThat(company.gate.signingIn().who(bob, OFFICE))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.CREDENTIALS_CHANGED));
  }

  @Test
  void replaceToken_cutsTokensOfOneTimePasswordsToo() {
    company.lose("alice");
    Secret code =
        java.util.Objects.requireNonNull(
            Company.executed(
                    company.act(
                        new Act.ReplaceToken(company.person("alice").id(), null), "olga", "otto"))
                .code());
    company.enrol("alice", code, OFFICE);

    assertThat(verify(key.press(), OFFICE)).isEqualTo(refused(Reason.TOKEN_CUT));
  }

  @Test
  void proposeWithoutASeed_refuses() {
    String olga = company.signIn("olga", OFFICE);
    Act bare =
        new Act.EnrolOtp(
            company.person("bob").id(),
            "bare",
            "cccccccccccc",
            io.parano.kernel.Digest.of(new byte[0]));

    assertThat(company.gate.approving().propose(olga, bare, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
  }

  private VerifyOtp.Verified verify(String otp, IpAddress source) {
    return verifyOtp.verify(otp, new VerifyOtp.Asking("yubico", "client:1", "", source));
  }

  private static VerifyOtp.Verified refused(Reason reason) {
    return new VerifyOtp.Verified.Refused(reason);
  }

  private VerifyOtp verifying() {
    return new VerifyOtp(
        company.books,
        new OtpSeeds(new TestSealer(), company.randomness),
        new GuessLimits(GuessLimits.Settings.DEFAULT, company.randomness),
        new Journal(company.books, new Tally()),
        company.clock);
  }

  private OtpToken enrolled(String name, OtpKey otpKey) {
    return enrolledBy(name, otpKey, "olga", "otto");
  }

  private OtpToken enrolledBy(String name, OtpKey otpKey, String... officers) {
    if (!company.person(officers[1]).officer()) {
      Company.executed(
          company.act(new Act.AppointOfficer(company.person(officers[1]).id()), "olga", "otto"));
    }
    ActId act = proposed(name, otpKey.logLine(), officers[0]);
    company.sign(act, officers[0]);
    Company.executed(company.sign(act, officers[1]));
    return company.books.roster().otpTokenWith(otpKey.publicId()).orElseThrow();
  }

  private ActId proposed(String name, String file, String officer) {
    return switch (imported(name, file, officer)) {
      case Importing.Imported.Proposed(var proposals) -> proposals.getFirst().id();
      case Importing.Imported other -> throw new AssertionError("not proposed: " + other);
    };
  }

  private Importing.Imported imported(String name, String file, String officer) {
    String bearer = company.signIn(officer, OFFICE);
    return company
        .gate
        .importing()
        .otpTokens(bearer, name, "YubiKey 5", Secret.ofText(file), OFFICE);
  }

  private static Lever.By by() {
    return new Lever.By(null, "control", "uid 0");
  }
}

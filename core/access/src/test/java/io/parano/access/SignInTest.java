package io.parano.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.AuthenticatorState;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * All three levels or nothing; each refusal stands beside the sign-in that differs from it in one
 * thing alone.
 */
class SignInTest {
  private final Company company = new Company();

  @Test
  void signIn_threeLevels_grants() {
    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void signIn_fromOutside_refusesAlthoughTokenAndPasswordAreRight() {
    assertThat(
            company.trySignIn(
                "alice", company.key("alice"), company.password("alice"), Company.OUTSIDE))
        .isEqualTo(refused(Reason.SOURCE_UNLISTED));
    assertThat(company.reasons()).containsExactly(Reason.SOURCE_UNLISTED);
  }

  @Test
  void signIn_fromTunnelWithoutLease_refuses() {
    assertThat(
            company.trySignIn(
                "alice", company.key("alice"), company.password("alice"), Company.TUNNEL))
        .isEqualTo(refused(Reason.LEASE_MISSING));
  }

  @Test
  void signIn_wrongPassword_asksAgainAndThenGrants() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));
    company.touch("alice", company.key("alice"), ceremony, Company.OFFICE);

    SigningIn signingIn = company.gate.signingIn();
    assertThat(signingIn.password(ceremony, company.password("bob"), Company.OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG));
    assertThat(signingIn.password(ceremony, company.password("alice"), Company.OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void signIn_passwordBeforeTouch_isNotTried() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));

    assertThat(
            company.gate.signingIn().password(ceremony, company.password("alice"), Company.OFFICE))
        .isEqualTo(refused(Reason.CEREMONY_UNKNOWN));
  }

  @Test
  void signIn_anotherPersonsToken_refuses() {
    assertThat(signIn("alice", company.key("bob"), "alice"))
        .isEqualTo(refused(Reason.TOKEN_OF_OTHER_PERSON));
  }

  @Test
  void signIn_clonedToken_suspendsTheToken() {
    SecurityKey clone = company.key("alice").cloned();
    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);

    assertThat(signIn("alice", clone, "alice")).isEqualTo(refused(Reason.COUNTER_WENT_BACK));
    assertThat(company.books.roster().tokensOf(company.person("alice").id()))
        .allMatch(token -> token.state() == AuthenticatorState.SUSPENDED);
    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isEqualTo(refused(Reason.TOKEN_SUSPENDED));
  }

  @Test
  void signIn_assertionReplayed_refuses() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));
    var assertion = Company.sign(company.key("alice"), company.challenge(), company.allowed());
    SigningIn signingIn = company.gate.signingIn();
    assertThat(signingIn.touch(ceremony, assertion, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());

    assertThat(signingIn.touch(ceremony, assertion, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.CEREMONY_UNKNOWN));
    String fresh = company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    assertThat(signingIn.touch(fresh, assertion, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.CHALLENGE_MISMATCH));
  }

  @Test
  void signIn_touchThenOtherAddress_refuses() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));
    company.touch("alice", company.key("alice"), ceremony, Company.OFFICE);

    assertThat(
            company
                .gate
                .signingIn()
                .password(ceremony, company.password("alice"), Company.OTHER_DESK))
        .isEqualTo(refused(Reason.SOURCE_CHANGED));
  }

  @Test
  void signIn_ceremonyTooOld_refuses() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));
    company.touch("alice", company.key("alice"), ceremony, Company.OFFICE);
    company.clock.pass(Duration.ofMinutes(5));

    assertThat(
            company.gate.signingIn().password(ceremony, company.password("alice"), Company.OFFICE))
        .isEqualTo(refused(Reason.CEREMONY_UNKNOWN));
  }

  @Test
  void begin_unknownName_looksLikeAKnownOne() {
    company.ceremonyOf(company.gate.signingIn().begin("nobody", Company.OFFICE));
    var first = company.allowed();
    company.ceremonyOf(company.gate.signingIn().begin("nobody", Company.OFFICE));

    assertThat(company.allowed()).hasSize(1).isEqualTo(first);
  }

  @Test
  void begin_unknownName_isRefusedAtTheTouch() {
    assertThat(signIn("nobody", company.key("alice"), "alice"))
        .isEqualTo(refused(Reason.PERSON_UNKNOWN));
  }

  @Test
  void begin_floodFromOneSource_leavesOthersIn() {
    for (int i = 0; i < Ceremonies.IN_ALL / 50; i++) {
      company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OTHER_DESK));
    }

    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void begin_floodFromTheSameSourceUnderTheSameName_displacesNobodysBeginning() {
    SigningIn signingIn = company.gate.signingIn();
    String ceremony = company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    var challenge = company.challenge();
    for (int i = 0; i < 1_000; i++) {
      company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    }
    var touch =
        Company.sign(
            company.key("alice"), challenge, company.key("alice").credentialIds("example.test"));

    assertThat(signingIn.touch(ceremony, touch, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());
    assertThat(signingIn.password(ceremony, company.password("alice"), Company.OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void touch_beginningAlteredOrOfAnEarlierRun_isNone() {
    SigningIn signingIn = company.gate.signingIn();
    String ceremony = company.ceremonyOf(signingIn.begin("bob", Company.OFFICE));
    String alices = company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    var touch = Company.sign(company.key("alice"), company.challenge(), company.allowed());
    String mixed =
        ceremony.substring(0, ceremony.indexOf('.')) + alices.substring(alices.indexOf('.'));
    for (String forged : new String[] {mixed, alices + "A", "x", ".", "\u00e9.\u00e9"}) {
      assertThat(signingIn.touch(forged, touch, Company.OFFICE))
          .as(forged)
          .isEqualTo(new SigningIn.Touched.Refused(Reason.CEREMONY_UNKNOWN));
    }
    assertThat(signingIn.touch(alices, touch, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());

    String before = company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    var again = Company.sign(company.key("alice"), company.challenge(), company.allowed());
    company.restart();
    assertThat(company.gate.signingIn().touch(before, again, Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.CEREMONY_UNKNOWN));
  }

  @Test
  void begin_floodFromTheSameSource_leavesThemIn() {
    for (int i = 0; i < 2 * Ceremonies.OF_ONE; i++) {
      company.ceremonyOf(company.gate.signingIn().begin("alice", Company.OFFICE));
    }

    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void begin_floodFromTheSameSourceAfterTheTouch_displacesNothing() {
    SigningIn signingIn = company.gate.signingIn();
    String ceremony = company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    company.touch("alice", company.key("alice"), ceremony, Company.OFFICE);
    for (int i = 0; i < 2 * Ceremonies.OF_ONE; i++) {
      company.ceremonyOf(signingIn.begin("alice", Company.OFFICE));
    }

    assertThat(signingIn.password(ceremony, company.password("alice"), Company.OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  /** An office is one source: what one of them begins there keeps none of the others out. */
  @Test
  void stepUp_floodOfAColleague_leavesOthersInAndDisplacesTheirOwnOldest() {
    SigningIn signingIn = company.gate.signingIn();
    String alices = company.signIn("alice", Company.OFFICE);
    String bobs = company.signIn("bob", Company.OFFICE);
    SigningIn.Begun.Options hers = options(signingIn.beginStepUp(alices, Company.OFFICE));
    SigningIn.Begun.Options oldest = options(signingIn.beginStepUp(bobs, Company.OFFICE));
    SigningIn.Begun.Options latest = oldest;
    for (int i = 0; i < 5 * Ceremonies.OF_ONE; i++) {
      latest = options(signingIn.beginStepUp(bobs, Company.OFFICE));
    }

    assertThat(stepUp("alice", alices, hers)).isInstanceOf(SigningIn.Touched.Accepted.class);
    assertThat(stepUp("bob", bobs, oldest))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.CEREMONY_UNKNOWN));
    assertThat(stepUp("bob", bobs, latest)).isInstanceOf(SigningIn.Touched.Accepted.class);
  }

  private static SigningIn.Begun.Options options(SigningIn.Begun begun) {
    return (SigningIn.Begun.Options) begun;
  }

  private SigningIn.Touched stepUp(String name, String bearer, SigningIn.Begun.Options begun) {
    return company
        .gate
        .signingIn()
        .stepUp(
            bearer,
            begun.ceremony(),
            Company.sign(company.key(name), begun.challenge(), begun.allowed()),
            Company.OFFICE);
  }

  @Test
  void begin_floodFromAllOverTheWorld_leavesTheOfficeIn() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("bob", Company.OFFICE));
    var challenge = company.challenge();
    for (int i = 0; i <= Ceremonies.IN_ALL; i++) {
      IpAddress one = IpAddress.parse("2001:db8:%x:%x::1".formatted(i >> 16, i & 0xffff));
      company.ceremonyOf(company.gate.signingIn().begin("alice", one));
    }

    assertThat(
            company
                .gate
                .signingIn()
                .touch(
                    ceremony,
                    Company.sign(
                        company.key("bob"),
                        challenge,
                        company.key("bob").credentialIds("example.test")),
                    Company.OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());
    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void begin_unknownNames_haveAsManyTokensAsTheStaffHas() {
    Secret code =
        Company.executed(
                company.act(
                    new io.parano.identity.Act.EnrolToken(company.person("alice").id(), null),
                    "olga"))
            .code();
    company.lose("alice");
    company.enrol("alice", java.util.Objects.requireNonNull(code), Company.OFFICE);
    java.util.Set<Integer> counts = new java.util.HashSet<>();
    for (int i = 0; i < 60; i++) {
      company.ceremonyOf(company.gate.signingIn().begin("nobody" + i, Company.OFFICE));
      counts.add(company.allowed().size());
      company.allowed().forEach(id -> assertThat(id.copy()).hasSize(lengthOfAlices()));
    }

    assertThat(counts).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void decoys_areRefusedWithTheWorkOfSomebodysKey() {
    var keys =
        company.books.roster().everybody().stream()
            .flatMap(person -> company.books.roster().tokensOf(person.id()).stream())
            .map(io.parano.identity.Authenticator::publicKey)
            .toList();

    assertThat(new Decoys(company.books.roster(), new TestSealer()).of("nobody").values())
        .isNotEmpty()
        .isSubsetOf(keys);
  }

  @Test
  void touch_decoyWithAStrangersRealSignature_refuses() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("nobody", Company.OFFICE));
    for (String holder : new String[] {"alice", "bob", "olga", "otto"}) {
      var real =
          Company.sign(
              company.key(holder),
              company.challenge(),
              company.key(holder).credentialIds("example.test"));
      var posing =
          new io.parano.authn.AssertionResponse(
              company.allowed().getFirst(),
              real.authenticatorData(),
              real.clientData(),
              real.signature(),
              null);
      assertThat(company.gate.signingIn().touch(ceremony, posing, Company.OFFICE))
          .isEqualTo(new SigningIn.Touched.Refused(Reason.PERSON_UNKNOWN));
      ceremony = company.ceremonyOf(company.gate.signingIn().begin("nobody", Company.OFFICE));
    }
  }

  private int lengthOfAlices() {
    return company.key("alice").credentialIds("example.test").getFirst().copy().length;
  }

  @Test
  void signIn_logFull_grantsNothing() {
    company.ledger.fill();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> signIn("alice", company.key("alice"), "alice")))
        .isInstanceOf(Ledger.Unavailable.class);
    assertThat(
            company
                .books
                .sessions()
                .where(session -> session.person().equals(company.person("alice").id())))
        .isEmpty();

    company.ledger.makeRoom();
    assertThat(signIn("alice", company.key("alice"), "alice"))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  private SigningIn.SignedIn signIn(String name, SecurityKey key, String passwordOf) {
    Secret password = company.password(passwordOf);
    return company.trySignIn(name, key, password, Company.OFFICE);
  }

  private static SigningIn.SignedIn refused(Reason reason) {
    return new SigningIn.SignedIn.Refused(reason);
  }
}

package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.newcomer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Recalling.Holder;
import io.parano.access.Recalling.Recalled;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.MetadataOutcome.Flaw;
import io.parano.identity.Act;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.MetadataService;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// FIDO's metadata recalls a model: whoever holds one is out, and everybody else is not.
class RecallTest {
  private static final String DUE = "2099-12-31";

  private final Company company = new Company();
  private final MetadataService fido =
      MetadataService.make(company.clock.instant(), company.randomness);

  /// Carol has a model that nobody else has.
  @BeforeEach
  void enrolCarol() {
    company.admit(newcomer("carol", "accounting"));
    company.give("carol", Company.OTHER_MODEL);
    company.enrolBy("olga", "carol");
  }

  private Recalled recall(Bytes blob) {
    return company.gate.recalling().recall(blob, List.of(fido.root()), "root");
  }

  private Bytes recalling(long number) {
    return fido.blob(number, DUE, MetadataService.entry(Company.OTHER_MODEL, "REVOKED"));
  }

  private Authenticator token(String name) {
    return company.books.roster().tokensOf(company.person(name).id()).getFirst();
  }

  private SigningIn.SignedIn trySignIn(String name) {
    return company.trySignIn(name, company.key(name), company.password(name), OFFICE);
  }

  private List<Event> imports() {
    return company.ledger.events().stream()
        .filter(event -> event.type() == EventType.METADATA_IMPORTED)
        .toList();
  }

  @Test
  void recall_modelOfOneHolder_stepsThemDownAndNobodyElse() {
    String carol = company.signIn("carol", OFFICE);
    String alice = company.signIn("alice", OFFICE);
    String wages = company.hostSession(carol, HOST, OFFICE);
    assertThat(recall(recalling(1)))
        .isEqualTo(
            new Recalled.Done(
                1,
                LocalDate.parse(DUE),
                1,
                List.of(new Holder("carol", token("carol").label(), "REVOKED")),
                2));
    assertThat(company.gate.signingIn().hostCode(carol, HOST, OFFICE))
        .isNotInstanceOf(SigningIn.HostCode.Issued.class);
    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isNotInstanceOf(Passing.Answer.Allowed.class);
    assertThat(trySignIn("carol"))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.TOKEN_MODEL_NOT_ALLOWED));
    assertThat(token("carol").state()).isEqualTo(AuthenticatorState.SUSPENDED);

    assertThat(company.gate.signingIn().hostCode(alice, HOST, OFFICE))
        .isInstanceOf(SigningIn.HostCode.Issued.class);
    assertThat(trySignIn("alice")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    assertThat(company.ledger.events())
        .filteredOn(event -> event.type() == EventType.TOKEN_SUSPENDED)
        .singleElement()
        .satisfies(event -> assertThat(event.about()).isEqualTo(company.person("carol").id()));
  }

  @Test
  void recall_modelThatNobodyHas_changesNobody() {
    assertThat(
            recall(
                fido.blob(
                    1,
                    DUE,
                    MetadataService.entry(new UUID(7, 7), "REVOKED"),
                    MetadataService.entry(Company.OTHER_MODEL, "FIDO_CERTIFIED"))))
        .isInstanceOfSatisfying(Recalled.Done.class, done -> assertThat(done.holders()).isEmpty());
    assertThat(trySignIn("carol")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void recall_afterARestart_stillHolds() {
    recall(recalling(1));
    company.restart();
    assertThat(company.books.recalls().number()).isEqualTo(1);
    assertThat(trySignIn("carol"))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.TOKEN_MODEL_NOT_ALLOWED));
  }

  @Test
  void recall_notLater_isRefusedAndLaterIsNot() {
    assertThat(recall(recalling(5))).isInstanceOf(Recalled.Done.class);
    assertThat(recall(fido.blob(4, DUE))).isEqualTo(new Recalled.NotNewer(4, 5));
    assertThat(recall(fido.blob(5, DUE))).isEqualTo(new Recalled.NotNewer(5, 5));
    assertThat(company.books.recalls().models()).hasSize(1);
    assertThat(recall(fido.blob(6, DUE))).isInstanceOf(Recalled.Done.class);
    assertThat(company.books.recalls().models()).isEmpty();
    assertThat(imports())
        .extracting(Event::outcome)
        .containsExactly(Outcome.DONE, Outcome.REFUSED, Outcome.REFUSED, Outcome.DONE);
  }

  @Test
  void recall_notSignedByTheService_isRefusedRecordedAndChangesNothing() {
    MetadataService other = MetadataService.make(company.clock.instant(), company.randomness);
    Bytes forged = other.blob(1, DUE, MetadataService.entry(Company.OTHER_MODEL, "REVOKED"));
    assertThat(recall(forged))
        .isInstanceOfSatisfying(
            Recalled.Refused.class, refused -> assertThat(refused.flaw()).isEqualTo(Flaw.CHAIN));
    assertThat(imports()).extracting(Event::outcome).containsExactly(Outcome.REFUSED);
    assertThat(trySignIn("carol")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void recall_everyOfficersModel_isRefusedAndChangesNothing() {
    String olga = company.signIn("olga", OFFICE);
    assertThat(recall(fido.blob(1, DUE, MetadataService.entry(Company.MODEL, "REVOKED"))))
        .isInstanceOfSatisfying(
            Recalled.OfficersMissing.class,
            missing -> {
              assertThat(missing.left()).isZero();
              assertThat(missing.holders()).extracting(Holder::person).contains("olga", "alice");
            });
    assertThat(company.gate.signingIn().hostCode(olga, HOST, OFFICE))
        .isInstanceOf(SigningIn.HostCode.Issued.class);
    assertThat(company.books.recalls().number()).isEqualTo(-1);
    assertThat(recall(recalling(1))).isInstanceOf(Recalled.Done.class);
  }

  @Test
  void recall_logFull_changesNothing() {
    company.ledger.fill();
    assertThatThrownBy(() -> recall(recalling(1))).isInstanceOf(Ledger.Unavailable.class);
    company.ledger.makeRoom();
    assertThat(token("carol").state()).isEqualTo(AuthenticatorState.ACTIVE);
    assertThat(recall(recalling(1))).isInstanceOf(Recalled.Done.class);
  }

  @Test
  void enrol_recalledModel_isRefusedAndAnotherIsNot() {
    recall(recalling(1));
    assertThat(enrolAnother(Company.OTHER_MODEL))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.TOKEN_MODEL_NOT_ALLOWED));
    assertThat(enrolAnother(Company.MODEL)).isInstanceOf(Enrolling.Finished.Enrolled.class);
  }

  private Enrolling.Finished enrolAnother(UUID model) {
    Secret code =
        Objects.requireNonNull(
            Company.executed(
                    company.act(new Act.EnrolToken(company.person("alice").id(), null), "olga"))
                .code());
    return company.tryEnrol(
        "alice", code, company.freshKey(model), company.password("alice"), OFFICE);
  }

  @Test
  void reopenToken_recalledModel_isRefusedUntilItIsNoMore() {
    recall(recalling(1));
    Act reopening = new Act.ReopenToken(token("carol").id(), company.person("carol").id());
    assertThat(company.gate.approving().propose(company.signIn("olga", OFFICE), reopening, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
    recall(fido.blob(2, DUE, MetadataService.entry(Company.OTHER_MODEL, "FIDO_CERTIFIED")));
    assertThat(token("carol").state()).as("not by itself").isEqualTo(AuthenticatorState.SUSPENDED);
    Company.executed(company.act(reopening, "olga", "otto"));
    assertThat(trySignIn("carol")).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }
}

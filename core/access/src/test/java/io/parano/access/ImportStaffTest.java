package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.ImportedHash;
import io.parano.identity.Act;
import io.parano.identity.Proposal;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Newcomers who bring a password from another system: from the officer's file to the day it is one
/// of ours.
class ImportStaffTest {
  /// `Hello world!` (Drepper's vectors of SHA-crypt).
  private static final String HELLO =
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";

  private final Company company = new Company();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1 # Hello world!",
        "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5 # Hello world!",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW # U*U"
      })
  void passwordBrought_isGivenAtEnrolmentAndHashedAnewAtSignIn(String hash, String password) {
    Company.executed(company.sign(proposed("lea", hash).id(), "olga"));
    assertThat(company.gate.oldHashes().left()).isEqualTo(1);

    Secret code = code("lea");
    assertThat(
            company.tryEnrol(
                "lea", code, company.key("lea"), Secret.ofText(password + "x"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Again(Reason.PASSWORD_WRONG));
    assertThat(
            company.tryEnrol(
                "lea", code("lea"), company.key("lea"), Secret.ofText(password), OFFICE))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    assertThat(company.gate.oldHashes().left()).isEqualTo(1);

    company.signIn("lea", OFFICE, Secret.ofText(password));
    assertThat(company.gate.oldHashes().left()).isZero();
    company.signIn("lea", OFFICE, Secret.ofText(password));
  }

  @Test
  void somebodyWithoutAHash_choosesAPassword() {
    Company.executed(company.sign(proposed("lea", null).id(), "olga"));

    company.enrol("lea", code("lea"), OFFICE);
    assertThat(company.gate.oldHashes().left()).isZero();
  }

  @Test
  void whatLiesBesideTheAct_isNeitherTheHashNorItsDigest() {
    Proposal proposal = proposed("lea", HELLO);
    Bytes beside =
        java.util.Objects.requireNonNull(company.books.docket().enclosure(proposal.id()));

    String kept = new String(beside.copy(), StandardCharsets.UTF_8);
    assertThat(kept).startsWith("lea ").doesNotContain("svn8UoSVap", "saltstring");
    assertThat(proposal.act().canonical().text())
        .contains(beside.digest().hex())
        .doesNotContain("svn8UoSVap");
  }

  @Test
  void somethingElseBesideTheAct_isNotAdmitted() {
    Proposal other = proposed("lea", HELLO);
    Proposal proposal = proposed("tom", HELLO);
    Bytes swapped = company.books.docket().enclosure(other.id());
    Bytes own = company.books.docket().enclosure(proposal.id());
    put(proposal, swapped);

    assertThat(company.sign(proposal.id(), "olga"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ACT_NO_LONGER_APPLIES));
    assertThat(company.books.roster().named("tom")).isEmpty();

    put(proposal, own);
    assertThat(company.sign(proposal.id(), "otto")).isInstanceOf(Approving.Approved.Executed.class);
  }

  @Test
  void hashThatCannotBeRead_isToldWithItsNameAndNothingIsKept() {
    int before = company.ledger.events().size();
    String olga = company.signIn("olga", OFFICE);
    int after = company.ledger.events().size();

    assertThat(
            company
                .gate
                .importing()
                .staff(olga, List.of(bringing("lea", HELLO), bringing("tom", "hunter2")), OFFICE))
        .isEqualTo(
            new Importing.Staffed.Mistaken(
                List.of(new Importing.Unread("tom", ImportedHash.Wrong.SCHEME))));
    assertThat(company.ledger.events()).hasSize(after);
    assertThat(after).isGreaterThan(before);
  }

  @Test
  void somebodyKnown_cannotBeGivenAPassword() {
    String olga = company.signIn("olga", OFFICE);

    assertThat(company.gate.importing().staff(olga, List.of(bringing("alice", HELLO)), OFFICE))
        .isEqualTo(new Importing.Staffed.Refused(Reason.ACT_NO_LONGER_APPLIES));
    assertThat(company.gate.importing().staff(olga, List.of(bringing("lea", HELLO)), OFFICE))
        .isInstanceOf(Importing.Staffed.Proposed.class);
  }

  @Test
  void somebodyWhoIsNoOfficer_importsNothing() {
    String alice = company.signIn("alice", OFFICE);
    String olga = company.signIn("olga", OFFICE);

    assertThat(company.gate.importing().staff(alice, List.of(bringing("lea", HELLO)), OFFICE))
        .isEqualTo(new Importing.Staffed.Refused(Reason.NOT_AN_OFFICER));
    assertThat(company.gate.importing().staff(olga, List.of(bringing("lea", HELLO)), OFFICE))
        .isInstanceOf(Importing.Staffed.Proposed.class);
  }

  private Proposal proposed(String name, @Nullable String hash) {
    String olga = company.signIn("olga", OFFICE);
    return switch (company.gate.importing().staff(olga, List.of(bringing(name, hash)), OFFICE)) {
      case Importing.Staffed.Proposed(var proposal) -> proposal;
      case Importing.Staffed other -> throw new AssertionError("not proposed: " + other);
    };
  }

  private static Importing.Bringing bringing(String name, @Nullable String hash) {
    return new Importing.Bringing(Company.newcomer(name), hash);
  }

  private Secret code(String name) {
    Act act = new Act.EnrolToken(company.person(name).id(), null);
    Secret code = Company.executed(company.act(act, "olga")).code();
    return java.util.Objects.requireNonNull(code);
  }

  private void put(Proposal proposal, @Nullable Bytes beside) {
    company.books.commit(
        io.parano.audit.Event.at(
            company.clock.instant(),
            io.parano.audit.EventType.ACT_PROPOSED,
            io.parano.audit.Outcome.DONE),
        Arrays.asList(
            new Change.PutEnclosure(proposal.id(), java.util.Objects.requireNonNull(beside))));
  }
}

package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.argon2.Argon2Pool;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.ImportedHash;
import io.parano.authn.Passwords;
import io.parano.identity.Act;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A password that came from another system, from its first day here to the day it is one of ours.
class OldHashesTest {
  /// `Hello world!` (Drepper's vector).
  private static final String OLD =
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";

  private final Company company = new Company();

  @Test
  void signIn_withAnOldPassword_makesItOneOfOurs() {
    company.signIn("alice", OFFICE);
    give("alice", OLD);
    assertThat(company.gate.oldHashes().left()).isEqualTo(1);

    assertThat(
            company.trySignIn("alice", company.key("alice"), Secret.ofText("Hello world"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Again.class);
    assertThat(company.gate.oldHashes().left()).isEqualTo(1);
    assertThat(
            company.trySignIn("alice", company.key("alice"), Secret.ofText("Hello world!"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
    assertThat(company.gate.oldHashes().left()).isZero();
    assertThat(
            company.trySignIn("alice", company.key("alice"), Secret.ofText("Hello world!"), OFFICE))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  /// The old password is right, and is hashed once more when officers make it void.
  @Test
  void signIn_oldPasswordMadeVoidMeanwhile_staysVoidAndOtherwiseBecomesOneOfOurs() {
    company.signIn("alice", OFFICE);
    give("alice", OLD);
    PersonId alice = company.person("alice").id();
    Act reset = new Act.ResetPassword(alice);
    company.whileHashing(() -> company.whileHashing(() -> company.act(reset, "olga", "otto")));
    var _ = company.trySignIn("alice", company.key("alice"), Secret.ofText("Hello world!"), OFFICE);
    assertThat(company.books.roster().passwordOf(alice)).isEmpty();

    company.signIn("bob", OFFICE);
    give("bob", OLD);
    var _ = company.trySignIn("bob", company.key("bob"), Secret.ofText("Hello world!"), OFFICE);
    assertThat(company.books.roster().passwordOf(company.person("bob").id())).isPresent();
    assertThat(company.gate.oldHashes().left()).isZero();
  }

  private void give(String name, String hash) {
    PersonId person = company.person(name).id();
    Passwords passwords =
        new Passwords(
            Argon2Pool.startPureJava(1, 4), new Argon2Parameters(64, 1, 1), company.randomness);
    String stored =
        switch (ImportedHash.read(hash)) {
          case ImportedHash.Reading.Read(ImportedHash read) -> passwords.wrap(read);
          case ImportedHash.Reading.Mistaken(var wrong) -> throw new AssertionError(wrong);
        };
    byte[] sealed =
        new TestSealer().seal(stored.getBytes(StandardCharsets.UTF_8), "password/" + person);
    company.books.commit(
        Event.at(company.clock.instant(), EventType.PASSWORD_SET, Outcome.DONE),
        new Change.PutPassword(person, Bytes.of(sealed), List.of(), company.clock.instant()));
  }
}

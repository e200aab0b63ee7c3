package io.parano.access;

import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.Enrolment;
import io.parano.identity.Newcomer;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an approved act comes to: the changes to write, worked out from the books as they stand.
sealed interface Execution {
  /// The world moved on: the act means nothing now, or would break the quorum.
  record Refused(Reason reason) implements Execution {}

  /// @param code what is shown once: the one-time code of an enrolment, to hand over in person, or
  ///   a machine's key; null otherwise
  /// @param until how long the code works; null for as long as it is not taken away
  record Planned(
      EventType type, List<Change> changes, @Nullable Secret code, @Nullable Instant until)
      implements Execution {}

  static Execution of(
      Proposal proposal, Books books, Sealer sealer, Randomness randomness, Instant now) {
    return switch (proposal.act()) {
      case Act.AdmitStaff act -> admit(proposal, act, books, randomness, now);
      case Act.EnrolToken(var person, var until) ->
          enrol(proposal, person, until, false, books, randomness, now);
      case Act.ReplaceToken(var person, var until) ->
          enrol(proposal, person, until, true, books, randomness, now);
      case Act.ResetPassword(var person) ->
          PasswordActs.reset(proposal.id(), person, books, randomness, now);
      case Act.ChangeGroups(var id, var groups) ->
          forPerson(
              books, id, person -> changed(EventType.STAFF_CHANGED, person.in(groups).renewed()));
      case Act.AppointOfficer(var id) ->
          forPerson(
              books,
              id,
              person ->
                  person.state() == PersonState.ACTIVE && !person.officer()
                      ? changed(EventType.OFFICER_APPOINTED, person.asOfficer(true).renewed())
                      : new Refused(Reason.ACT_NO_LONGER_APPLIES));
      case Act.DismissOfficer(var id) -> forPerson(books, id, person -> dismiss(person, books));
      case Act.DismissStaff(var id) -> forPerson(books, id, person -> leave(person, books));
      case Act.EraseStaff(var id) -> erase(books.roster().person(id), books);
      case Act.ApplyPolicy(var replaces, var document) -> apply(replaces, document, books, now);
      case Act.ReopenPerson(var id) ->
          forPerson(
              books,
              id,
              person ->
                  person.state() == PersonState.FROZEN
                      ? changed(EventType.REOPENED, person.as(reopened(person, books)).renewed())
                      : new Refused(Reason.ACT_NO_LONGER_APPLIES));
      case Act.ReopenToken(var token, var person) -> reopenToken(token, person, books);
      case Act.EnrolOtp act -> OtpActs.enrol(proposal.id(), act, books, randomness, now);
      case Act.EnrolDevice act -> DeviceActs.enrol(act, books, randomness, now);
      case Act.AdmitClient act -> OtpActs.admit(act, books, sealer, randomness, now);
      case Act.DismissClient(var number) -> OtpActs.dismiss(number, books);
      case Act.SealCode(var id) -> GlassActs.seal(proposal.id(), id, books, randomness, now);
      case Act.NoteGlass noted -> new Planned(EventType.GLASS_NOTED, List.of(), null, null);
      case Act.ReopenNetwork(var network) -> {
        List<Change> changes =
            new ArrayList<>(
                Endings.of(
                    books,
                    session ->
                        network.contains(session.source().first())
                            || Endings.holdsAddressIn(books, session, network)));
        changes.add(new Change.ReopenNetwork(network));
        yield books.closures().networks().contains(network)
            ? new Planned(EventType.REOPENED, changes, null, null)
            : new Refused(Reason.ACT_NO_LONGER_APPLIES);
      }
      case Act.ReopenEverybody() ->
          books.closures().everybody()
              ? planned(
                  EventType.REOPENED, new Change.PutEpoch(books.closures().epoch() + 1, false))
              : new Refused(Reason.ACT_NO_LONGER_APPLIES);
    };
  }

  private static Execution admit(
      Proposal proposal, Act.AdmitStaff act, Books books, Randomness randomness, Instant now) {
    Map<String, PersonId> bringing = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    if (act.passwords() != null) {
      Bytes beside = books.docket().enclosure(proposal.id());
      if (beside == null || !beside.digest().equals(act.passwords())) {
        return new Refused(Reason.ACT_NO_LONGER_APPLIES);
      }
      for (BroughtPassword each : BroughtPassword.read(beside)) {
        bringing.put(each.name(), each.person());
        changes.add(new Change.PutPassword(each.person(), each.sealed(), List.of(), now));
      }
      changes.add(new Change.DropEnclosure(proposal.id()));
    }
    for (Newcomer newcomer : act.newcomers()) {
      if (books.roster().named(newcomer.name()).isPresent()) {
        return new Refused(Reason.ACT_NO_LONGER_APPLIES);
      }
      PersonId known = bringing.get(newcomer.name());
      PersonId id = known == null ? PersonId.next(now, randomness) : known;
      changes.add(new Change.PutPerson(invited(id, newcomer, false, randomness)));
    }
    return new Planned(EventType.STAFF_ADMITTED, changes, null, null);
  }

  static Person invited(Newcomer newcomer, boolean officer, Randomness randomness, Instant now) {
    return invited(PersonId.next(now, randomness), newcomer, officer, randomness);
  }

  private static Person invited(
      PersonId id, Newcomer newcomer, boolean officer, Randomness randomness) {
    return new Person(
        id,
        newcomer.name(),
        newcomer.displayName(),
        newcomer.email(),
        newcomer.groups(),
        PersonState.INVITED,
        officer,
        0,
        newcomer.language(),
        Bytes.of(randomness.bytes(32)));
  }

  private static Execution enrol(
      Proposal proposal,
      PersonId id,
      @Nullable Instant tokenUntil,
      boolean replaces,
      Books books,
      Randomness randomness,
      Instant now) {
    return forPerson(
        books,
        id,
        person -> {
          // With a void password, one officer could set another beside a token of their choice.
          boolean voided =
              person.state() == PersonState.ACTIVE && books.roster().passwordOf(id).isEmpty();
          if (person.state() == PersonState.FROZEN
              || (replaces ? person.state() != PersonState.ACTIVE : voided)) {
            return new Refused(Reason.ACT_NO_LONGER_APPLIES);
          }
          Secret code = EnrolmentCode.random(randomness);
          Instant expiresAt = now.plus(GateSettings.ENROLMENT);
          Enrolment enrolment =
              new Enrolment(
                  proposal.id(),
                  id,
                  code.digest(),
                  books.roster().passwordOf(id).isEmpty(),
                  replaces,
                  expiresAt,
                  tokenUntil);
          return new Planned(
              EventType.ENROLMENT_OPENED,
              List.of(new Change.PutEnrolment(enrolment)),
              code,
              expiresAt);
        });
  }

  private static Execution dismiss(Person person, Books books) {
    if (!person.officer()) {
      return new Refused(Reason.ACT_NO_LONGER_APPLIES);
    }
    return books.roster().officers().size() <= Officers.QUORUM
        ? new Refused(Reason.QUORUM_WOULD_BREAK)
        : changed(EventType.OFFICER_DISMISSED, person.asOfficer(false).renewed());
  }

  private static Execution leave(Person person, Books books) {
    if (person.officer() && books.roster().officers().size() <= Officers.QUORUM) {
      return new Refused(Reason.QUORUM_WOULD_BREAK);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutPerson(person.as(PersonState.GONE).asOfficer(false).renewed()));
    books.roster().tokensOf(person.id()).stream()
        .map(token -> new Change.PutAuthenticator(token.as(AuthenticatorState.CUT)))
        .forEach(changes::add);
    books.roster().devicesOf(person.id()).stream()
        .map(device -> new Change.PutDevice(device.as(Device.State.CUT)))
        .forEach(changes::add);
    changes.add(new Change.DropPassword(person.id()));
    books.docket().enrolments().stream()
        .filter(enrolment -> enrolment.person().equals(person.id()))
        .map(enrolment -> new Change.CloseEnrolment(enrolment.act()))
        .forEach(changes::add);
    changes.addAll(Endings.of(books, session -> session.person().equals(person.id())));
    return new Planned(EventType.STAFF_DEPARTED, changes, null, null);
  }

  private static Execution erase(@Nullable Person person, Books books) {
    if (person == null
        || person.state() != PersonState.GONE
        || person.name().equals(person.erased().name())) {
      return new Refused(Reason.ACT_NO_LONGER_APPLIES);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutPerson(person.erased()));
    books.roster().tokensOf(person.id()).stream()
        .map(token -> new Change.PutAuthenticator(token.unnamed()))
        .forEach(changes::add);
    books.roster().otpTokensOf(person.id()).stream()
        .map(token -> new Change.PutOtpToken(token.unnamed()))
        .forEach(changes::add);
    books.roster().devicesOf(person.id()).stream()
        .map(device -> new Change.PutDevice(device.unnamed()))
        .forEach(changes::add);
    books.docket().proposals().stream()
        .filter(proposal -> Subjects.describes(proposal.act(), person))
        .forEach(proposal -> {
          changes.add(new Change.DropProposal(proposal.id()));
          changes.add(new Change.DropEnclosure(proposal.id()));
        });
    changes.add(new Change.ErasePersonal(person.id()));
    return new Planned(EventType.STAFF_ERASED, changes, null, null);
  }

  private static Execution apply(
      io.parano.kernel.Digest replaces, String document, Books books, Instant now) {
    PolicyInForce present = books.policy();
    if (!present.policy().digest().equals(replaces)) {
      return new Refused(Reason.ACT_NO_LONGER_APPLIES);
    }
    return switch (Policy.read(document)) {
      case PolicyReading.Mistaken mistaken -> new Refused(Reason.ACT_NO_LONGER_APPLIES);
      case PolicyReading.Read read ->
          planned(
              EventType.POLICY_APPLIED,
              new Change.PutPolicy(present.version() + 1, read.policy().digest(), document, now));
    };
  }

  private static Execution reopenToken(AuthenticatorId id, PersonId holder, Books books) {
    Change reopening = reopening(id, holder, books.roster());
    Authenticator token = books.roster().token(id);
    boolean recalled = token != null && books.recalls().status(token.aaguid()) != null;
    return reopening == null || recalled
        ? new Refused(Reason.ACT_NO_LONGER_APPLIES)
        : forPerson(
            books,
            holder,
            person ->
                new Planned(
                    EventType.REOPENED,
                    List.of(reopening, new Change.PutPerson(person.renewed())),
                    null,
                    null));
  }

  /// The change that makes the holder's token count again; null when there is nothing to reopen.
  private static @Nullable Change reopening(AuthenticatorId id, PersonId holder, Roster roster) {
    Authenticator token = roster.token(id);
    OtpToken otp = roster.otpToken(id);
    if (token != null) {
      return token.person().equals(holder) && token.state() != AuthenticatorState.ACTIVE
          ? new Change.PutAuthenticator(token.as(AuthenticatorState.ACTIVE))
          : null;
    }
    return otp != null && otp.person().equals(holder) && otp.state() != AuthenticatorState.ACTIVE
        ? new Change.PutOtpToken(otp.as(AuthenticatorState.ACTIVE))
        : null;
  }

  /// Somebody who was frozen before ever enrolling goes back to being invited.
  private static PersonState reopened(Person person, Books books) {
    return books.roster().tokensOf(person.id()).isEmpty()
        ? PersonState.INVITED
        : PersonState.ACTIVE;
  }

  static Execution forPerson(
      Books books, PersonId id, java.util.function.Function<Person, Execution> then) {
    Person person = books.roster().person(id);
    return person == null || person.state() == PersonState.GONE
        ? new Refused(Reason.ACT_NO_LONGER_APPLIES)
        : then.apply(person);
  }

  private static Execution changed(EventType type, Person person) {
    return planned(type, new Change.PutPerson(person));
  }

  static Execution planned(EventType type, Change change) {
    return new Planned(type, List.of(change), null, null);
  }
}

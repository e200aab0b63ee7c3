package io.parano.access;

import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Argon2;
import io.parano.authn.ImportedHash;
import io.parano.identity.Act;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Newcomers with the hashes of their passwords elsewhere: each wrapped in Argon2id and sealed
/// before anything is kept, then put before the officers as the act that admits them.
final class ImportStaff {
  private final Books books;
  private final Portals portals;
  private final SealedPasswords passwords;
  private final Randomness randomness;
  private final InstantSource clock;

  ImportStaff(
      Books books,
      Portals portals,
      SealedPasswords passwords,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.passwords = passwords;
    this.randomness = randomness;
    this.clock = clock;
  }

  Importing.Staffed admit(String bearer, List<Importing.Bringing> people, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Importing.Staffed.Refused(reason);
      case Portals.Found.Holder(var live, var officer) -> {
        boolean known =
            people.stream()
                .anyMatch(one -> books.roster().named(one.newcomer().name()).isPresent());
        yield known
            ? new Importing.Staffed.Refused(Reason.ACT_NO_LONGER_APPLIES)
            : read(bearer, people, officer, source, now);
      }
    };
  }

  private Importing.Staffed read(
      String bearer,
      List<Importing.Bringing> people,
      Person officer,
      IpAddress source,
      Instant now) {
    List<Importing.Unread> unread = new ArrayList<>();
    List<Read> read = new ArrayList<>();
    try {
      for (Importing.Bringing one : people) {
        String name = one.newcomer().name();
        switch (one.hash() == null ? null : ImportedHash.read(one.hash())) {
          case null -> {}
          case ImportedHash.Reading.Mistaken(var wrong) ->
              unread.add(new Importing.Unread(name, wrong));
          case ImportedHash.Reading.Read(var hash) -> read.add(new Read(name, hash));
        }
      }
      return unread.isEmpty()
          ? wrapped(bearer, people, read, officer, source, now)
          : new Importing.Staffed.Mistaken(unread);
    } finally {
      read.forEach(one -> one.hash().close());
    }
  }

  private record Read(String name, ImportedHash hash) {}

  /// Wrapping takes its time: that it is an officer who asks must still hold.
  private Importing.Staffed wrapped(
      String bearer,
      List<Importing.Bringing> people,
      List<Read> read,
      Person officer,
      IpAddress source,
      Instant now) {
    List<BroughtPassword> brought = new ArrayList<>();
    try {
      for (Read one : read) {
        PersonId id = PersonId.next(now, randomness);
        brought.add(new BroughtPassword(one.name(), id, passwords.brought(id, one.hash())));
      }
    } catch (Argon2.Busy e) {
      return new Importing.Staffed.Refused(Reason.RATE_LIMITED);
    }
    return portals.findOfficer(bearer, source, clock.instant())
            instanceof Portals.Found.Nobody(var reason)
        ? new Importing.Staffed.Refused(reason)
        : proposed(people, brought, officer, source);
  }

  private Importing.Staffed proposed(
      List<Importing.Bringing> people,
      List<BroughtPassword> brought,
      Person officer,
      IpAddress source) {
    Instant now = clock.instant();
    Bytes beside = BroughtPassword.write(brought);
    List<Newcomer> newcomers = people.stream().map(Importing.Bringing::newcomer).toList();
    Act act = new Act.AdmitStaff(newcomers, brought.isEmpty() ? null : beside.digest());
    Reason full = ActsWaiting.refusal(books, officer.id(), List.of(act), now);
    if (full != null) {
      return new Importing.Staffed.Refused(full);
    }
    Proposal proposal = OfficersDesk.proposal(act, officer, randomness, now);
    List<Change> changes = new ArrayList<>(List.of(new Change.PutProposal(proposal)));
    if (!brought.isEmpty()) {
      changes.add(new Change.PutEnclosure(proposal.id(), beside));
    }
    books.commit(
        OfficersDesk.event(EventType.ACT_PROPOSED, Outcome.DONE, proposal, officer, source, now)
            .with("passwords", Integer.toString(brought.size())),
        changes);
    return new Importing.Staffed.Proposed(proposal);
  }
}

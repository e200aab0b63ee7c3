package io.parano.access;

import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.OtpRecord;
import io.parano.authn.OtpRecords;
import io.parano.identity.Act;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// [Importing]: read, sealed, proposed. Staff is handed on to [ImportStaff].
final class ImportOtp implements Importing {
  private static final int LONGEST_LABEL = 64;

  private final Books books;
  private final Portals portals;
  private final OtpSeeds seeds;
  private final ImportStaff staff;
  private final Randomness randomness;
  private final InstantSource clock;

  ImportOtp(
      Books books,
      Portals portals,
      OtpSeeds seeds,
      ImportStaff staff,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.seeds = seeds;
    this.staff = staff;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Imported otpTokens(
      String bearer, String name, String label, Secret file, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Imported.Refused(reason);
      case Portals.Found.Holder(var live, var officer) ->
          switch (OtpRecords.read(new String(file.copy(), StandardCharsets.UTF_8))) {
            case OtpRecords.Reading.Mistaken(var mistakes) -> new Imported.Mistaken(mistakes);
            case OtpRecords.Reading.Read(var records) -> {
              try {
                yield propose(officer, name, label, records, source, now);
              } finally {
                records.forEach(OtpRecord::close);
              }
            }
          };
    };
  }

  @Override
  public Staffed staff(String bearer, List<Bringing> people, IpAddress source) {
    return staff.admit(bearer, people, source);
  }

  private Imported propose(
      Person officer,
      String name,
      String label,
      List<OtpRecord> records,
      IpAddress source,
      Instant now) {
    Person holder = books.roster().named(name).orElse(null);
    if (holder == null) {
      return new Imported.Refused(Reason.PERSON_UNKNOWN);
    }
    for (OtpRecord each : records) {
      Reason objection = OtpActs.objection(holder, each.publicId(), books);
      if (objection != null) {
        return new Imported.Refused(objection);
      }
    }
    Map<Act, Bytes> acts = new LinkedHashMap<>();
    for (OtpRecord each : records) {
      Bytes sealed = seeds.seal(each.publicId(), each.seed());
      acts.put(enrolment(holder, label, each, sealed), sealed);
    }
    Reason full = ActsWaiting.refusal(books, officer.id(), List.copyOf(acts.keySet()), now);
    if (full != null) {
      return new Imported.Refused(full);
    }
    List<Proposal> proposals = new ArrayList<>();
    acts.forEach((act, sealed) -> proposals.add(propose(officer, act, sealed, source, now)));
    return new Imported.Proposed(proposals);
  }

  private static Act enrolment(Person holder, String label, OtpRecord token, Bytes sealed) {
    String called = label.isBlank() ? token.publicId() : label.strip();
    return new Act.EnrolOtp(
        holder.id(),
        called.substring(0, Math.min(LONGEST_LABEL, called.length())),
        token.publicId(),
        sealed.digest());
  }

  private Proposal propose(Person officer, Act act, Bytes sealed, IpAddress source, Instant now) {
    Proposal proposal = OfficersDesk.proposal(act, officer, randomness, now);
    books.commit(
        OfficersDesk.event(EventType.ACT_PROPOSED, Outcome.DONE, proposal, officer, source, now),
        new Change.PutProposal(proposal),
        new Change.PutEnclosure(proposal.id(), sealed));
    return proposal;
  }
}

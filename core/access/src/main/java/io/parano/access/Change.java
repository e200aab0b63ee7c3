package io.parano.access;

import io.parano.authn.PasswordRules;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.Device;
import io.parano.identity.Enrolment;
import io.parano.identity.OtpCounters;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.identity.ValidationClient;
import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Lease;
import io.parano.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A change of durable state, as a value. Changes reach the store only together with the event that
/// tells of them ([Ledger]), in one transaction: there is no other way to write. Every change is
/// idempotent: applied twice, it leaves what it left the first time.
public sealed interface Change {
  record PutPerson(Person person) implements Change {}

  record PutAuthenticator(Authenticator authenticator) implements Change {}

  /// The token's signature counter, and nothing else of it: a count that arrives after a cut
  /// revives nothing.
  record CountToken(AuthenticatorId token, long signCount) implements Change {}

  record PutOtpToken(OtpToken token) implements Change {}

  /// How far the token has come. It never goes back, whatever becomes of the token.
  record CountOtp(AuthenticatorId token, OtpCounters counters) implements Change {}

  record PutDevice(Device device) implements Change {}

  record PutClient(ValidationClient client) implements Change {}

  record DropClient(long number) implements Change {}

  /// What lies sealed beside a proposal until it is done.
  record PutEnclosure(ActId act, Bytes sealed) implements Change {}

  record DropEnclosure(ActId act) implements Change {}

  /// @param hash the sealed PHC string in force; empty while officers have made it void, when no
  ///   password is the right one
  /// @param previous sealed PHC strings of the ones before, newest first, at most four (PCI DSS
  ///   8.3.7)
  record PutPassword(PersonId person, Bytes hash, List<Bytes> previous, Instant setAt)
      implements Change {
    public PutPassword {
      previous = List.copyOf(previous);
    }

    /// Whether there is none that could be right. The ones before are remembered all the same.
    boolean isVoid() {
      return hash.length() == 0;
    }

    /// Those that may not come back, newest first.
    List<Bytes> remembered() {
      return Stream.concat(isVoid() ? Stream.empty() : Stream.of(hash), previous.stream())
          .limit(PasswordRules.REMEMBERED)
          .toList();
    }

    /// From now on no password is the right one.
    PutPassword voided(Instant now) {
      return new PutPassword(person, Bytes.EMPTY, remembered(), now);
    }
  }

  /// The person has no password any more, present or remembered.
  record DropPassword(PersonId person) implements Change {}

  /// What entries of the log hold beside the tree about the person is deleted: theirs before this
  /// change, and those that it is committed with. What the tree holds stays, and every proof with
  /// it. Takes seconds per ten million entries, during which nothing else is recorded.
  record ErasePersonal(PersonId person) implements Change {}

  record PutSession(Session session) implements Change {}

  /// The token was touched again; a session that is over stays over.
  record TouchSession(SessionId session, Instant at) implements Change {}

  /// An address is the tunnel's from now on. A tunnel has one at most, and an address one tunnel.
  record PutLease(Lease lease) implements Change {}

  /// The session is over, and with it the lease that hung on it; ending one that does not exist
  /// changes nothing.
  record EndSession(SessionId session) implements Change {}

  /// An SSH certificate that is about to be signed.
  record PutCertificate(IssuedCertificate certificate) implements Change {}

  record PutProposal(Proposal proposal) implements Change {}

  /// Nothing is left of the proposal's words. Signatures under it, which say nothing without them,
  /// and what the log tells stay.
  record DropProposal(ActId act) implements Change {}

  record PutApproval(Approval approval) implements Change {}

  record PutEnrolment(Enrolment enrolment) implements Change {}

  record CloseEnrolment(ActId act) implements Change {}

  /// A policy in force from `at` on; versions grow by one.
  record PutPolicy(long version, Digest digest, String document, Instant at) implements Change {}

  record CutNetwork(IpPrefix network, Instant at) implements Change {}

  record ReopenNetwork(IpPrefix network) implements Change {}

  /// Which models count no more; what was imported before is replaced by what is later.
  record PutRecalls(Recalls recalls, Instant at) implements Change {}

  /// Everybody is out, sessions of earlier epochs are over, and nobody comes in while `closed`.
  record PutEpoch(long epoch, boolean closed) implements Change {}
}

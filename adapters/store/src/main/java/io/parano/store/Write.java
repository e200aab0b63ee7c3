package io.parano.store;

import static io.parano.store.Columns.flag;
import static io.parano.store.Columns.id;
import static io.parano.store.Columns.micros;
import static io.parano.store.Columns.microsOrNull;
import static io.parano.store.Columns.words;

import io.parano.access.Change;
import io.parano.access.IssuedCertificate;
import io.parano.access.Recalls;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.Device;
import io.parano.identity.Enrolment;
import io.parano.identity.OtpCounters;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.identity.ValidationClient;
import io.parano.kernel.Canonical;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.SessionId;
import io.parano.session.Lease;
import io.parano.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement with its values: what a change comes to in SQL, and what the reserve keeps of it.
///
/// @param values `Long`, `String`, `byte[]` or null
record Write(Sql sql, List<@Nullable Object> values) {
  Write {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  static Write of(Sql sql, @Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    Collections.addAll(list, values);
    return new Write(sql, list);
  }

  static List<Write> of(List<Change> changes) {
    return changes.isEmpty() ? List.of() : changes.stream().map(Write::of).toList();
  }

  static Write seen(SessionId session, Instant at) {
    return of(Sql.SEEN, id(session.value()), micros(at));
  }

  static Write of(Change change) {
    return switch (change) {
      case Change.PutPerson(Person person) -> person(person);
      case Change.PutAuthenticator(Authenticator authenticator) -> authenticator(authenticator);
      case Change.CountToken(var token, long signCount) ->
          of(Sql.COUNT_TOKEN, id(token.value()), signCount);
      case Change.PutOtpToken(OtpToken token) -> otpToken(token);
      case Change.CountOtp(var token, OtpCounters counters) ->
          of(
              Sql.COUNT_OTP,
              id(token.value()),
              Columns.place(counters),
              (long) counters.timestamp(),
              micros(counters.at()),
              counters.nonce());
      case Change.PutDevice(Device device) -> device(device);
      case Change.PutClient(ValidationClient client) ->
          of(
              Sql.PUT_CLIENT,
              client.number(),
              client.label(),
              client.key().copy(),
              Canonical.object()
                  .put("networks", client.addresses().stream().map(IpPrefix::toString).toList())
                  .text(),
              micros(client.admittedAt()));
      case Change.DropClient(long number) -> of(Sql.DROP_CLIENT, number);
      case Change.PutEnclosure(var act, var sealed) ->
          of(Sql.PUT_ENCLOSURE, id(act.value()), sealed.copy());
      case Change.DropEnclosure(var act) -> of(Sql.DROP_ENCLOSURE, (Object) id(act.value()));
      case Change.PutPassword(var person, var hash, var previous, var setAt) ->
          of(Sql.PUT_PASSWORD, id(person.value()), hash.copy(), words(previous), micros(setAt));
      case Change.DropPassword(var person) -> of(Sql.DROP_PASSWORD, (Object) id(person.value()));
      case Change.ErasePersonal(var person) -> of(Sql.ERASE_PERSONAL, (Object) id(person.value()));
      case Change.PutSession(Session session) -> session(session);
      case Change.TouchSession(var session, Instant at) ->
          of(Sql.TOUCH_SESSION, id(session.value()), micros(at));
      case Change.EndSession(var session) -> of(Sql.END_SESSION, (Object) id(session.value()));
      case Change.PutLease(Lease lease) -> lease(lease);
      case Change.PutCertificate(IssuedCertificate certificate) -> certificate(certificate);
      case Change.PutProposal(Proposal proposal) -> proposal(proposal);
      case Change.DropProposal(var act) -> of(Sql.DROP_PROPOSAL, (Object) id(act.value()));
      case Change.PutApproval(Approval approval) -> approval(approval);
      case Change.PutEnrolment(Enrolment enrolment) -> enrolment(enrolment);
      case Change.CloseEnrolment(var act) -> of(Sql.CLOSE_ENROLMENT, (Object) id(act.value()));
      case Change.PutPolicy(long version, var digest, String document, Instant at) ->
          of(Sql.PUT_POLICY, version, digest.bytes(), document, micros(at));
      case Change.CutNetwork(var network, Instant at) ->
          of(Sql.CUT_NETWORK, network.toString(), micros(at));
      case Change.ReopenNetwork(var network) -> of(Sql.REOPEN_NETWORK, network.toString());
      case Change.PutRecalls(Recalls recalls, Instant at) ->
          of(
              Sql.PUT_RECALLS,
              1L,
              recalls.number(),
              recalls.nextUpdate().toString(),
              Canonical.object()
                  .put(
                      "models",
                      recalls.models().entrySet().stream()
                          .map(model -> model.getKey() + " " + model.getValue())
                          .toList())
                  .text(),
              micros(at));
      case Change.PutEpoch(long epoch, boolean closed) ->
          of(Sql.PUT_EPOCH, 1L, epoch, flag(closed));
    };
  }

  private static Write person(Person person) {
    return of(
        Sql.PUT_PERSON,
        id(person.id().value()),
        person.name(),
        person.displayName(),
        person.email(),
        Canonical.object().put("groups", person.groups()).text(),
        person.state().name(),
        flag(person.officer()),
        person.generation(),
        person.language().name(),
        person.handle().copy());
  }

  private static Write authenticator(Authenticator authenticator) {
    return of(
        Sql.PUT_AUTHENTICATOR,
        id(authenticator.id().value()),
        id(authenticator.person().value()),
        authenticator.label(),
        authenticator.credentialId().copy(),
        authenticator.publicKey().copy(),
        id(authenticator.aaguid()),
        authenticator.signCount(),
        authenticator.state().name(),
        micros(authenticator.enrolledAt()),
        microsOrNull(authenticator.until()),
        authenticator.attestationObject().copy(),
        authenticator.attestationClientData().copy());
  }

  private static Write otpToken(OtpToken token) {
    return of(
        Sql.PUT_OTP_TOKEN,
        id(token.id().value()),
        id(token.person().value()),
        token.label(),
        token.publicId(),
        token.seed().copy(),
        token.state().name(),
        micros(token.enrolledAt()));
  }

  private static Write device(Device device) {
    return of(
        Sql.PUT_DEVICE,
        id(device.id().value()),
        id(device.person().value()),
        device.label(),
        device.kind().name(),
        device.key().copy(),
        device.address().toString(),
        device.state().name(),
        micros(device.enrolledAt()));
  }

  private static Write session(Session session) {
    SessionId parent = session.parent();
    return of(
        Sql.PUT_SESSION,
        id(session.id().value()),
        session.token().bytes(),
        session.kind().name(),
        session.host(),
        id(session.person().value()),
        id(session.authenticator().value()),
        session.source().toString(),
        session.generation(),
        session.epoch(),
        micros(session.startedAt()),
        micros(session.touchedAt()),
        micros(session.endsAt()),
        parent == null ? null : id(parent.value()));
  }

  private static Write lease(Lease lease) {
    DeviceId device = lease.device();
    return of(
        Sql.PUT_LEASE,
        id(lease.tunnel().value()),
        lease.address().toString(),
        device == null ? null : id(device.value()),
        micros(lease.startedAt()),
        micros(lease.endsAt()));
  }

  private static Write certificate(IssuedCertificate certificate) {
    return of(
        Sql.PUT_CERTIFICATE,
        certificate.serial(),
        id(certificate.session().value()),
        certificate.purpose().name(),
        certificate.hosts(),
        certificate.fingerprint(),
        micros(certificate.issuedAt()),
        micros(certificate.usableUntil()),
        micros(certificate.endsAt()));
  }

  private static Write proposal(Proposal proposal) {
    return of(
        Sql.PUT_PROPOSAL,
        id(proposal.id().value()),
        ActText.write(proposal.act()),
        proposal.nonce().copy(),
        id(proposal.proposer().value()),
        micros(proposal.proposedAt()),
        micros(proposal.expiresAt()),
        proposal.state().name());
  }

  private static Write approval(Approval approval) {
    return of(
        Sql.PUT_APPROVAL,
        id(approval.act().value()),
        id(approval.officer().value()),
        id(approval.token().value()),
        approval.authenticatorData().copy(),
        approval.clientData().copy(),
        approval.signature().copy(),
        micros(approval.at()));
  }

  private static Write enrolment(Enrolment enrolment) {
    return of(
        Sql.PUT_ENROLMENT,
        id(enrolment.act().value()),
        id(enrolment.person().value()),
        enrolment.code().bytes(),
        flag(enrolment.setsPassword()),
        flag(enrolment.cutsOtherTokens()),
        micros(enrolment.expiresAt()),
        microsOrNull(enrolment.tokenUntil()));
  }
}

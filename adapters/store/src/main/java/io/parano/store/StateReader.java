package io.parano.store;

import static io.parano.store.Columns.bytes;
import static io.parano.store.Columns.digest;
import static io.parano.store.Columns.flag;
import static io.parano.store.Columns.instant;
import static io.parano.store.Columns.instantOrNull;
import static io.parano.store.Columns.uuid;

import io.parano.access.Change;
import io.parano.access.DevicePassword;
import io.parano.access.IssuedCertificate;
import io.parano.access.Recalls;
import io.parano.access.State;
import io.parano.access.Untold;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.Enrolment;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.identity.ValidationClient;
import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Lease;
import io.parano.session.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads the state back as the changes that lead to it, in an order in which nothing is mentioned
/// before it exists. Proposals count as live while they are open or while an enrolment that came of
/// them is; so do the approvals that they carry.
final class StateReader {
  private static final String LIVE = "(state = 'OPEN' OR id IN (SELECT act FROM enrolment))";

  private final Connection connection;
  private final List<Change> changes = new ArrayList<>();
  private final Map<SessionId, Instant> lastSeen = new HashMap<>();

  private StateReader(Connection connection) {
    this.connection = connection;
  }

  static State read(Connection connection) throws SQLException {
    try {
      return new StateReader(connection).read();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unreadable("the stored state can't be read: " + e.getMessage(), e);
    }
  }

  private State read() throws SQLException {
    each("SELECT * FROM everybody", row -> add(epoch(row)));
    each("SELECT * FROM policy ORDER BY version DESC LIMIT 1", row -> add(policy(row)));
    each("SELECT * FROM recall", row -> add(recalls(row)));
    each("SELECT * FROM cut_network", row -> add(cutNetwork(row)));
    each("SELECT * FROM cut_zone", row -> add(cutZone(row)));
    each("SELECT * FROM untold", row -> add(new Change.PutUntold(untold(row))));
    each("SELECT * FROM person", row -> add(new Change.PutPerson(person(row))));
    each(
        "SELECT * FROM authenticator", row -> add(new Change.PutAuthenticator(authenticator(row))));
    each("SELECT * FROM otp_token", row -> add(new Change.PutOtpToken(otpToken(row))));
    each("SELECT * FROM otp_use", row -> add(otpUse(row)));
    each("SELECT * FROM vpn_device", row -> add(new Change.PutDevice(device(row))));
    each("SELECT * FROM validation_client", row -> add(new Change.PutClient(client(row))));
    each("SELECT * FROM enclosure", row -> add(enclosure(row)));
    each("SELECT * FROM password", row -> add(password(row)));
    each("SELECT * FROM proposal WHERE " + LIVE, row -> add(new Change.PutProposal(proposal(row))));
    each(
        "SELECT * FROM approval WHERE act IN (SELECT id FROM proposal WHERE " + LIVE + ")",
        row -> add(new Change.PutApproval(approval(row))));
    each("SELECT * FROM enrolment", row -> add(new Change.PutEnrolment(enrolment(row))));
    // Portal sessions come before the ones that came from them.
    each("SELECT * FROM session ORDER BY parent IS NOT NULL", this::addSession);
    each(
        "SELECT * FROM lease WHERE session IN (SELECT id FROM session) ORDER BY started_at",
        row -> add(new Change.PutLease(lease(row))));
    each(
        "SELECT * FROM device_password",
        row -> add(new Change.PutDevicePassword(devicePassword(row))));
    each("SELECT * FROM ssh_certificate", row -> add(new Change.PutCertificate(certificate(row))));
    return new State(changes, lastSeen);
  }

  private void add(Change change) {
    changes.add(change);
  }

  private void addSession(ResultSet row) throws SQLException {
    Session session = session(row);
    add(new Change.PutSession(session));
    Instant seen = instantOrNull(row, "seen_at");
    if (seen != null) {
      lastSeen.put(session.id(), seen);
    }
  }

  private static Change epoch(ResultSet row) throws SQLException {
    return new Change.PutEpoch(row.getLong("epoch"), flag(row, "closed"));
  }

  private static Change policy(ResultSet row) throws SQLException {
    return new Change.PutPolicy(
        row.getLong("version"),
        digest(row, "digest"),
        row.getString("document"),
        instant(row, "at"));
  }

  private static Change recalls(ResultSet row) throws SQLException {
    SortedMap<UUID, String> models = new TreeMap<>();
    for (String model : Json.strings(Json.object(row.getString("models")), "models")) {
      String[] words = model.split(" ", 2);
      models.put(UUID.fromString(words[0]), words[words.length - 1]);
    }
    return new Change.PutRecalls(
        new Recalls(row.getLong("number"), LocalDate.parse(row.getString("next_update")), models),
        instant(row, "at"));
  }

  private static Change cutNetwork(ResultSet row) throws SQLException {
    return new Change.CutNetwork(IpPrefix.parse(row.getString("network")), instant(row, "at"));
  }

  private static Change cutZone(ResultSet row) throws SQLException {
    return new Change.CutZone(
        row.getString("zone"),
        Json.strings(Json.object(row.getString("networks")), "networks").stream()
            .map(IpPrefix::parse)
            .collect(Collectors.toSet()),
        instant(row, "at"));
  }

  private static Untold untold(ResultSet row) throws SQLException {
    return new Untold(
        row.getLong("number"), instant(row, "at"), EndedText.read(row.getString("ended")));
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(
        new PersonId(uuid(row, "id")),
        row.getString("name"),
        row.getString("display_name"),
        row.getString("email"),
        new TreeSet<>(Json.strings(Json.object(row.getString("member_of")), "groups")),
        PersonState.valueOf(row.getString("state")),
        flag(row, "officer"),
        row.getLong("generation"),
        Language.valueOf(row.getString("language")),
        bytes(row, "handle"));
  }

  private static Authenticator authenticator(ResultSet row) throws SQLException {
    return new Authenticator(
        new AuthenticatorId(uuid(row, "id")),
        new PersonId(uuid(row, "person")),
        row.getString("label"),
        bytes(row, "credential_id"),
        bytes(row, "public_key"),
        uuid(row, "aaguid"),
        row.getLong("sign_count"),
        AuthenticatorState.valueOf(row.getString("state")),
        instant(row, "enrolled_at"),
        instantOrNull(row, "until"),
        bytes(row, "attestation_object"),
        bytes(row, "attestation_client_data"));
  }

  private static OtpToken otpToken(ResultSet row) throws SQLException {
    return new OtpToken(
        new AuthenticatorId(uuid(row, "id")),
        new PersonId(uuid(row, "person")),
        row.getString("label"),
        row.getString("public_id"),
        bytes(row, "seed"),
        AuthenticatorState.valueOf(row.getString("state")),
        instant(row, "enrolled_at"));
  }

  private static Change otpUse(ResultSet row) throws SQLException {
    return new Change.CountOtp(
        new AuthenticatorId(uuid(row, "token")),
        Columns.counters(
            row.getLong("place"),
            row.getLong("clock"),
            instant(row, "at"),
            row.getString("nonce")));
  }

  private static ValidationClient client(ResultSet row) throws SQLException {
    return new ValidationClient(
        row.getLong("number"),
        row.getString("label"),
        bytes(row, "secret"),
        Json.strings(Json.object(row.getString("addresses")), "networks").stream()
            .map(IpPrefix::parse)
            .toList(),
        instant(row, "admitted_at"));
  }

  private static Change enclosure(ResultSet row) throws SQLException {
    return new Change.PutEnclosure(new ActId(uuid(row, "act")), bytes(row, "sealed"));
  }

  private static Change password(ResultSet row) throws SQLException {
    return new Change.PutPassword(
        new PersonId(uuid(row, "person")),
        bytes(row, "hash"),
        Columns.bytesOfWords(row.getString("previous")),
        instant(row, "set_at"));
  }

  private static Session session(ResultSet row) throws SQLException {
    byte[] parent = row.getBytes("parent");
    return new Session(
        new SessionId(uuid(row, "id")),
        digest(row, "token"),
        Session.Kind.valueOf(row.getString("kind")),
        row.getString("host"),
        new PersonId(uuid(row, "person")),
        new AuthenticatorId(uuid(row, "authenticator")),
        IpPrefix.parse(row.getString("source")),
        row.getLong("generation"),
        row.getLong("epoch"),
        instant(row, "started_at"),
        instant(row, "touched_at"),
        instant(row, "ends_at"),
        parent == null ? null : new SessionId(uuid(parent)));
  }

  private static Device device(ResultSet row) throws SQLException {
    return new Device(
        new DeviceId(uuid(row, "id")),
        new PersonId(uuid(row, "person")),
        row.getString("label"),
        Device.Kind.valueOf(row.getString("kind")),
        bytes(row, "public_key"),
        IpAddress.parse(row.getString("address")),
        Device.State.valueOf(row.getString("state")),
        instant(row, "enrolled_at"));
  }

  private static Lease lease(ResultSet row) throws SQLException {
    byte[] device = row.getBytes("device");
    return new Lease(
        new SessionId(uuid(row, "session")),
        IpAddress.parse(row.getString("address")),
        device == null ? null : new DeviceId(uuid(device)),
        instant(row, "started_at"),
        instant(row, "ends_at"));
  }

  private static IssuedCertificate certificate(ResultSet row) throws SQLException {
    return new IssuedCertificate(
        row.getLong("serial"),
        new SessionId(uuid(row, "session")),
        IssuedCertificate.Purpose.valueOf(row.getString("purpose")),
        row.getString("hosts"),
        row.getString("fingerprint"),
        instant(row, "issued_at"),
        instant(row, "usable_until"),
        instant(row, "ends_at"));
  }

  private static DevicePassword devicePassword(ResultSet row) throws SQLException {
    return new DevicePassword(
        new DeviceId(uuid(row, "id")),
        new PersonId(uuid(row, "person")),
        row.getString("label"),
        digest(row, "digest"),
        row.getLong("generation"),
        row.getLong("epoch"),
        instant(row, "made_at"),
        instant(row, "ends_at"));
  }

  private static Proposal proposal(ResultSet row) throws SQLException {
    return new Proposal(
        new ActId(uuid(row, "id")),
        ActText.read(row.getString("act")),
        bytes(row, "nonce"),
        new PersonId(uuid(row, "proposer")),
        instant(row, "proposed_at"),
        instant(row, "expires_at"),
        Proposal.State.valueOf(row.getString("state")));
  }

  private static Approval approval(ResultSet row) throws SQLException {
    return new Approval(
        new ActId(uuid(row, "act")),
        new PersonId(uuid(row, "officer")),
        new AuthenticatorId(uuid(row, "token")),
        bytes(row, "authenticator_data"),
        bytes(row, "client_data"),
        bytes(row, "signature"),
        instant(row, "at"));
  }

  private static Enrolment enrolment(ResultSet row) throws SQLException {
    return new Enrolment(
        new ActId(uuid(row, "act")),
        new PersonId(uuid(row, "person")),
        digest(row, "code"),
        flag(row, "sets_password"),
        flag(row, "cuts_other_tokens"),
        instant(row, "expires_at"),
        instantOrNull(row, "token_until"));
  }

  private interface RowSink {
    void take(ResultSet row) throws SQLException;
  }

  private void each(String sql, RowSink sink) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        sink.take(rows);
      }
    }
  }
}

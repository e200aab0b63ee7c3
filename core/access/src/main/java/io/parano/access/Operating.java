package io.parano.access;

import io.parano.audit.StoredEntry;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.policy.Explanation;
import io.parano.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators look at and cut, from the portal or the command line. Officers see everything;
/// others see and end their own sessions only. Reading the log is itself recorded.
public interface Operating {
  Reply<List<StaffRow>> staff(String bearer, IpAddress source);

  Reply<List<SessionRow>> sessions(String bearer, IpAddress source);

  /// @param order `person:NAME`, `token:ID`, `vpn-device:ID`, `session:ID`, `network:PREFIX` or
  ///   `everybody`
  Reply<Lever.Report> cut(String bearer, String order, String because, IpAddress source);

  Reply<PolicyInForce> policy(String bearer, IpAddress source);

  /// What the policy would say to a person who signed in by `factor`, or to an outsider when
  /// `person` is null, and why.
  Reply<Explanation> explain(
      String bearer,
      String host,
      String path,
      String method,
      IpAddress from,
      @Nullable String person,
      Factor factor,
      IpAddress source);

  Reply<List<LogBook.Line>> log(String bearer, LogBook.Query query, IpAddress source);

  /// What came behind entry `index`, oldest first. That somebody read the log is no news by itself:
  /// two officers who follow it would keep telling each other.
  Reply<List<LogBook.Line>> follow(String bearer, long index, int most, IpAddress source);

  /// Up to where the log can be exported.
  Reply<Optional<LogBook.Signed>> exportable(String bearer, IpAddress source);

  /// A part of an export. Give the next one the place behind the last entry of this one.
  ///
  /// @param personal whether personal data goes out too
  Reply<List<StoredEntry>> export(
      String bearer, long from, long until, boolean personal, IpAddress source);

  record StaffRow(
      PersonId id,
      String name,
      String displayName,
      List<String> groups,
      PersonState state,
      boolean officer,
      List<TokenRow> tokens,
      List<DeviceRow> devices) {}

  /// @param key as its kind writes it
  record DeviceRow(
      DeviceId id,
      String label,
      Device.Kind kind,
      String key,
      IpAddress address,
      Device.State state,
      Instant enrolledAt) {}

  record TokenRow(AuthenticatorId id, String label, AuthenticatorState state, Instant enrolledAt) {}

  record SessionRow(
      SessionId id,
      String person,
      Session.Kind kind,
      String host,
      String source,
      Instant startedAt,
      Instant lastSeen,
      Instant endsAt,
      long passes) {}
}

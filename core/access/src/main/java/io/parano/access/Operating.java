package io.parano.access;

import io.parano.identity.AuthenticatorState;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.policy.Explanation;
import io.parano.session.Session;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators look at and cut, from the portal or the command line. Officers see everything;
/// others see and end their own sessions only. Reading the log is itself recorded.
public interface Operating {
  Reply<List<StaffRow>> staff(String bearer, IpAddress source);

  Reply<List<SessionRow>> sessions(String bearer, IpAddress source);

  /// @param order `person:NAME`, `token:ID`, `session:ID`, `network:PREFIX` or `everybody`
  Reply<Lever.Report> cut(String bearer, String order, String because, IpAddress source);

  Reply<PolicyInForce> policy(String bearer, IpAddress source);

  /// What the policy would say to a person, or to an outsider when `person` is null, and why.
  Reply<Explanation> explain(
      String bearer,
      String host,
      String path,
      String method,
      IpAddress from,
      @Nullable String person,
      IpAddress source);

  Reply<List<LogBook.Line>> log(String bearer, LogBook.Query query, IpAddress source);

  record StaffRow(
      PersonId id,
      String name,
      String displayName,
      List<String> groups,
      PersonState state,
      boolean officer,
      List<TokenRow> tokens) {}

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

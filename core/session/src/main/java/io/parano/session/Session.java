package io.parano.session;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was granted after three levels held, and all that it is bound to. If any of these changes,
/// it is over.
///
/// @param token SHA-256 of the 256-bit random bearer secret
/// @param host the one host whose cookie carries it; the sign-in host for [Kind#PORTAL]
/// @param authenticator the token that was shown, which says by what: it can do either a touch or
///   one-time passwords
/// @param source the address (IPv4) or /64 (IPv6) that it was granted to
/// @param generation the person's credential generation when it was granted
/// @param epoch how often everybody had been cut when it was granted
/// @param parent the portal session from which it came; null for a portal session itself
public record Session(
    SessionId id,
    Digest token,
    Kind kind,
    String host,
    PersonId person,
    AuthenticatorId authenticator,
    IpPrefix source,
    long generation,
    long epoch,
    Instant startedAt,
    Instant touchedAt,
    Instant endsAt,
    @Nullable SessionId parent) {

  public enum Kind {
    /// At the sign-in host: the three levels were verified here.
    PORTAL,
    /// At one protected host, by one-time code from a portal session.
    HOST,
    /// Of the command line, by confirmation in a portal session.
    COMMAND,
    /// Of the SSH connections that one certificate opens. No bearer opens it.
    SSH,
    /// Of the tunnel that a VPN server opened. No bearer opens it.
    VPN,
    /// Of the tunnel that an enrolled device opened. No bearer opens it.
    DEVICE
  }

  public Session touched(Instant at) {
    return new Session(
        id,
        token,
        kind,
        host,
        person,
        authenticator,
        source,
        generation,
        epoch,
        startedAt,
        at,
        endsAt,
        parent);
  }

  /// The same session out of parts that are in memory already: there are many sessions, and few
  /// hosts, people and tokens.
  ///
  /// @param parent its parent's id; null where that is not in memory
  public Session sharing(
      PersonId person, AuthenticatorId authenticator, @Nullable SessionId parent) {
    return new Session(
        id,
        token,
        kind,
        host.intern(),
        person.equals(this.person) ? person : this.person,
        authenticator.equals(this.authenticator) ? authenticator : this.authenticator,
        source,
        generation,
        epoch,
        startedAt,
        touchedAt,
        endsAt,
        parent != null && parent.equals(this.parent) ? parent : this.parent);
  }
}

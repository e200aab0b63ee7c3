package io.parano.access;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import java.time.Instant;

/// @param generation the person's, when they were looked at
/// @param epoch how often everybody had been cut by then
record ShownAtTerminal(
    PersonId person,
    AuthenticatorId token,
    String hosts,
    IpAddress source,
    Instant at,
    long generation,
    long epoch)
    implements Showing.Proof {}

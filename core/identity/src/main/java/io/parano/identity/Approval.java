package io.parano.identity;

import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.time.Instant;

/// One officer's signature over one proposal, kept whole so that it can be verified again when the
/// act is executed and whenever an auditor asks.
public record Approval(
    ActId act,
    PersonId officer,
    AuthenticatorId token,
    Bytes authenticatorData,
    Bytes clientData,
    Bytes signature,
    Instant at) {}

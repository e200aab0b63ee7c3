package io.parano.identity;

import io.parano.kernel.ActId;
import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person's open way to register a token: opened by officers, closed by use or time.
///
/// @param code the digest of the one-time code that the officer hands over in person
/// @param setsPassword whether the person chooses a password as part of it; else the present one
///   must be given
/// @param tokenUntil when the enrolled token will stop counting; null for no end
public record Enrolment(
    ActId act,
    PersonId person,
    Digest code,
    boolean setsPassword,
    boolean cutsOtherTokens,
    Instant expiresAt,
    @Nullable Instant tokenUntil) {}

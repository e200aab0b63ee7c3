package io.parano.session;

import io.parano.identity.Authenticator;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// All that a session's life depends on besides itself, as it stands now.
///
/// @param person the person it was granted to; null when unknown
/// @param authenticator the token whose touch it was granted for; null when unknown
/// @param otpToken the token whose one-time password it was granted for; null when unknown
/// @param epoch how often everybody has been cut
/// @param sourceCut whether the address it is used from lies in a network that is cut
/// @param idle how long it may stay unused
public record Circumstances(
    @Nullable Person person,
    @Nullable Authenticator authenticator,
    @Nullable OtpToken otpToken,
    long epoch,
    boolean sourceCut,
    Duration idle) {}

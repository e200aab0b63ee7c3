package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Gate;
import io.parano.access.Journal;
import io.parano.access.SshDesk;
import io.parano.argon2.Argon2Pool;
import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.kernel.Randomness;
import io.parano.web.InFlight;
import org.jspecify.annotations.Nullable;

/// The core of a server, wired, with what works beside it.
///
/// @param ssh null where there are no SSH authorities
record Core(
    Books books,
    Journal journal,
    Gate gate,
    @Nullable SshDesk ssh,
    Argon2Pool argon2,
    KeyDesk keys,
    InFlight inFlight,
    RadiusStart radius) {
  static Gate.Factors factors(ServerPlan plan, Argon2Pool argon2, Randomness randomness) {
    return new Gate.Factors(
        new Assertions(plan.relyingParty()),
        new Registrations(plan.relyingParty(), plan.tokens()),
        new Passwords(argon2, plan.argon2(), randomness),
        new PasswordRules(plan.passwordRules(), plan.blocklist()),
        new GuessLimits(GuessLimits.Settings.DEFAULT, randomness));
  }
}

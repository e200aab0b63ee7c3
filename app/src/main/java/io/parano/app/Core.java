package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Gate;
import io.parano.access.Journal;
import io.parano.access.SshDesk;
import io.parano.argon2.Argon2Pool;
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
    InFlight inFlight) {}

package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Gate;
import io.parano.access.Journal;
import io.parano.argon2.Argon2Pool;
import io.parano.web.InFlight;

/// The core of a server, wired, with what works beside it.
record Core(
    Books books,
    Journal journal,
    Gate gate,
    SshStart ssh,
    Argon2Pool argon2,
    KeyDesk keys,
    InFlight inFlight) {}

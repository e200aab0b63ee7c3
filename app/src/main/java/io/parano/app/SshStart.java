package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Door;
import io.parano.access.Journal;
import io.parano.access.SshDesk;
import io.parano.access.SshSettings;
import io.parano.kernel.Randomness;
import io.parano.keys.Keyset;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with SSH.
final class SshStart {
  private SshStart() {}

  /// Null with a keyset that was made before there were SSH authorities.
  static @Nullable SshDesk desk(
      Keyset keyset, Books books, Journal journal, Randomness randomness, InstantSource clock) {
    return keyset.hasSshKeys()
        ? new SshDesk(
            books,
            journal,
            new SshSettings(keyset.sshUsers(), keyset.sshHosts(), List.of()),
            randomness,
            clock)
        : null;
  }

  /// The doors that the lever tells of a cut.
  static List<Door> doors(Door web, @Nullable SshDesk ssh) {
    return ssh == null ? List.of(web) : List.of(web, ssh.door());
  }
}

package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Door;
import io.parano.access.Journal;
import io.parano.access.Jumping;
import io.parano.access.SshDesk;
import io.parano.access.SshSettings;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tracing;
import io.parano.keys.Keyset;
import io.parano.ssh.JumpConfig;
import io.parano.ssh.JumpConnections;
import io.parano.ssh.JumpDoor;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with SSH.
///
/// @param config null where there is no jump host
/// @param desk null with a keyset that was made before there were SSH authorities
/// @param connections through the jump host
record SshStart(@Nullable JumpConfig config, @Nullable SshDesk desk, JumpConnections connections) {

  static SshStart of(
      @Nullable JumpConfig jump,
      Keyset keyset,
      Books books,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    List<IpAddress> addresses = jump == null ? List.of() : jump.from();
    SshDesk desk =
        keyset.hasSshKeys()
            ? new SshDesk(
                books,
                journal,
                new SshSettings(keyset.sshUsers(), keyset.sshHosts(), addresses),
                randomness,
                clock)
            : null;
    return new SshStart(jump, desk, new JumpConnections());
  }

  /// Goes on under the authorities' keys that are in use in `keyset`.
  void follow(Keyset keyset) {
    if (desk != null) {
      desk.follow(keyset.sshUsers(), keyset.sshHosts());
    }
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(Door web) {
    List<Door> doors = new ArrayList<>(List.of(web));
    if (desk != null) {
      doors.add(desk.door());
    }
    if (config != null) {
      doors.add(connections);
    }
    return doors;
  }

  /// Opens the jump host, where there is one. Throws [UncheckedIOException], saying what to do,
  /// when it can't be had.
  @Nullable JumpDoor open(InstantSource clock, Tracing tracing) {
    if (config == null) {
      return null;
    }
    SshDesk certifying = desk;
    if (certifying == null) {
      throw new UncheckedIOException(new IOException(Texts.say("start.jump-without-authorities")));
    }
    try {
      return JumpDoor.open(
          config,
          Traced.request(Jumping.class, certifying.jumping(), tracing, "ssh"),
          connections,
          new JumpDoor.Authority() {
            @Override
            public SshKey publicKey() {
              return certifying.authorities().hosts();
            }

            @Override
            public SignedCertificate certify(String key, List<String> names, Duration life) {
              return certifying.certifyHost(key, names, life, "ssh-jump", "the server itself");
            }
          },
          clock);
    } catch (IOException e) {
      String at = config.host() + ":" + config.port();
      throw new UncheckedIOException(
          new IOException(Texts.say("start.no-jump", at, Refusal.why(e)), e));
    }
  }
}

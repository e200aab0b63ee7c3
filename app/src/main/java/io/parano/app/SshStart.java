package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Door;
import io.parano.access.Journal;
import io.parano.access.Jumping;
import io.parano.access.SshDesk;
import io.parano.access.SshSettings;
import io.parano.access.Taken;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with SSH. A keyset that was made before there were SSH
/// authorities may be given theirs while it serves; until then there is no desk.
final class SshStart {
  private static final String DOOR = "ssh-revocations";

  private final @Nullable JumpConfig config;
  private final JumpConnections connections = new JumpConnections();
  private final Function<Keyset, SshDesk> opening;
  private volatile @Nullable SshDesk desk;

  private SshStart(@Nullable JumpConfig config, Function<Keyset, SshDesk> opening) {
    this.config = config;
    this.opening = opening;
  }

  static SshStart of(
      @Nullable JumpConfig jump,
      Keyset keyset,
      Books books,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    List<IpAddress> addresses = jump == null ? List.of() : jump.from();
    SshStart start =
        new SshStart(
            jump,
            keys ->
                new SshDesk(
                    books,
                    journal,
                    new SshSettings(keys.sshUsers(), keys.sshHosts(), addresses),
                    randomness,
                    clock));
    start.follow(keyset);
    return start;
  }

  /// Null while the keyset has no SSH keys.
  @Nullable SshDesk desk() {
    return desk;
  }

  /// Goes on under the authorities' keys that are in use in `keyset`, where it has any.
  void follow(Keyset keyset) {
    SshDesk present = desk;
    if (present != null) {
      present.follow(keyset.sshUsers(), keyset.sshHosts());
    } else if (keyset.hasSshKeys()) {
      desk = opening.apply(keyset);
    }
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(Door web) {
    List<Door> doors = new ArrayList<>(List.of(web, new Revoking()));
    if (config != null) {
      doors.add(connections);
    }
    return doors;
  }

  /// The revocation list, from when there are certificates to revoke.
  private final class Revoking implements Door {
    @Override
    public String name() {
      return DOOR;
    }

    @Override
    public int closed(Taken taken) {
      SshDesk present = desk;
      return present == null ? 0 : present.door().closed(taken);
    }
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

package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The SSH authorities: certificates of minutes for people who are signed in on three levels,
/// certificates for hosts, and the list of what is revoked.
public interface Certifying {
  /// In which detached signatures over revocation lists are made.
  String REVOCATIONS = "revocations@parano";

  /// Certificates over a person's own key for a group of hosts, as the policy in force has it;
  /// recorded before anything is signed. Always bound to the address that was asked from, or to the
  /// jump host's.
  ///
  /// @param key a line of a public key file
  Certified certify(String bearer, String hosts, String key, IpAddress source);

  /// The same for somebody who showed the three levels at a terminal, for the hosts that they
  /// showed them for.
  Certified certify(Showing.Proof proof, String key);

  /// What is revoked as of now, signed by the users' authority. Each one has a higher version than
  /// the one before.
  Published revocations();

  Authorities authorities();

  /// A certificate over a host's key. For the operator of the server: whoever may ask for it is not
  /// asked here. Throws [IllegalArgumentException], saying what was expected, when key or names
  /// can't be read.
  ///
  /// @param key a line of a public key file
  /// @param names under which clients know the host
  /// @param door through which it was asked
  /// @param operator who asked, as the kernel names them
  SignedCertificate certifyHost(
      String key, List<String> names, Duration life, String door, String operator);

  /// From the most refusing to the most allowing.
  sealed interface Certified {
    record Refused(Reason reason) implements Certified {}

    /// @param certificates one for the hosts, and one for the jump host where that is the way
    /// @param usableUntil how long they open connections
    /// @param endsAt when those must be over
    record Granted(List<Made> certificates, Instant usableUntil, Instant endsAt)
        implements Certified {
      public Granted {
        certificates = List.copyOf(certificates);
      }
    }
  }

  record Made(IssuedCertificate.Purpose purpose, SignedCertificate certificate) {}

  /// @param list as sshd reads it
  /// @param signature a detached signature of OpenSSH's over it
  record Published(Bytes list, String signature) {}

  record Authorities(SshKey users, SshKey hosts) {}
}

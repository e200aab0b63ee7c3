package io.parano.app;

import io.parano.access.Lever;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.List;

/// What an operator of the host may do through the control socket: look and cut, nothing else.
interface Control {
  Status status();

  /// Throws [IllegalArgumentException], saying what was expected, when the order can't be read.
  ///
  /// @param order as [io.parano.access.Targets] reads it
  /// @param operator the user of the host who asks, as the kernel names them
  Lever.Report cut(String order, String because, String operator);

  /// A line of a certificate file over a host's key. Throws [IllegalArgumentException], saying what
  /// was expected, when it can't be made of that.
  ///
  /// @param key a line of a public key file
  /// @param names apart by commas
  default String certifyHost(String key, String names, String days, String operator) {
    throw new IllegalArgumentException("this server has no SSH authorities");
  }

  /// Takes in FIDO's metadata; what came of it, in JSON. Throws [IllegalArgumentException], saying
  /// what was expected, when there is no such file.
  ///
  /// @param file from the root on; the server's own user must be able to read it
  default String recall(String file, String operator) {
    throw new IllegalArgumentException("this server takes no metadata");
  }

  /// A line of a public key file for each SSH authority. Throws [IllegalArgumentException] where
  /// there are none.
  default SshAuthorities sshAuthorities() {
    throw new IllegalArgumentException("this server has no SSH authorities");
  }

  record SshAuthorities(String users, String hosts) {}

  /// The keys, and how a change of them goes, as JSON.
  default String keys() {
    throw new IllegalArgumentException("this server's keys can't be asked for");
  }

  /// Begins a change of the keys, and does not wait for it. Throws [KeyChange.Refused].
  ///
  /// @param fresh the new passphrase, where that is what is to change; else empty
  /// @param operator the user of the host who asks, as the kernel names them
  default void changeKeys(KeyChange change, Secret passphrase, Secret fresh, String operator) {
    throw new IllegalArgumentException("this server's keys can't be changed");
  }

  /// Records that a backup is about to be made, and tells the log's name and newest checkpoint.
  ///
  /// @param recipient the SHA-256 of the key that can open it, in hexadecimal
  default String backUp(String recipient, String operator) {
    throw new IllegalArgumentException("this server makes no backups");
  }

  /// @param readiness `ready`, or why not
  /// @param oldPasswords how many came as hashes from another system and were not used since
  /// @param witnesses how far and when each witness has cosigned the log
  record Status(
      String readiness,
      Instant startedAt,
      long policyVersion,
      int staff,
      int officers,
      int sessions,
      long logEntries,
      int networksCut,
      List<String> zonesCut,
      boolean everybodyCut,
      int oldPasswords,
      String witnesses) {}
}

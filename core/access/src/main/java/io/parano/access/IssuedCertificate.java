package io.parano.access;

import io.parano.kernel.Randomness;
import io.parano.kernel.SessionId;
import java.nio.ByteBuffer;
import java.time.Instant;

/// An SSH certificate that was recorded to be signed. It counts while its session does.
///
/// @param serial random and positive, so that none comes twice even after an old copy was put back
/// @param session of kind SSH, which ends with all that it was granted on
/// @param hosts the group of hosts that it was asked for
/// @param fingerprint of the key that it certifies
/// @param usableUntil how long it opens connections
/// @param endsAt when the last connection that it opened must be over
public record IssuedCertificate(
    long serial,
    SessionId session,
    Purpose purpose,
    String hosts,
    String fingerprint,
    Instant issuedAt,
    Instant usableUntil,
    Instant endsAt) {

  /// 63 random bits, never 0, which OpenSSH lets nobody revoke.
  static long freshSerial(Randomness randomness) {
    while (true) {
      long serial = ByteBuffer.wrap(randomness.bytes(Long.BYTES)).getLong() >>> 1;
      if (serial > 0) {
        return serial;
      }
    }
  }

  public enum Purpose {
    /// Opens the jump host, from the person's own address.
    JUMP,
    /// Opens hosts: from the person's own address, or from the jump host's where there is one
    /// between.
    HOSTS
  }
}

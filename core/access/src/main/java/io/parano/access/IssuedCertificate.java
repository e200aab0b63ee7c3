package io.parano.access;

import io.parano.kernel.SessionId;
import java.time.Instant;

/// An SSH certificate that was recorded to be signed. It counts while its session does.
///
/// @param serial positive, and never the same again: [Certificates#freshSerial]
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

  public enum Purpose {
    /// Opens the jump host, from the person's own address.
    JUMP,
    /// Opens hosts: from the person's own address, or from the jump host's where there is one
    /// between.
    HOSTS
  }
}

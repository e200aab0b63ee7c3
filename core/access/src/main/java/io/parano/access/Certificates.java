package io.parano.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The SSH certificates in memory, by serial. Changed only by [Books].
public final class Certificates {
  /// How long one stays on the revocation list after it can no longer hold anything open: a host
  /// that was away must still end what it kept.
  static final Duration KEPT = Duration.ofMinutes(10);

  private final Map<Long, IssuedCertificate> bySerial = new ConcurrentHashMap<>();

  Certificates() {}

  public @Nullable IssuedCertificate with(long serial) {
    return bySerial.get(serial);
  }

  public int size() {
    return bySerial.size();
  }

  void put(IssuedCertificate certificate) {
    bySerial.put(certificate.serial(), certificate);
  }

  /// Those that may still matter at `now`; the others are forgotten.
  Collection<IssuedCertificate> at(Instant now) {
    bySerial.values().removeIf(one -> !now.isBefore(one.endsAt().plus(KEPT)));
    return bySerial.values();
  }
}

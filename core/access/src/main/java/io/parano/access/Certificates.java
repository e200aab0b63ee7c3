package io.parano.access;

import io.parano.kernel.Randomness;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The SSH certificates in memory, by serial. Changed only by [Books].
public final class Certificates {
  /// How long one stays on the revocation list after it can no longer hold anything open: a host
  /// that was away must still end what it kept.
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int RANDOM_BITS = 20;

  private final Map<Long, IssuedCertificate> bySerial = new ConcurrentHashMap<>();
  private final AtomicLong newest = new AtomicLong();

  Certificates() {}

  public @Nullable IssuedCertificate with(long serial) {
    return bySerial.get(serial);
  }

  public int size() {
    return bySerial.size();
  }

  /// A serial for one more: the milliseconds since 1970, then 20 random bits, and in any case
  /// greater than those given before. So none comes twice, even after an old copy was put back, as
  /// long as the clock was not put back as well; then the random bits are all there is. Rows that
  /// come in the order of their key lie together, where random ones would each write a page of the
  /// database.
  long freshSerial(Instant now, Randomness randomness) {
    int random = ByteBuffer.wrap(randomness.bytes(Integer.BYTES)).getInt() >>> (32 - RANDOM_BITS);
    long proposed = now.toEpochMilli() << RANDOM_BITS | random;
    long serial;
    do {
      serial = newest.updateAndGet(last -> Math.max(last + 1, proposed));
    } while (bySerial.containsKey(serial));
    return serial;
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

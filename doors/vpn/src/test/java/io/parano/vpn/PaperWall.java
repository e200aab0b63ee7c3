package io.parano.vpn;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// A packet filter on paper, whose entries time out by the given nanoseconds.
final class PaperWall implements Wall {
  private final LongSupplier nanos;
  private final Map<IpAddress, Long> until = new HashMap<>();
  boolean away;
  boolean built;

  PaperWall(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized Set<String> open() {
    return until.entrySet().stream()
        .filter(entry -> entry.getValue() - nanos.getAsLong() > 0)
        .map(entry -> entry.getKey().toString())
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized void open(Collection<IpAddress> addresses) throws IOException {
    stand();
    long end = nanos.getAsLong() + Duration.ofSeconds(OPEN_SECONDS).toNanos();
    addresses.forEach(address -> until.put(address, end));
  }

  @Override
  public synchronized void shut(Collection<IpAddress> addresses) throws IOException {
    stand();
    until.keySet().removeAll(addresses);
  }

  @Override
  public synchronized void stand() throws IOException {
    if (away) {
      throw new IOException("the packet filter is away");
    }
    built = true;
  }
}

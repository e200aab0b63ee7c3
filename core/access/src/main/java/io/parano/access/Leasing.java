package io.parano.access;

import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.session.Lease;
import io.parano.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives addresses inside the VPN to tunnels. One address never has two live leases, and nothing
/// that was granted at an address outlives a lease on it.
final class Leasing {
  private static final int LOCKS = 64;

  private final Books books;
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  Leasing(Books books) {
    this.books = books;
    Arrays.setAll(locks, number -> new ReentrantLock());
  }

  /// Nobody else gives `address` away while `act` looks at it and writes.
  <T> T alone(IpAddress address, Supplier<T> act) {
    ReentrantLock lock = locks[Math.floorMod(address.hashCode(), LOCKS)];
    lock.lock();
    try {
      return act.get();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a lease on `address` could matter: where a zone is for anybody, or there is none, a
  /// server's word about an address ends nobody's session.
  boolean matters(IpAddress address) {
    return books.policy().policy().wantsLease(address);
  }

  /// Why `address` is not to be had for `who`; null when it is free, or theirs already.
  @Nullable Reason refusal(IpAddress address, PersonId who, Instant now) {
    Leases.Held held = books.leases().at(address);
    boolean free =
        held == null
            || held.tunnel().person().equals(who)
            || Tunnels.over(books, held, now) != null;
    return free ? null : Reason.LEASE_OF_OTHER_PERSON;
  }

  /// What leases `address` to `tunnel`: the tunnel that had it before ends, and so does whatever
  /// was granted there, or at the address that this tunnel had.
  List<Change> changes(Session tunnel, IpAddress address, @Nullable DeviceId device, Instant now) {
    Leases.Held there = books.leases().at(address);
    Leases.Held own = books.leases().of(tunnel.id());
    List<Change> changes =
        new ArrayList<>(
            Endings.of(
                books,
                session ->
                    !session.id().equals(tunnel.id())
                        && (Endings.at(session, address)
                            || (own != null && Endings.at(session, own.lease().address()))
                            || (there != null && session.id().equals(there.lease().tunnel())))));
    changes.add(new Change.PutLease(new Lease(tunnel.id(), address, device, now, tunnel.endsAt())));
    return changes;
  }
}

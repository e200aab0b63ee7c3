package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.kernel.Digest;
import io.parano.kernel.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The clients of one OpenVPN server, by its numbers: who is in, who is being decided, and who was
/// asked for more. At most so many: what a flood begins is denied.
final class OpenVpnTunnels {
  static final int MOST = 1_024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Client> clients = new HashMap<>();

  /// @param asked as the core was asked
  /// @param peer address and port its packets come from; null where they are of IPv6
  /// @param typed what it showed for its password, under a key of this connection
  /// @param state what brings an answer back to its question; null when none is wanted
  /// @param tunnel null until one is in
  record Client(
      Admitting.Asked asked,
      @Nullable String peer,
      Digest typed,
      @Nullable String state,
      Admitting.@Nullable Tunnel tunnel) {
    Client questioned(@Nullable String answeredBy) {
      return new Client(asked, peer, typed, answeredBy, null);
    }

    Client in(Admitting.Tunnel granted) {
      return new Client(asked, peer, typed, null, granted);
    }
  }

  /// Says whether there is room.
  boolean put(long number, Client client) {
    lock.lock();
    try {
      if (clients.size() >= MOST && !clients.containsKey(number)) {
        return false;
      }
      clients.put(number, client);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Says whether it is still there.
  boolean change(long number, UnaryOperator<Client> becomes) {
    lock.lock();
    try {
      return clients.computeIfPresent(number, (_, client) -> becomes.apply(client)) != null;
    } finally {
      lock.unlock();
    }
  }

  /// The one that answers, as it was asked: a question has one answer.
  @Nullable Client takeQuestioned(long number) {
    lock.lock();
    try {
      Client client = clients.get(number);
      if (client == null || client.state() == null) {
        return null;
      }
      clients.put(number, client.questioned(null));
      return client;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Client get(long number) {
    lock.lock();
    try {
      return clients.get(number);
    } finally {
      lock.unlock();
    }
  }

  @Nullable Client remove(long number) {
    lock.lock();
    try {
      Client gone = clients.remove(number);
      changed.signalAll();
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /// Says whether it is not one that is in.
  boolean removeUnlessIn(long number) {
    lock.lock();
    try {
      Client client = clients.get(number);
      if (client != null && client.tunnel() != null) {
        return false;
      }
      clients.remove(number);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  Map<Long, Client> all() {
    lock.lock();
    try {
      return Map.copyOf(clients);
    } finally {
      lock.unlock();
    }
  }

  /// Of those who are in.
  List<SessionId> sessions() {
    return all().values().stream()
        .map(Client::tunnel)
        .filter(Objects::nonNull)
        .map(Admitting.Tunnel::session)
        .toList();
  }

  void clear() {
    lock.lock();
    try {
      clients.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until none of these is there; says whether that came in time.
  boolean awaitGone(List<Long> numbers, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (numbers.stream().anyMatch(clients::containsKey)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}

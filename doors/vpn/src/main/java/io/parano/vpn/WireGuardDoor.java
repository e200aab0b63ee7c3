package io.parano.vpn;

import io.parano.access.Door;
import io.parano.access.Peers;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of the door. It tells the helper who may stand, keeps the addresses of live
/// leases open by saying so every one and a half seconds, and ends what has no lease any more: when
/// the lever asks, and in each of those rounds.
///
/// Made before the core, which wants it as [Peers] and as a [Door]; [#open] begins the rounds.
/// Until the helper has told for the first time who stands, nobody new is let through.
public final class WireGuardDoor implements Door, Peers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireGuardDoor.class);

  /// The lever waits for 900 ms in all.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// Two rounds may fail before an address closes, but for a few hundred milliseconds.
  private static final long EVERY_MILLIS = 1_500;

  private static final int ROUNDS_A_LOOK = 8;

  /// From a cut until its door is told.
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final GatehouseLine helper;
  private final InstantSource clock;
  private final Counters counters = new Counters();

  /// What was put, or may have been, and is not known to be gone.
  private final Map<Bytes, IpAddress> held = new ConcurrentHashMap<>();

  private final Set<Bytes> toldMissing = new HashSet<>();

  /// What the newest round that ended any ended: it may have been there before the lever.
  private final AtomicReference<Round> ending = new AtomicReference<>(Round.NONE);

  private volatile @Nullable Supplier<List<Peer>> leases;
  private volatile boolean looked;
  private volatile boolean shut;
  private @Nullable Thread rounds;
  private boolean silent;

  private record Round(Instant at, int ended) {
    private static final Round NONE = new Round(Instant.EPOCH, 0);
  }

  public WireGuardDoor(WireGuardConfig config, InstantSource clock) {
    this(new GatehouseLine(config.helper(), PATIENCE), clock);
  }

  WireGuardDoor(GatehouseLine helper, InstantSource clock) {
    this.helper = helper;
    this.clock = clock;
  }

  /// @param leases whoever may have a tunnel now
  public synchronized void open(Supplier<List<Peer>> leases) {
    this.leases = leases;
    round(0);
    rounds = Thread.ofVirtual().name("wireguard-renewals").start(this::rounds);
  }

  @Override
  public String name() {
    return "wireguard";
  }

  @Override
  public void put(Peer peer, Secret presharedKey) {
    if (!looked) {
      throw new Unavailable("the VPN helper has not yet told who stands");
    }
    Instant now = clock.instant();
    Standing standing = standing(peer, now);
    if (standing.life().isZero()) {
      throw new Unavailable("this lease is over");
    }
    held.put(peer.publicKey(), peer.address());
    helper.put(now, standing, presharedKey);
    // A cut came between, and may have been heard before.
    if (!held.containsKey(peer.publicKey())) {
      helper.remove(List.of(peer.publicKey()));
      throw new Unavailable("the tunnel was ended as it began");
    }
  }

  @Override
  public void remove(Bytes publicKey) {
    helper.remove(List.of(publicKey));
    held.remove(publicKey);
  }

  /// Returns when no peer stands whose lease is over.
  @Override
  public int closed(Taken taken) {
    Supplier<List<Peer>> wired = leases;
    if (wired == null) {
      return 0;
    }
    try {
      if (!looked) {
        look(wired.get(), new GatehouseLine(helper.socket(), helper.patience().dividedBy(2)));
      }
      return counted(endWithout(wired.get()), taken);
    } catch (Unavailable e) {
      throw new Silent(String.valueOf(e.getMessage()));
    }
  }

  /// A round that was there a moment before counts, and never more than the cut took.
  private int counted(int ended, Taken taken) {
    Round before = ending.getAndSet(Round.NONE);
    boolean fresh = Duration.between(before.at(), clock.instant()).compareTo(MOMENT) < 0;
    int both = ended + (fresh ? before.ended() : 0);
    return Math.max(ended, Math.min(both, taken.count(Session.Kind.DEVICE)));
  }

  /// How many it ended.
  private int endWithout(List<Peer> live) {
    Map<Bytes, IpAddress> may = addresses(live);
    List<Bytes> over = new ArrayList<>();
    held.forEach((key, address) -> {
      if (!address.equals(may.get(key))) {
        over.add(key);
      }
    });
    if (!over.isEmpty()) {
      // Before it is told: a put that is under way sees it when it comes back.
      Map<Bytes, IpAddress> taken = new ConcurrentHashMap<>();
      over.forEach(key -> {
        IpAddress address = held.remove(key);
        if (address != null) {
          taken.put(key, address);
        }
      });
      try {
        helper.remove(over);
      } catch (Unavailable e) {
        taken.forEach(held::putIfAbsent);
        throw e;
      }
    }
    return over.size();
  }

  /// Who stands without a lease is ended, whoever put it there.
  private void look(List<Peer> live, GatehouseLine line) {
    Map<Bytes, IpAddress> may = addresses(live);
    List<Bytes> strangers =
        line.list().stream()
            .filter(peer -> !peer.address().equals(may.get(peer.publicKey())))
            .map(Standing::publicKey)
            .toList();
    if (!strangers.isEmpty()) {
      line.remove(strangers);
      LOG.info("{} tunnels without a lease were ended", strangers.size());
    }
    may.forEach(held::putIfAbsent);
    looked = true;
  }

  private void rounds() {
    long next = System.nanoTime();
    for (long round = 1; !shut; round++) {
      try {
        next = Math.max(next + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS), System.nanoTime());
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        round(round);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("tunnels were not renewed; they are again at once", e);
      }
    }
  }

  void round(long round) {
    Supplier<List<Peer>> wired = leases;
    if (wired == null) {
      return;
    }
    try {
      renew(wired.get());
      if (!looked || round % ROUNDS_A_LOOK == 0) {
        look(wired.get(), helper);
      }
      int ended = endWithout(wired.get());
      if (ended > 0) {
        ending.set(new Round(clock.instant(), ended));
      }
      heard();
    } catch (Unavailable e) {
      unheard(e);
    }
  }

  private void renew(List<Peer> live) {
    Instant now = clock.instant();
    List<Standing> standing =
        live.stream()
            .map(peer -> standing(peer, now))
            .filter(peer -> !peer.life().isZero())
            .toList();
    List<Standing> missing = helper.renew(now, standing);
    counters.renewed.increment();
    Set<Bytes> keys = missing.stream().map(Standing::publicKey).collect(Collectors.toSet());
    toldMissing.retainAll(keys);
    for (Standing peer : missing) {
      if (toldMissing.add(peer.publicKey())) {
        counters.missing.increment();
        LOG.warn("{} has a lease and no peer: its device is to be armed again", peer.address());
      }
    }
  }

  private void heard() {
    if (silent) {
      LOG.info("the VPN helper answers again");
    }
    silent = false;
  }

  private void unheard(Unavailable e) {
    counters.unheard.increment();
    if (!silent) {
      LOG.warn("tunnels close within five seconds: {}", e.getMessage());
    }
    silent = true;
  }

  /// Whole seconds, the last one begun counts.
  private static Standing standing(Peer peer, Instant now) {
    Duration left = Duration.between(now, peer.until());
    long seconds = left.isNegative() ? 0 : left.plusNanos(999_999_999).toSeconds();
    return new Standing(peer.publicKey(), peer.address(), Duration.ofSeconds(seconds));
  }

  private static Map<Bytes, IpAddress> addresses(List<Peer> live) {
    return live.stream()
        .collect(Collectors.toMap(Peer::publicKey, Peer::address, (first, _) -> first));
  }

  /// For the metrics.
  public String gauges() {
    return counters.text(held.size());
  }

  /// Nothing is renewed any more, so that every tunnel closes within five seconds.
  @Override
  public synchronized void close() {
    shut = true;
    Thread running = rounds;
    if (running != null) {
      running.interrupt();
    }
  }
}

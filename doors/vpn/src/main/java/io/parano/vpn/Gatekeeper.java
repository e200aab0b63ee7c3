package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The helper's own work: it checks each order, keeps who may stand and until when, and sees that
/// interface and packet filter say the same. One order at a time.
///
/// What it finds on the interface when it begins stands if the server renews it within five
/// seconds: the helper keeps nothing on a disk, and its own end closes no tunnel that is renewed in
/// time. Whatever else is on the interface is taken off it.
final class Gatekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  static final int MOST = 4_096;

  /// The helper may have stood still while a lease ended.
  static final Duration FRESH = Duration.ofSeconds(2);

  static final Duration CLAIM = Duration.ofSeconds(5);

  /// A packet filter that can't be had this long may be torn down, so that peers have to go.
  static final Duration WITHOUT_WALL = Duration.ofSeconds(5);

  private static final int ROUNDS_A_LOOK = 10;

  private final WireGuard wireGuard;
  private final Wall wall;
  private final Networks networks;
  private final Duration longest;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<Bytes, Place> places = new LinkedHashMap<>();
  private @Nullable Long wallGone;
  private long rounds;

  /// @param end in the nanoseconds of `nanos`
  /// @param claimed whether the server has said that it stands
  private record Place(IpAddress address, long end, boolean claimed) {}

  Gatekeeper(
      WireGuard wireGuard,
      Wall wall,
      Networks networks,
      Duration longest,
      InstantSource clock,
      LongSupplier nanos) {
    this.wireGuard = wireGuard;
    this.wall = wall;
    this.networks = networks;
    this.longest = longest;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Builds the packet filter and looks who is there. Throws [IOException] when it can't.
  synchronized void begin() throws IOException {
    wall.stand();
    long until = nanos.getAsLong() + CLAIM.toNanos();
    for (Present peer : wireGuard.peers()) {
      IpAddress address = networks.only(peer);
      if (address != null) {
        places.put(peer.publicKey(), new Place(address, until, false));
      }
    }
    takeOffStrangers();
  }

  synchronized Answer answer(Order order) {
    try {
      return switch (order) {
        case Order.Put(var said, var peer, var secret) -> {
          try (secret) {
            Objection objection = objection(said, peer);
            yield objection == null ? put(peer, secret) : new Answer.Refused(objection);
          }
        }
        case Order.Renew(var said, var peers) ->
            isFresh(said) ? renew(peers) : new Answer.Refused(Objection.STALE);
        case Order.Remove(var keys) -> remove(keys);
        case Order.Listing _ -> listing();
      };
    } catch (IOException e) {
      LOG.error("an order was not carried out: {}", e.getMessage());
      return new Answer.Unavailable();
    }
  }

  private boolean isFresh(Instant said) {
    Duration age = Duration.between(said, clock.instant());
    return age.abs().compareTo(FRESH) <= 0;
  }

  private @Nullable Objection objection(Instant said, Standing peer) {
    if (!isFresh(said)) {
      return Objection.STALE;
    }
    if (!networks.contains(peer.address())) {
      return Objection.ADDRESS_FOREIGN;
    }
    if (peer.life().isZero() || peer.life().compareTo(longest) > 0) {
      return Objection.LIFE_TOO_LONG;
    }
    boolean taken =
        places.entrySet().stream()
            .anyMatch(other ->
                other.getValue().address().equals(peer.address())
                    && !other.getKey().equals(peer.publicKey()));
    if (taken) {
      return Objection.ADDRESS_TAKEN;
    }
    return places.size() >= MOST && !places.containsKey(peer.publicKey())
        ? Objection.TOO_MANY
        : null;
  }

  private Answer put(Standing peer, Secret presharedKey) throws IOException {
    long now = nanos.getAsLong();
    Place before = places.get(peer.publicKey());
    // Until both say so, it is one that is over: a round takes off what is left of it.
    places.put(peer.publicKey(), new Place(peer.address(), now, true));
    if (before != null && !before.address().equals(peer.address())) {
      wall.shut(List.of(before.address()));
    }
    wireGuard.put(peer.publicKey(), peer.address(), presharedKey);
    open(List.of(peer.address()));
    places.put(peer.publicKey(), new Place(peer.address(), now + peer.life().toNanos(), true));
    return new Answer.Done(List.of());
  }

  /// It shortens a life, and never prolongs one.
  private Answer renew(List<Standing> peers) throws IOException {
    long now = nanos.getAsLong();
    List<Standing> missing = new ArrayList<>();
    List<IpAddress> open = new ArrayList<>();
    for (Standing peer : peers) {
      Place place = places.get(peer.publicKey());
      long said = now + Math.min(peer.life().toNanos(), longest.toNanos());
      if (place == null || !place.address().equals(peer.address()) || place.end() - now <= 0) {
        missing.add(peer);
      } else {
        long end = place.claimed() && place.end() - said < 0 ? place.end() : said;
        places.put(peer.publicKey(), new Place(place.address(), end, true));
        if (end - now > 0) {
          open.add(peer.address());
        }
      }
    }
    open(open);
    return new Answer.Done(missing);
  }

  private void open(List<IpAddress> addresses) throws IOException {
    try {
      wall.open(addresses);
      wallGone = null;
    } catch (IOException e) {
      wallIsGone();
      throw e;
    }
  }

  /// The packet filter first, which takes little: either ends the tunnel, and what could not be
  /// done is tried again in the next round.
  private Answer remove(List<Bytes> keys) throws IOException {
    long now = nanos.getAsLong();
    List<IpAddress> addresses = new ArrayList<>();
    for (Bytes key : keys) {
      places.computeIfPresent(
          key,
          (_, place) -> {
            addresses.add(place.address());
            return new Place(place.address(), now, true);
          });
    }
    IOException open = null;
    try {
      if (!addresses.isEmpty()) {
        wall.shut(addresses);
      }
    } catch (IOException e) {
      open = e;
    }
    try {
      wireGuard.remove(keys);
    } catch (IOException e) {
      if (open != null || addresses.size() < keys.size()) {
        throw e;
      }
      LOG.warn("closed in the packet filter alone, for now: {}", e.getMessage());
      return new Answer.Done(List.of());
    }
    if (open == null) {
      places.keySet().removeAll(keys);
    }
    return new Answer.Done(List.of());
  }

  private Answer listing() {
    long now = nanos.getAsLong();
    List<Standing> standing = new ArrayList<>();
    places.forEach((key, place) -> {
      if (place.end() - now > 0) {
        standing.add(
            new Standing(
                key,
                place.address(),
                Duration.ofSeconds(Duration.ofNanos(place.end() - now).toSeconds())));
      }
    });
    return new Answer.Done(standing);
  }

  /// Every second: the packet filter stands, whoever is over goes, and now and then whoever is on
  /// the interface without a place. What can't be done is tried again in the next round.
  synchronized void round() {
    long now = nanos.getAsLong();
    try {
      wall.stand();
      wallGone = null;
    } catch (IOException e) {
      LOG.error("the packet filter could not be built: {}", e.getMessage());
      wallIsGone();
    }
    if (wallGone != null && now - wallGone >= WITHOUT_WALL.toNanos()) {
      LOG.error("nobody stands without a packet filter");
      places.replaceAll((_, place) -> new Place(place.address(), now, true));
    }
    try {
      takeOffWhatIsOver(now);
      if (rounds++ % ROUNDS_A_LOOK == 0) {
        takeOffStrangers();
      }
    } catch (IOException e) {
      LOG.error("the interface does not answer: {}", e.getMessage());
    }
  }

  private void wallIsGone() {
    if (wallGone == null) {
      wallGone = nanos.getAsLong();
    }
  }

  private void takeOffWhatIsOver(long now) throws IOException {
    List<Bytes> over = new ArrayList<>();
    List<IpAddress> addresses = new ArrayList<>();
    places.forEach((key, place) -> {
      if (place.end() - now <= 0 && over.size() < Order.MOST) {
        over.add(key);
        addresses.add(place.address());
      }
    });
    if (!over.isEmpty()) {
      wireGuard.remove(over);
      places.keySet().removeAll(over);
      wall.shut(addresses);
    }
  }

  /// Peers that nobody put here, or that may speak from elsewhere; and places of peers that are
  /// gone, since somebody made the interface anew.
  private void takeOffStrangers() throws IOException {
    List<Bytes> strangers = new ArrayList<>();
    List<Bytes> present = new ArrayList<>();
    for (Present peer : wireGuard.peers()) {
      Place place = places.get(peer.publicKey());
      if (place != null && place.address().equals(networks.only(peer))) {
        present.add(peer.publicKey());
      } else {
        strangers.add(peer.publicKey());
      }
    }
    places.keySet().retainAll(new java.util.HashSet<>(present));
    for (int from = 0; from < strangers.size(); from += Order.MOST) {
      wireGuard.remove(strangers.subList(from, Math.min(from + Order.MOST, strangers.size())));
    }
    if (!strangers.isEmpty()) {
      LOG.warn("{} peers that nobody put there are off the interface", strangers.size());
    }
  }
}

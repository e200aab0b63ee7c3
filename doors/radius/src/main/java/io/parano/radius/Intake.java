package io.parano.radius;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a packet, whatever it came over: believed or not, new or sent again, answered on
/// a virtual thread, so many for each client.
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /// As many as one client can have under way from one port: its identifiers.
  private static final int UNDER_WAY = 256;

  private final Calls calls;
  private final Counters counters;
  private final Duplicates duplicates = new Duplicates();
  private final Map<String, Semaphore> underWay = new ConcurrentHashMap<>();

  Intake(Calls calls, Counters counters) {
    this.calls = calls;
    this.counters = counters;
  }

  /// The way back to whoever asked.
  interface Back {
    void send(byte[] octets);
  }

  /// @param at the address without the port
  /// @param secret what packets are read under there
  record Came(
      Port port,
      InetSocketAddress from,
      IpAddress at,
      RadiusClient client,
      SharedSecret secret,
      Demand demand,
      Back back) {}

  /// From the most refusing to the most allowing.
  enum Taken {
    /// It is not what it says it is, or does not belong there.
    DISBELIEVED,
    BELIEVED
  }

  Taken take(Came came, Packet packet) {
    if (!came.port().takes(packet.code())) {
      counters.count(Fate.WRONG_PORT);
      return Taken.DISBELIEVED;
    }
    return switch (RequestCheck.check(packet, came.secret(), came.demand())) {
      case RequestCheck.Checked.Refused(var flaw) -> {
        counters.count(flaw);
        yield Taken.DISBELIEVED;
      }
      case RequestCheck.Checked.Genuine(var request) -> {
        believed(came, request);
        yield Taken.BELIEVED;
      }
    };
  }

  private void believed(Came came, Request request) {
    Bytes authenticator = request.packet().authenticator();
    Duplicates.Key key =
        new Duplicates.Key(came.from(), came.port(), request.packet().identifier());
    switch (duplicates.begin(key, authenticator, Instant.now())) {
      case Duplicates.Seen.UnderWay underWayStill -> counters.count(Fate.WAITING);
      case Duplicates.Seen.Answered(var answer) -> {
        counters.count(Fate.REPEATED);
        came.back().send(answer.copy());
      }
      case Duplicates.Seen.Fresh fresh -> {
        Semaphore places =
            underWay.computeIfAbsent(came.client().name(), name -> new Semaphore(UNDER_WAY));
        if (!places.tryAcquire()) {
          counters.count(Fate.OVERLOADED);
          duplicates.drop(key, authenticator);
          return;
        }
        Thread.startVirtualThread(() -> {
          try {
            answer(came, request, key, authenticator);
          } finally {
            places.release();
          }
        });
      }
    }
  }

  private void answer(Came came, Request request, Duplicates.Key key, Bytes authenticator) {
    byte @Nullable [] answer = null;
    try {
      answer = calls.answer(came.client(), came.at(), request, came.port().alive());
    } catch (RuntimeException e) {
      counters.count(Fate.FAILED);
      LOG.error("a RADIUS request of {} was not answered", came.client().name(), e);
    }
    if (answer == null) {
      duplicates.drop(key, authenticator);
    } else {
      duplicates.finish(key, authenticator, Bytes.of(answer));
      came.back().send(answer);
    }
  }
}

package io.parano.radius;

import io.parano.access.Admitting;
import io.parano.kernel.IpAddress;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.SharedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// RADIUS over UDP (RFC 2865, 2866), and over TLS ([TlsPort]). One thread for each socket takes
/// packets apart and believes or drops them; whatever must wait for a hash or a disk runs on a
/// virtual thread, so many for each client. What is not believed is not answered.
public final class RadiusDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RadiusDoor.class);

  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final int SWEEP_SECONDS = 2;

  private final Clients clients;
  private final Intake intake;
  private final Hangups hangups;
  private final Counters counters = new Counters();
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable TlsPort tls;
  private volatile boolean shut;

  private RadiusDoor(RadiusConfig config, Admitting admitting, Hangups hangups) {
    this.clients = new Clients(config.clients());
    this.hangups = hangups;
    Lines lines = new Lines();
    lines.restore(admitting.tunnels());
    this.intake =
        new Intake(
            new Calls(admitting, lines, counters, config.language(), config.confirmAt()), counters);
    hangups.wire(lines, clients, admitting, new Disconnecting());
  }

  /// Throws [UncheckedIOException] when it can't listen.
  public static RadiusDoor open(RadiusConfig config, Admitting admitting, Hangups hangups) {
    RadiusDoor door = new RadiusDoor(config, admitting, hangups);
    config.clients().forEach(RadiusDoor::told);
    try {
      door.listen(config.access(), Port.ACCESS);
      door.listen(config.accounting(), Port.ACCOUNTING);
      RadSec radsec = config.radsec();
      if (radsec != null) {
        door.tls = TlsPort.open(radsec, door.clients, door.intake, door.counters);
      }
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(e);
    }
    door.threads.add(Thread.ofVirtual().name("radius-hangups").start(door::sweep));
    return door;
  }

  /// Who need not prove what they send is named at every start.
  private static void told(RadiusClient client) {
    switch (client.demand()) {
      case MESSAGE_AUTHENTICATOR -> {}
      case NOTHING ->
          LOG.warn(
              "RADIUS client {} is exempt from Message-Authenticator: whoever is on the way to it"
                  + " can forge answers",
              client.name());
    }
  }

  private void listen(InetSocketAddress at, Port port) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channels.add(channel);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.bind(at);
    threads.add(
        Thread.ofPlatform().name("radius-" + port).daemon().start(() -> serve(channel, port)));
  }

  /// Where it listens, in the order access, accounting.
  public List<InetSocketAddress> addresses() {
    return channels.stream()
        .map(channel -> {
          try {
            return (InetSocketAddress) Objects.requireNonNull(channel.getLocalAddress());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }

  /// Where it listens for RADIUS over TLS; null for nowhere.
  public @Nullable InetSocketAddress radsec() {
    return tls == null ? null : tls.address();
  }

  /// For the metrics.
  public String gauges() {
    return counters.text();
  }

  Counters counters() {
    return counters;
  }

  private void serve(DatagramChannel channel, Port port) {
    ByteBuffer room = ByteBuffer.allocateDirect(Packet.MOST);
    while (!shut) {
      try {
        room.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(room);
        byte[] octets = new byte[room.flip().remaining()];
        room.get(octets);
        if (from != null) {
          take(channel, port, from, octets);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("a RADIUS packet could not be received: {}", e.getMessage());
      } catch (RuntimeException e) {
        counters.count(Fate.FAILED);
        LOG.error("a RADIUS packet was not handled", e);
      }
    }
  }

  private void take(DatagramChannel channel, Port port, InetSocketAddress from, byte[] octets) {
    IpAddress at = IpAddress.of(from.getAddress());
    RadiusClient client = clients.at(at);
    if (client == null) {
      counters.count(Fate.STRANGER);
      return;
    }
    SharedSecret secret = client.secret();
    if (secret == null || client.certified() != null) {
      // Whoever has a certificate is believed for it alone.
      counters.count(Fate.STRANGER);
      return;
    }
    switch (Packet.read(octets)) {
      case PacketReading.Malformed(var flaw) -> counters.count(flaw);
      case PacketReading.Read(var packet) -> {
        var _ =
            intake.take(
                new Intake.Came(
                    port,
                    from,
                    at,
                    client,
                    secret,
                    client.demand(),
                    answer -> send(channel, from, client, answer)),
                packet);
      }
    }
  }

  private static void send(
      DatagramChannel channel, InetSocketAddress to, RadiusClient client, byte[] octets) {
    try {
      channel.send(ByteBuffer.wrap(octets), to);
    } catch (IOException e) {
      LOG.warn("a RADIUS answer could not be sent to {}: {}", client.name(), e.getMessage());
    }
  }

  private void sweep() {
    while (!shut) {
      try {
        TimeUnit.SECONDS.sleep(SWEEP_SECONDS);
        hangups.look(Instant.now());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("tunnels that are over were not ended; they are again in two seconds", e);
      }
    }
  }

  @Override
  public void close() {
    shut = true;
    if (tls != null) {
      tls.close();
    }
    for (DatagramChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("a RADIUS port could not be closed: {}", e.getMessage());
      }
    }
    threads.forEach(Thread::interrupt);
  }
}

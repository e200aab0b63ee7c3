package io.parano.demo;

import io.parano.kernel.Secret;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Brume's VPN server, as far as Parano sees of one: it asks over RADIUS whether somebody may have
/// a tunnel, tells when one begins, and ends it when it is told to.
final class VpnServer implements AutoCloseable {
  static final String NAME = "vpn-1";

  private final VpnClient client;
  private final SharedSecret secret;
  private final DatagramSocket told;
  private final Set<String> up = ConcurrentHashMap.newKeySet();

  private VpnServer(VpnClient client, Secret secret, DatagramSocket told) {
    this.client = client;
    this.secret = SharedSecret.of(secret);
    this.told = told;
  }

  static VpnServer open(Places places, Secret secret, KeyRing ring) throws IOException {
    VpnClient client =
        new VpnClient(
            NAME,
            Networks.VPN_SERVER,
            secret,
            ring.randomness(),
            places.radius(),
            places.accounting());
    VpnServer server = new VpnServer(client, secret, new DatagramSocket(places.disconnect()));
    Thread.ofVirtual().start(server::listen);
    return server;
  }

  /// What is typed, by a device at `station`; granted when there is a tunnel.
  Verdict login(String name, Secret typed, InetAddress station) throws IOException {
    long start = System.nanoTime();
    VpnClient.Answer answer = client.login(name, typed, station);
    Duration took = Cast.since(start);
    if (answer.granted()) {
      client.tell(VpnClient.Told.STARTED, name, answer.mark());
      up.add(name);
    }
    return Verdict.of(answer.granted(), took);
  }

  boolean hasTunnelOf(String name) {
    return up.contains(name);
  }

  private void listen() {
    while (!told.isClosed()) {
      try {
        end(VpnClient.received(told));
      } catch (IOException e) {
        // Closed, or a packet that is none of ours.
      }
    }
  }

  private void end(DatagramPacket came) throws IOException {
    switch (RequestCheck.check(VpnClient.packet(came), secret, Demand.MESSAGE_AUTHENTICATOR)) {
      case RequestCheck.Checked.Refused refused -> {}
      case RequestCheck.Checked.Genuine(Request request) -> {
        request.packet().text(Type.USER_NAME).ifPresent(up::remove);
        byte[] answer = request.answer(Code.DISCONNECT_ACK, List.of());
        told.send(new DatagramPacket(answer, answer.length, came.getSocketAddress()));
      }
    }
  }

  @Override
  public void close() {
    told.close();
  }
}

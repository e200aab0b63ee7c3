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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A VPN server, as far as Parano sees of one: it asks over RADIUS whether somebody may have a
/// tunnel, tells when one begins, and ends it when it is told to.
public final class VpnServer implements AutoCloseable {
  static final String NAME = "vpn-1";

  private final VpnClient client;
  private final SharedSecret secret;
  private final DatagramSocket told;
  private final Map<String, VpnClient.Answer> up = new ConcurrentHashMap<>();

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
    return open(client, secret, places.disconnect());
  }

  /// @param secret that it shares with Parano, as `client` does
  /// @param disconnect where it is told to end tunnels
  public static VpnServer open(VpnClient client, Secret secret, InetSocketAddress disconnect)
      throws IOException {
    VpnServer server = new VpnServer(client, secret, new DatagramSocket(disconnect));
    Thread.ofVirtual().start(server::listen);
    return server;
  }

  /// What is typed, by a device at `station`; granted when there is a tunnel.
  public Verdict login(String name, Secret typed, InetAddress station) throws IOException {
    long start = System.nanoTime();
    VpnClient.Answer answer = client.login(name, typed, station);
    Duration took = Cast.since(start);
    if (answer.granted()) {
      client.tell(VpnClient.Told.STARTED, name, answer.mark());
      up.put(name, answer);
    }
    return Verdict.of(answer.granted(), took);
  }

  public boolean hasTunnelOf(String name) {
    return up.containsKey(name);
  }

  /// Somebody hangs up.
  public void hangUp(String name) throws IOException {
    VpnClient.Answer ended = up.remove(name);
    if (ended != null) {
      client.tell(VpnClient.Told.STOPPED, name, ended.mark());
    }
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

package io.parano.bench;

import io.parano.kernel.Secret;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A VPN server that ends every tunnel it is told to.
final class VpnAnswering implements AutoCloseable {
  static final String SECRET = "a secret of this measurement, long enough";
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final DatagramSocket socket;
  private final SharedSecret secret = SharedSecret.of(Secret.ofText(SECRET));
  private final AtomicInteger told = new AtomicInteger();

  private VpnAnswering(DatagramSocket socket) {
    this.socket = socket;
  }

  static VpnAnswering at(int port) throws IOException {
    DatagramSocket socket = new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"));
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    VpnAnswering server = new VpnAnswering(socket);
    Thread.ofPlatform().daemon().start(server::listen);
    return server;
  }

  /// How often it was.
  int told() {
    return told.get();
  }

  private void listen() {
    byte[] room = new byte[Packet.MOST];
    while (!socket.isClosed()) {
      try {
        DatagramPacket came = new DatagramPacket(room, room.length);
        socket.receive(came);
        answer(came);
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void answer(DatagramPacket came) throws IOException {
    if (Packet.read(Arrays.copyOf(came.getData(), came.getLength()))
            instanceof PacketReading.Read(var packet)
        && RequestCheck.check(packet, secret, Demand.MESSAGE_AUTHENTICATOR)
            instanceof RequestCheck.Checked.Genuine(var request)) {
      told.incrementAndGet();
      byte[] answer = request.answer(Code.DISCONNECT_ACK, List.of());
      socket.send(new DatagramPacket(answer, answer.length, came.getSocketAddress()));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}

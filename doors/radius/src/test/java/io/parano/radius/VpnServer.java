package io.parano.radius;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.radiuspacket.AnswerCheck;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.OwnRequest;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A VPN server's end of the protocol, over a real socket.
final class VpnServer implements AutoCloseable {
  static final SharedSecret SECRET = SharedSecret.of(Secret.ofText("a secret of this test"));
  private static final Randomness CHANCE = new SecureRandom()::nextBytes;
  private static final int PATIENCE_MILLIS = 10_000;

  private final DatagramSocket socket;
  private final SharedSecret secret;
  private int identifiers;

  VpnServer(String address, SharedSecret secret) throws IOException {
    this.socket = new DatagramSocket(0, InetAddress.ofLiteral(address));
    this.secret = secret;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static VpnServer at(String address) throws IOException {
    return new VpnServer(address, SECRET);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  OwnRequest login(String typed, Attribute... more) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of(Type.USER_NAME, "camille"));
    attributes.add(Attribute.of(Type.NAS_IDENTIFIER, "vpn-1"));
    attributes.add(Attribute.of(Type.CALLING_STATION_ID, "192.0.2.7"));
    attributes.addAll(List.of(more));
    return OwnRequest.asking(
        Code.ACCESS_REQUEST, ++identifiers, attributes, Secret.ofText(typed), secret, CHANCE);
  }

  OwnRequest status() {
    return OwnRequest.asking(
        Code.STATUS_SERVER, ++identifiers, List.of(), Secret.ofText(""), secret, CHANCE);
  }

  OwnRequest account(String call, int status, Attribute... more) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of(Type.ACCT_STATUS_TYPE, status));
    attributes.add(Attribute.of(Type.ACCT_SESSION_ID, call));
    attributes.add(Attribute.of(Type.USER_NAME, "camille"));
    attributes.addAll(List.of(more));
    return OwnRequest.telling(Code.ACCOUNTING_REQUEST, ++identifiers, attributes, secret);
  }

  void send(Bytes octets, InetSocketAddress to) throws IOException {
    socket.send(new DatagramPacket(octets.copy(), octets.length(), to));
  }

  Bytes receive() throws IOException {
    DatagramPacket came = new DatagramPacket(new byte[Packet.MOST], Packet.MOST);
    socket.receive(came);
    return Bytes.of(Arrays.copyOf(came.getData(), came.getLength()));
  }

  /// Sends, and expects a genuine answer.
  Packet ask(OwnRequest request, InetSocketAddress to) throws IOException {
    send(request.octets(), to);
    return genuine(receive(), request);
  }

  Packet genuine(Bytes octets, OwnRequest request) {
    return switch (AnswerCheck.check(packet(octets), request, secret)) {
      case AnswerCheck.Checked.Genuine(var packet) -> packet;
      case AnswerCheck.Checked.Refused(var flaw) ->
          throw new AssertionError("no genuine answer: " + flaw);
    };
  }

  /// Waits for word to end a tunnel, and answers it.
  Request disconnected(Code word, Attribute... cause) throws IOException {
    DatagramPacket came = new DatagramPacket(new byte[Packet.MOST], Packet.MOST);
    socket.receive(came);
    Packet packet = packet(Bytes.of(Arrays.copyOf(came.getData(), came.getLength())));
    return switch (RequestCheck.check(packet, secret, Demand.MESSAGE_AUTHENTICATOR)) {
      case RequestCheck.Checked.Genuine(var request) -> {
        byte[] answer = request.answer(word, List.of(cause));
        socket.send(new DatagramPacket(answer, answer.length, came.getSocketAddress()));
        yield request;
      }
      case RequestCheck.Checked.Refused(var flaw) ->
          throw new AssertionError("no genuine request: " + flaw);
    };
  }

  static Packet packet(Bytes octets) {
    return switch (Packet.read(octets.copy())) {
      case PacketReading.Read(var packet) -> packet;
      case PacketReading.Malformed(var flaw) -> throw new AssertionError(flaw);
    };
  }

  @Override
  public void close() {
    socket.close();
  }
}

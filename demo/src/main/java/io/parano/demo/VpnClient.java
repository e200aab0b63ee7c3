package io.parano.demo;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.radiuspacket.AnswerCheck;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.OwnRequest;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a VPN server asks over RADIUS, and tells.
///
/// @param name as the policy calls the server
/// @param from its own address
public record VpnClient(
    String name,
    InetAddress from,
    SharedSecret secret,
    Randomness randomness,
    InetSocketAddress access,
    InetSocketAddress accounting,
    AtomicInteger identifiers) {
  private static final int PATIENCE_MILLIS = 5_000;

  public VpnClient(
      String name,
      InetAddress from,
      Secret secret,
      Randomness randomness,
      InetSocketAddress access,
      InetSocketAddress accounting) {
    this(name, from, SharedSecret.of(secret), randomness, access, accounting, new AtomicInteger());
  }

  /// What servers tell of a tunnel (RFC 2866 section 5.1).
  public enum Told {
    STARTED(1),
    STOPPED(2);

    private final int number;

    Told(int number) {
      this.number = number;
    }
  }

  /// @param granted whether there is a tunnel
  /// @param mark what the server repeats of it; null where there was none
  public record Answer(boolean granted, @Nullable Bytes mark) {}

  /// @param typed in the one field that VPN clients have
  /// @param station where the device is
  public Answer login(String person, Secret typed, InetAddress station) throws IOException {
    Packet answer =
        ask(
            OwnRequest.asking(
                Code.ACCESS_REQUEST,
                identifiers.incrementAndGet() & 0xff,
                List.of(
                    Attribute.of(Type.USER_NAME, person),
                    Attribute.of(Type.NAS_IDENTIFIER, name),
                    Attribute.of(Type.CALLING_STATION_ID, station.getHostAddress())),
                typed,
                secret,
                randomness),
            access);
    return new Answer(answer.code() == Code.ACCESS_ACCEPT, answer.first(Type.CLASS));
  }

  public void tell(Told told, String person, @Nullable Bytes mark) throws IOException {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of(Type.ACCT_STATUS_TYPE, told.number));
    attributes.add(Attribute.of(Type.ACCT_SESSION_ID, "call-of-" + person));
    attributes.add(Attribute.of(Type.USER_NAME, person));
    if (mark != null) {
      attributes.add(Attribute.of(Type.CLASS, mark));
    }
    var _ =
        ask(
            OwnRequest.telling(
                Code.ACCOUNTING_REQUEST, identifiers.incrementAndGet() & 0xff, attributes, secret),
            accounting);
  }

  private Packet ask(OwnRequest request, InetSocketAddress to) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, from)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      byte[] octets = request.octets().copy();
      socket.send(new DatagramPacket(octets, octets.length, to));
      return switch (AnswerCheck.check(packet(received(socket)), request, secret)) {
        case AnswerCheck.Checked.Genuine(var genuine) -> genuine;
        case AnswerCheck.Checked.Refused(var flaw) ->
            throw new IOException("an answer that is not genuine: " + flaw);
      };
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer over RADIUS", e);
    }
  }

  static DatagramPacket received(DatagramSocket socket) throws IOException {
    DatagramPacket came = new DatagramPacket(new byte[Packet.MOST], Packet.MOST);
    socket.receive(came);
    return came;
  }

  static Packet packet(DatagramPacket came) throws IOException {
    return switch (Packet.read(Arrays.copyOf(came.getData(), came.getLength()))) {
      case PacketReading.Read(var packet) -> packet;
      case PacketReading.Malformed(var flaw) -> throw new IOException("not RADIUS: " + flaw);
    };
  }
}

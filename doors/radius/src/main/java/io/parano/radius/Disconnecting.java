package io.parano.radius;

import io.parano.kernel.Bytes;
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
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a VPN server to end a tunnel (RFC 5176), and waits for its word.
final class Disconnecting {
  private static final Logger LOG = LoggerFactory.getLogger(Disconnecting.class);

  /// Session Context Not Found: there is nothing to end.
  private static final long NOTHING_THERE = 503;

  private static final int TRIES = 3;

  private final AtomicInteger identifiers = new AtomicInteger();

  /// From the most refusing to the most allowing.
  enum Ended {
    /// No word came, or that it can't.
    SILENT,
    /// There is no way to tell it.
    UNTOLD,
    /// It says that there is nothing to end, or not yet.
    NOT_THERE,
    ENDED
  }

  Ended end(RadiusClient client, Lines.Line line, Duration patience) {
    InetSocketAddress at = client.disconnect();
    SharedSecret secret = client.secret();
    if (at == null || secret == null) {
      LOG.warn("{} can't be told to end a tunnel: it has no \"disconnect\"", client.name());
      return Ended.UNTOLD;
    }
    OwnRequest request =
        OwnRequest.telling(
            Code.DISCONNECT_REQUEST,
            identifiers.incrementAndGet() & 0xff,
            attributes(line),
            secret);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(at);
      byte[] octets = request.octets().copy();
      long deadline = System.nanoTime() + patience.toNanos();
      for (int tried = 1; tried <= TRIES; tried++) {
        socket.send(new DatagramPacket(octets, octets.length));
        long left = deadline - System.nanoTime();
        long until = System.nanoTime() + left / (TRIES + 1 - tried);
        Ended ended = awaited(socket, client, secret, request, until);
        if (ended != Ended.SILENT) {
          return ended;
        }
      }
    } catch (IOException e) {
      LOG.warn("{} could not be told to end a tunnel: {}", client.name(), e.getMessage());
    }
    return Ended.SILENT;
  }

  private static Ended awaited(
      DatagramSocket socket,
      RadiusClient client,
      SharedSecret secret,
      OwnRequest request,
      long until)
      throws IOException {
    byte[] room = new byte[Packet.MOST];
    while (true) {
      int left = (int) ((until - System.nanoTime()) / 1_000_000);
      if (left <= 0) {
        return Ended.SILENT;
      }
      socket.setSoTimeout(left);
      DatagramPacket came = new DatagramPacket(room, room.length);
      try {
        socket.receive(came);
      } catch (SocketTimeoutException e) {
        return Ended.SILENT;
      }
      Ended ended = word(Arrays.copyOf(room, came.getLength()), client, secret, request);
      if (ended != Ended.SILENT) {
        return ended;
      }
    }
  }

  private static Ended word(
      byte[] octets, RadiusClient client, SharedSecret secret, OwnRequest request) {
    return switch (Packet.read(octets)) {
      case PacketReading.Malformed malformed -> Ended.SILENT;
      case PacketReading.Read(var packet) ->
          switch (AnswerCheck.check(packet, request, secret)) {
            case AnswerCheck.Checked.Refused refused -> Ended.SILENT;
            case AnswerCheck.Checked.Genuine(var answer) -> meant(answer, client);
          };
    };
  }

  private static Ended meant(Packet answer, RadiusClient client) {
    OptionalLong cause = answer.number(Type.ERROR_CAUSE);
    if (answer.code() == Code.DISCONNECT_ACK) {
      return Ended.ENDED;
    }
    if (cause.orElse(0) == NOTHING_THERE) {
      return Ended.NOT_THERE;
    }
    LOG.warn("{} does not end a tunnel; error cause {}", client.name(), cause.orElse(0));
    return Ended.SILENT;
  }

  private static List<Attribute> attributes(Lines.Line line) {
    List<Attribute> all = new ArrayList<>(line.naming());
    all.add(
        Attribute.of(
            Type.EVENT_TIMESTAMP,
            Bytes.of(ByteBuffer.allocate(4).putInt((int) Instant.now().getEpochSecond()).array())));
    return all;
  }
}

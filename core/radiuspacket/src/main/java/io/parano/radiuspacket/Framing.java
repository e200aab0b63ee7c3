package io.parano.radiuspacket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Packets one after another in a stream, as they come over TLS (RFC 6613 section 2.6). Takes
/// whatever has arrived and holds one packet at most. Once the stream is broken there is no finding
/// the next packet: the connection ends (section 2.6.4).
public final class Framing {
  private static final int HEAD = 4;

  private final byte[] held = new byte[Packet.MOST];
  private int filled;
  private int wanted = HEAD;

  /// At the beginning of a stream.
  public Framing() {}

  /// From the most refusing to the most allowing.
  public sealed interface Next {
    record Broken(Flaw flaw) implements Next {}

    /// All that came is taken, and it is not a whole packet yet.
    record Wanting() implements Next {}

    record Whole(Packet packet) implements Next {}
  }

  /// Whether a packet has begun and is not whole.
  public boolean isMidway() {
    return filled > 0;
  }

  /// Takes from `in` up to the end of the next packet.
  public Next next(ByteBuffer in) {
    while (in.hasRemaining()) {
      int taken = Math.min(wanted - filled, in.remaining());
      in.get(held, filled, taken);
      filled += taken;
      if (filled < wanted) {
        break;
      }
      if (wanted == HEAD) {
        wanted = Packet.length(held[2], held[3]);
        if (wanted < Packet.LEAST || wanted > Packet.MOST) {
          wanted = HEAD;
          filled = 0;
          return new Next.Broken(Flaw.LENGTH_IMPOSSIBLE);
        }
      } else {
        return whole();
      }
    }
    return new Next.Wanting();
  }

  private Next whole() {
    byte[] octets = Arrays.copyOf(held, filled);
    Arrays.fill(held, 0, filled, (byte) 0);
    filled = 0;
    wanted = HEAD;
    return switch (Packet.read(octets)) {
      case PacketReading.Malformed(var flaw) -> new Next.Broken(flaw);
      case PacketReading.Read(var packet) -> new Next.Whole(packet);
    };
  }
}

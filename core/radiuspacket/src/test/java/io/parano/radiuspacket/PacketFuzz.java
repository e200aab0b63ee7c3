package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.util.List;

/// What Jazzer throws bytes at: whatever comes, reading and checking end in an outcome, what was
/// read is answered within a packet, and a stream in pieces says what it says at once.
public final class PacketFuzz {
  private PacketFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (Packet.read(bytes)) {
      case PacketReading.Malformed malformed -> {}
      case PacketReading.Read(var packet) -> read(packet);
    }
    if (!framed(bytes, bytes.length).equals(framed(bytes, 1))) {
      throw new IllegalStateException("a stream in pieces is read otherwise");
    }
  }

  private static void read(Packet packet) {
    for (Type type : Type.values()) {
      var _ = packet.text(type).map(StationId::read);
      var _ = packet.number(type);
      var _ = packet.address(type);
    }
    for (Demand demand : Demand.values()) {
      switch (RequestCheck.check(packet, Samples.SECRET, demand)) {
        case RequestCheck.Checked.Refused refused -> {}
        case RequestCheck.Checked.Genuine(var request) -> answered(request);
      }
    }
    // As if the sums were right: what is behind them must hold too.
    answered(new CheckedRequest(packet, Samples.SECRET));
  }

  private static void answered(Request request) {
    var _ = request.password();
    byte[] answer = request.answer(Code.ACCESS_REJECT, List.of());
    if (!(Packet.read(answer) instanceof PacketReading.Read)) {
      throw new IllegalStateException("an answer of ours can't be read: " + Bytes.of(answer).hex());
    }
  }

  private static String framed(byte[] stream, int step) {
    Framing framing = new Framing();
    StringBuilder told = new StringBuilder();
    for (int at = 0; at < stream.length; at += step) {
      ByteBuffer piece = ByteBuffer.wrap(stream, at, Math.min(step, stream.length - at));
      while (piece.hasRemaining()) {
        switch (framing.next(piece)) {
          case Framing.Next.Wanting wanting -> {}
          case Framing.Next.Broken(var flaw) -> {
            return told.append(flaw).toString();
          }
          case Framing.Next.Whole(var packet) -> told.append(packet).append('\n');
        }
      }
    }
    return told.toString();
  }
}

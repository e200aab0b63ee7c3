package io.parano.radiuspacket;

/// What became of reading a packet.
public sealed interface PacketReading {
  record Malformed(Flaw flaw) implements PacketReading {}

  record Read(Packet packet) implements PacketReading {}
}

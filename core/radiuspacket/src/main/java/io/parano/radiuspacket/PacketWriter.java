package io.parano.radiuspacket;

import java.util.Arrays;

/// Puts a packet together.
final class PacketWriter {
  private final byte[] out = new byte[Packet.MOST];
  private int end = Packet.LEAST;
  private int messageAuthenticator = -1;

  /// @param authenticator what stands in its place while sums are made: a request's own, zeros, or
  ///   for an answer that of the request
  PacketWriter(Code code, int identifier, byte[] authenticator) {
    out[0] = (byte) code.number();
    out[1] = (byte) identifier;
    System.arraycopy(authenticator, 0, out, Packet.AUTHENTICATOR, Packet.AUTHENTICATOR_LENGTH);
  }

  /// Keeps the place of one.
  void messageAuthenticator() {
    out[end] = (byte) Type.MESSAGE_AUTHENTICATOR.number();
    out[end + 1] = 18;
    messageAuthenticator = end + 2;
    end += 18;
  }

  void put(Attribute attribute) {
    byte[] value = attribute.value().copy();
    if (end + 2 + value.length > out.length) {
      throw new IllegalArgumentException("a packet has at most " + Packet.MOST + " octets");
    }
    out[end] = (byte) attribute.number();
    out[end + 1] = (byte) (value.length + 2);
    System.arraycopy(value, 0, out, end + 2, value.length);
    end += 2 + value.length;
  }

  /// With the Message-Authenticator, if there is a place for it, and the authenticator as it was
  /// given.
  byte[] signed(SharedSecret secret) {
    out[2] = (byte) (end >> 8);
    out[3] = (byte) end;
    byte[] packet = Arrays.copyOf(out, end);
    if (messageAuthenticator >= 0) {
      byte[] mac = secret.mac(packet);
      System.arraycopy(mac, 0, packet, messageAuthenticator, mac.length);
    }
    return packet;
  }

  /// As [#signed], and the authenticator is a sum over all of it.
  byte[] sealed(SharedSecret secret) {
    byte[] given = Arrays.copyOfRange(out, Packet.AUTHENTICATOR, Packet.LEAST);
    return sealed(secret, given);
  }

  /// @param summed what stands in the authenticator's place for that sum alone
  byte[] sealed(SharedSecret secret, byte[] summed) {
    byte[] packet = signed(secret);
    System.arraycopy(summed, 0, packet, Packet.AUTHENTICATOR, summed.length);
    byte[] sum = secret.seal(packet);
    System.arraycopy(sum, 0, packet, Packet.AUTHENTICATOR, sum.length);
    return packet;
  }
}

package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A request of our own: to end a session (RFC 5176), or, from a probe, to be let in.
///
/// @param authenticator what the answer is summed with
/// @param octets the whole of it, with a Message-Authenticator first
public record OwnRequest(Code code, int identifier, Bytes authenticator, Bytes octets) {
  private static final byte[] NOTHING = new byte[Packet.AUTHENTICATOR_LENGTH];

  /// Access-Request or Status-Server, whose authenticator is chance.
  ///
  /// @param password hidden on the way, at most 128 octets; an empty one is not sent
  public static OwnRequest asking(
      Code code,
      int identifier,
      List<Attribute> attributes,
      Secret password,
      SharedSecret secret,
      Randomness randomness) {
    byte[] authenticator = randomness.bytes(Packet.AUTHENTICATOR_LENGTH);
    Stream<Attribute> hidden =
        password.length() == 0
            ? Stream.empty()
            : Stream.of(
                Attribute.of(
                    Type.USER_PASSWORD, HiddenPassword.hide(password, authenticator, secret)));
    PacketWriter writer = new PacketWriter(code, identifier, authenticator);
    writer.messageAuthenticator();
    Stream.concat(attributes.stream(), hidden).forEach(writer::put);
    return new OwnRequest(
        code, identifier, Bytes.of(authenticator), Bytes.of(writer.signed(secret)));
  }

  /// Accounting-Request, Disconnect-Request or CoA-Request, whose authenticator is a sum.
  public static OwnRequest telling(
      Code code, int identifier, List<Attribute> attributes, SharedSecret secret) {
    PacketWriter writer = new PacketWriter(code, identifier, NOTHING);
    writer.messageAuthenticator();
    attributes.forEach(writer::put);
    Bytes octets = Bytes.of(writer.sealed(secret));
    byte[] all = octets.copy();
    return new OwnRequest(
        code,
        identifier,
        Bytes.of(Arrays.copyOfRange(all, Packet.AUTHENTICATOR, Packet.LEAST)),
        octets);
  }
}

package io.parano.radiuspacket;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether a request is from somebody with whom we share `secret`, before anything of it counts.
public final class RequestCheck {
  private RequestCheck() {}

  /// What became of it, from the most refusing to the most allowing.
  public sealed interface Checked {
    record Refused(Flaw flaw) implements Checked {}

    record Genuine(Request request) implements Checked {}
  }

  public static Checked check(Packet packet, SharedSecret secret, Demand demand) {
    Flaw flaw =
        switch (packet.code()) {
          case ACCESS_REQUEST -> accessRequest(packet, secret, demand);
          case STATUS_SERVER -> messageAuthenticator(packet, secret, packet.octets());
          case ACCOUNTING_REQUEST, DISCONNECT_REQUEST, COA_REQUEST -> sealed(packet, secret);
          case ACCESS_ACCEPT,
              ACCESS_REJECT,
              ACCESS_CHALLENGE,
              ACCOUNTING_RESPONSE,
              DISCONNECT_ACK,
              DISCONNECT_NAK,
              COA_ACK,
              COA_NAK ->
              Flaw.NOT_A_REQUEST;
        };
    return flaw == null
        ? new Checked.Genuine(new CheckedRequest(packet, secret))
        : new Checked.Refused(flaw);
  }

  private static @Nullable Flaw accessRequest(Packet packet, SharedSecret secret, Demand demand) {
    if (packet.messageAuthenticator() >= 0) {
      return messageAuthenticator(packet, secret, packet.octets());
    }
    return switch (demand) {
      case MESSAGE_AUTHENTICATOR -> Flaw.MESSAGE_AUTHENTICATOR_MISSING;
      // EAP never goes without one (RFC 3579 section 3.1).
      case NOTHING ->
          packet.has(Type.EAP_MESSAGE)
              ? Flaw.MESSAGE_AUTHENTICATOR_MISSING
              : packet.has(Type.PROXY_STATE) ? Flaw.PROXY_STATE_UNPROTECTED : null;
    };
  }

  /// RFC 2866 section 3, RFC 5176 section 2.3: the authenticator is a sum over the packet in which
  /// it is zero; and so is a Message-Authenticator's.
  private static @Nullable Flaw sealed(Packet packet, SharedSecret secret) {
    byte[] zeroed = packet.octets().clone();
    Arrays.fill(zeroed, Packet.AUTHENTICATOR, Packet.LEAST, (byte) 0);
    byte[] found = packet.authenticator().copy();
    if (!MessageDigest.isEqual(secret.seal(zeroed), found)) {
      return Flaw.AUTHENTICATOR_WRONG;
    }
    return packet.messageAuthenticator() < 0 ? null : messageAuthenticator(packet, secret, zeroed);
  }

  /// @param summed the packet, its authenticator as the sum has it
  static @Nullable Flaw messageAuthenticator(Packet packet, SharedSecret secret, byte[] summed) {
    int at = packet.messageAuthenticator();
    if (at < 0) {
      return Flaw.MESSAGE_AUTHENTICATOR_MISSING;
    }
    byte[] blank = summed.clone();
    Arrays.fill(blank, at, at + Packet.AUTHENTICATOR_LENGTH, (byte) 0);
    byte[] found = Arrays.copyOfRange(packet.octets(), at, at + Packet.AUTHENTICATOR_LENGTH);
    return MessageDigest.isEqual(secret.mac(blank), found)
        ? null
        : Flaw.MESSAGE_AUTHENTICATOR_WRONG;
  }
}

package io.parano.radiuspacket;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether a packet is the answer to a request of ours, from whoever shares `secret`.
public final class AnswerCheck {
  private AnswerCheck() {}

  /// From the most refusing to the most allowing.
  public sealed interface Checked {
    record Refused(Flaw flaw) implements Checked {}

    record Genuine(Packet packet) implements Checked {}
  }

  public static Checked check(Packet packet, OwnRequest request, SharedSecret secret) {
    Flaw flaw = flaw(packet, request, secret);
    return flaw == null ? new Checked.Genuine(packet) : new Checked.Refused(flaw);
  }

  private static @Nullable Flaw flaw(Packet packet, OwnRequest request, SharedSecret secret) {
    if (packet.identifier() != request.identifier()) {
      return Flaw.ANSWER_TO_ANOTHER;
    }
    boolean access =
        switch (packet.code()) {
          case ACCESS_ACCEPT, ACCESS_REJECT, ACCESS_CHALLENGE -> true;
          case ACCOUNTING_RESPONSE,
              DISCONNECT_ACK,
              DISCONNECT_NAK,
              COA_ACK,
              COA_NAK,
              ACCESS_REQUEST,
              ACCOUNTING_REQUEST,
              STATUS_SERVER,
              DISCONNECT_REQUEST,
              COA_REQUEST ->
              false;
        };
    if (!answers(packet.code(), request.code())) {
      return Flaw.NOT_AN_ANSWER;
    }
    byte[] summed = packet.octets().clone();
    System.arraycopy(
        request.authenticator().copy(),
        0,
        summed,
        Packet.AUTHENTICATOR,
        Packet.AUTHENTICATOR_LENGTH);
    byte[] found = packet.authenticator().copy();
    if (!MessageDigest.isEqual(secret.seal(summed), found)) {
      return Flaw.AUTHENTICATOR_WRONG;
    }
    // Without one, an answer to an Access-Request can be forged (CVE-2024-3596).
    if (request.code() == Code.ACCOUNTING_REQUEST) {
      Arrays.fill(summed, Packet.AUTHENTICATOR, Packet.LEAST, (byte) 0);
    }
    return access || packet.messageAuthenticator() >= 0
        ? RequestCheck.messageAuthenticator(packet, secret, summed)
        : null;
  }

  private static boolean answers(Code answer, Code request) {
    return switch (request) {
      case ACCESS_REQUEST ->
          Arrays.asList(Code.ACCESS_ACCEPT, Code.ACCESS_REJECT, Code.ACCESS_CHALLENGE)
              .contains(answer);
      case ACCOUNTING_REQUEST -> answer == Code.ACCOUNTING_RESPONSE;
      case STATUS_SERVER -> answer == Code.ACCESS_ACCEPT || answer == Code.ACCOUNTING_RESPONSE;
      case DISCONNECT_REQUEST -> answer == Code.DISCONNECT_ACK || answer == Code.DISCONNECT_NAK;
      case COA_REQUEST -> answer == Code.COA_ACK || answer == Code.COA_NAK;
      case ACCESS_ACCEPT,
          ACCESS_REJECT,
          ACCESS_CHALLENGE,
          ACCOUNTING_RESPONSE,
          DISCONNECT_ACK,
          DISCONNECT_NAK,
          COA_ACK,
          COA_NAK ->
          false;
    };
  }
}

package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import java.util.List;

record CheckedRequest(Packet packet, SharedSecret secret) implements Request {
  @Override
  public Password password() {
    Bytes hidden = packet.first(Type.USER_PASSWORD);
    return hidden == null
        ? new Password.Missing()
        : HiddenPassword.reveal(hidden, packet.authenticator().copy(), secret);
  }

  @Override
  public byte[] answer(Code code, List<Attribute> attributes) {
    byte[] asked = packet.authenticator().copy();
    boolean accounting = packet.code() == Code.ACCOUNTING_REQUEST;
    PacketWriter writer =
        new PacketWriter(
            code, packet.identifier(), accounting ? new byte[Packet.AUTHENTICATOR_LENGTH] : asked);
    if (!accounting || packet.messageAuthenticator() >= 0) {
      writer.messageAuthenticator();
    }
    attributes.forEach(writer::put);
    for (Attribute attribute : packet.attributes()) {
      if (attribute.is(Type.PROXY_STATE)) {
        writer.put(attribute);
      }
    }
    return writer.sealed(secret, asked);
  }
}

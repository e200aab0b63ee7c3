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
    PacketWriter writer =
        new PacketWriter(code, packet.identifier(), packet.authenticator().copy());
    if (packet.code() != Code.ACCOUNTING_REQUEST) {
      writer.messageAuthenticator();
    }
    attributes.forEach(writer::put);
    for (Attribute attribute : packet.attributes()) {
      if (attribute.is(Type.PROXY_STATE)) {
        writer.put(attribute);
      }
    }
    return writer.sealed(secret);
  }
}

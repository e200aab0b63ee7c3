package io.parano.audit;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One signature line of a note: `— name base64(key id || signature)`.
record NoteLine(String name, int id, Bytes signature) {
  private static final String DASH = "\u2014 ";

  static NoteLine of(Ed25519Key key, byte[] signature) {
    return new NoteLine(key.name(), key.id(), Bytes.of(signature));
  }

  static NoteLine parse(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new IllegalArgumentException("expected a dash, a name and base64");
    }
    String name = line.substring(DASH.length(), space);
    byte[] bytes = Base64Text.read(line.substring(space + 1));
    if (!Ed25519Key.isName(name) || bytes.length < 5) {
      throw new IllegalArgumentException("expected a name, a key id and a signature");
    }
    int id = ByteBuffer.wrap(bytes).getInt();
    return new NoteLine(name, id, Bytes.of(Arrays.copyOfRange(bytes, 4, bytes.length)));
  }

  boolean isOf(Ed25519Key key) {
    return key.name().equals(name) && key.id() == id;
  }

  /// The line, with the line feed that ends it.
  String text() {
    byte[] line =
        ByteBuffer.allocate(4 + signature.length()).putInt(id).put(signature.copy()).array();
    return DASH + name + " " + Base64Text.write(line) + "\n";
  }
}

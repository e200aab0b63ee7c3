package io.parano.sshcert;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// SSH's data types (RFC 4251 section 5), written.
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  WireWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  WireWriter uint8(int value) {
    out.write(value);
    return this;
  }

  WireWriter uint32(long value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt((int) value).array());
  }

  WireWriter uint64(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  WireWriter string(byte[] bytes) {
    return uint32(bytes.length).raw(bytes);
  }

  WireWriter string(WireWriter nested) {
    return string(nested.bytes());
  }

  WireWriter text(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter mpint(BigInteger value) {
    return value.signum() == 0 ? string(new byte[0]) : string(value.toByteArray());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}

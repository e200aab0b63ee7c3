package io.parano.ssh;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What Jazzer throws bytes at: a request for login is read to its last byte and says again what it
/// said, or it is none.
public final class LoginFuzz {
  private LoginFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    LoginRequest.read(bytes)
        .ifPresent(request -> {
          if (!Arrays.equals(bytes, written(request))) {
            throw new IllegalStateException("a request that was read is written otherwise");
          }
        });
  }

  static byte[] written(LoginRequest request) {
    Bytes signature = request.signature();
    byte[] algorithm = request.algorithm().getBytes(StandardCharsets.ISO_8859_1);
    byte[] certificate = request.certificate().copy();
    byte[] last = signature == null ? new byte[0] : signature.copy();
    ByteBuffer out =
        ByteBuffer.allocate(13 + algorithm.length + certificate.length + last.length)
            .put((byte) (signature == null ? 0 : 1))
            .putInt(algorithm.length)
            .put(algorithm)
            .putInt(certificate.length)
            .put(certificate);
    if (signature != null) {
      out.putInt(last.length).put(last);
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}

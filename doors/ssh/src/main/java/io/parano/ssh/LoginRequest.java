package io.parano.ssh;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request for login says after its method (RFC 4252 section 7).
///
/// @param signature null for somebody who asks first whether it would help
record LoginRequest(String algorithm, Bytes certificate, @Nullable Bytes signature) {
  /// The longest certificate and the longest signature are a part of this.
  static final int LONGEST = 64 * 1024;

  /// Empty when the bytes are no such request, to the last one.
  static Optional<LoginRequest> read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length > LONGEST || bytes.length == 0) {
      return Optional.empty();
    }
    byte signed = in.get();
    byte[] algorithm = string(in);
    byte[] certificate = string(in);
    byte[] signature = signed == 0 ? null : string(in);
    boolean whole =
        (signed == 0 || (signed == 1 && signature != null))
            && algorithm != null
            && certificate != null
            && !in.hasRemaining();
    if (!whole || algorithm == null || certificate == null) {
      return Optional.empty();
    }
    return Optional.of(
        new LoginRequest(
            new String(algorithm, StandardCharsets.ISO_8859_1),
            Bytes.of(certificate),
            signature == null ? null : Bytes.of(signature)));
  }

  private static byte @Nullable [] string(ByteBuffer in) {
    if (in.remaining() < Integer.BYTES) {
      return null;
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}

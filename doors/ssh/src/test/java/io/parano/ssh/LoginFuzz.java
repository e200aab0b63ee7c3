package io.parano.ssh;

import java.util.Arrays;

/// What Jazzer throws bytes at: whatever a client says of its key is a request or none, and a
/// request says again what it said.
public final class LoginFuzz {
  private LoginFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    LoginRequest.read(bytes)
        .ifPresent(request -> {
          if (!Arrays.equals(bytes, LoginRequestTest.written(request))) {
            throw new IllegalStateException("one request has two forms");
          }
        });
  }
}

package io.parano.app;

import java.io.IOException;

/// The server heard the question and refused it, in its own words.
final class ServerSaidNo extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SIGN_IN_FIRST = 401;

  private final int status;
  private final String code;

  /// @param code the stable code of `application/problem+json`; empty when there was none
  ServerSaidNo(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  String code() {
    return code;
  }

  int exitCode() {
    return status == SIGN_IN_FIRST ? ExitCode.LOGIN_NEEDED : ExitCode.REFUSED;
  }
}

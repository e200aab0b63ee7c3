package io.parano.app;

/// What commands tell the shell; `docs/exit-codes.md` is the list.
final class ExitCode {
  /// Done.
  static final int DONE = 0;

  /// Done, and the answer is no: refused, broken, not as expected.
  static final int REFUSED = 1;

  /// The command line itself was wrong.
  static final int USAGE = 2;

  /// It could not be carried out; the message says why.
  static final int FAILED = 3;

  /// Nobody is signed in, or not any more: `parano login`.
  static final int LOGIN_NEEDED = 4;

  private ExitCode() {}
}

package io.parano.store;

/// What the database holds is not what the house wrote there: damaged or altered. Never leaves this
/// module: at start it becomes [Opening.Altered].
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }

  Unreadable(String message, Throwable cause) {
    super(message, cause);
  }
}

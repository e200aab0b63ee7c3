package io.parano.store;

/// The log can't be read: a fault of the disk or of the database, no judgement on what it holds.
public final class LogUnread extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogUnread(String message, Throwable cause) {
    super(message, cause);
  }
}

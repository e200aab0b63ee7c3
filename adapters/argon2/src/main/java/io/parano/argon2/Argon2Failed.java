package io.parano.argon2;

/// The library could not compute: most likely the machine has no memory left.
public final class Argon2Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Argon2Failed(String why) {
    super("Argon2 could not be computed: " + why);
  }

  Argon2Failed(Throwable cause) {
    super("Argon2 could not be computed", cause);
  }
}

package io.parano.access;

/// What the lever wants of a door.
public interface Door {
  String name();

  /// Returns when no request that was let through before this call is still being answered: what
  /// the core refuses now, the door refuses. Throws [Silent] when it can't say so in time.
  void closed();

  /// Something that was let in before is still waiting, for a disk that hangs perhaps. The cut
  /// holds: the core judges it again before it passes.
  final class Silent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Silent(String message) {
      super(message);
    }
  }
}

package io.parano.access;

/// What the lever wants of a door. Doors are asked beside one another.
public interface Door {
  String name();

  /// Returns when no request that was let through before this call is still being answered, and
  /// nothing is open any more whose session is over: what the core refuses now, the door refuses.
  /// Says how much of what was open here it ended. Throws [Silent] when it can't say so in time; it
  /// is asked again then.
  ///
  /// A door that holds something open outside this process has to end what `taken` names even when
  /// it knows nothing of it: it may be another process than the one that opened it.
  int closed(Taken taken);

  /// Something that was let in before is still waiting, for a disk that hangs perhaps. The cut
  /// holds: the core judges it again before it passes.
  final class Silent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Silent(String message) {
      super(message);
    }
  }
}

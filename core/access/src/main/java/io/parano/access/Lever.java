package io.parano.access;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Duration;
import java.util.List;

/// Taking away: at once in memory, durable before the answer, recorded from the reserve if need be.
/// Never needs approval.
public interface Lever {
  Report cut(Target target, String because, By by);

  sealed interface Target {
    record OnePerson(PersonId person) implements Target {}

    record OneToken(AuthenticatorId token) implements Target {}

    record OneDevice(DeviceId device) implements Target {}

    record OneNetwork(IpPrefix network) implements Target {}

    record OneSession(SessionId session) implements Target {}

    record Everybody() implements Target {}
  }

  /// Who pulls: a person through a door, or the operator of the host (identity from the kernel).
  ///
  /// @param person null for the operator of the host
  record By(@org.jspecify.annotations.Nullable PersonId person, String door, String origin) {}

  /// @param sessionsEnded how many live sessions it ended
  /// @param silent the doors that could not acknowledge in time; the cut holds there too
  record Report(int sessionsEnded, List<Acknowledged> doors, List<String> silent) {
    public Report {
      doors = List.copyOf(doors);
      silent = List.copyOf(silent);
    }

    /// Every door has acknowledged.
    public Report(int sessionsEnded, List<Acknowledged> doors) {
      this(sessionsEnded, doors, List.of());
    }
  }

  /// One door's word that nothing passes it any more, and how long that took.
  record Acknowledged(String door, Duration took, int ended) {}
}

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

  /// Tells the doors again of cuts that not all of them have acknowledged, in this process or one
  /// before it.
  void tellAgain();

  sealed interface Target {
    record OnePerson(PersonId person) implements Target {}

    record OneToken(AuthenticatorId token) implements Target {}

    /// An enrolled device, and its tunnels.
    record OneVpnDevice(DeviceId device) implements Target {}

    record OneNetwork(IpPrefix network) implements Target {}

    /// All networks of a zone, those that a later policy gives it included.
    record OneZone(String zone) implements Target {}

    record OneSession(SessionId session) implements Target {}

    /// The password of one device, and what was opened with it.
    record OneDevice(DeviceId device) implements Target {}

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

  /// One door's word that nothing passes it any more, how long that took since the lever was
  /// pulled, and how much of what was open there it ended.
  record Acknowledged(String door, Duration took, int ended) {}
}

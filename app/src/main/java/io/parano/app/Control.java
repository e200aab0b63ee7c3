package io.parano.app;

import io.parano.access.Lever;
import java.time.Instant;

/// What an operator of the host may do through the control socket: look and cut, nothing else.
interface Control {
  Status status();

  /// Throws [IllegalArgumentException], saying what was expected, when the order can't be read.
  ///
  /// @param order as [io.parano.access.Targets] reads it
  /// @param operator the user of the host who asks, as the kernel names them
  Lever.Report cut(String order, String because, String operator);

  /// @param readiness `ready`, or why not
  /// @param oldPasswords how many came as hashes from another system and were not used since
  /// @param witnesses how far and when each witness has cosigned the log
  record Status(
      String readiness,
      Instant startedAt,
      long policyVersion,
      int staff,
      int officers,
      int sessions,
      long logEntries,
      int networksCut,
      boolean everybodyCut,
      int oldPasswords,
      String witnesses) {}
}

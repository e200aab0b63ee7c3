package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.vertx.core.Vertx;

/// Who decides for the door: the core in this process, or an authority in another one.
interface Behind {
  /// For the event loop that this is called on.
  ///
  /// @param headers that those who are let in are told there
  Gate gate(Vertx vertx, Workers workers, IdentityHeaders headers, Tally tally);

  Intake.Counter counter(Tally tally);

  /// As [io.parano.access.Passing#disbelieve]. May block.
  void disbelieve(IpAddress from, Reason reason, String detail);
}

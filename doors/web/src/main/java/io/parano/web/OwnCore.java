package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/// The core in this process.
record OwnCore(WebConfig config, WebCore core, InFlight inFlight, @Nullable Extension extension)
    implements Behind {
  @Override
  public Gate gate(Vertx vertx, Workers workers, IdentityHeaders headers, Tally tally) {
    OwnGate gate = new OwnGate(core.passing(), workers, inFlight, tally, core.tracing());
    return new AtTurnsEnd(gate, headers, core.tracing());
  }

  @Override
  public Intake.Counter counter(Tally tally) {
    return new FrontDesk(config, core, extension, tally);
  }

  @Override
  public void disbelieve(IpAddress from, Reason reason, String detail) {
    core.passing().disbelieve(from, reason, detail);
  }
}
